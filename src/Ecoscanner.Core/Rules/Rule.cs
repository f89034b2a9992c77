namespace Ecoscanner.Rules;

/// <summary>One thing a scanner checks: its stable id, what it means and how bad breaking it is.</summary>
/// <param name="Id">Kebab-case words, stable for ever.</param>
/// <param name="Title">What must hold, as a sentence without its full stop.</param>
/// <param name="Requirement">The requirement it checks.</param>
/// <param name="Cvss">The fixed CVSS base score, 0.0 to 10.0.</param>
/// <param name="Cwe">The number of the weakness class in MITRE's CWE list.</param>
public sealed record Rule(string Id, string Title, Requirement Requirement, double Cvss, int Cwe)
{
    /// <summary>The weakness that fingerprints are made from; rules that are refined later keep it. The id where nothing else is said.</summary>
    public string Family { get; init; } = Id;

    /// <summary>True where a failed verdict becomes a ticket, false where it is advice.</summary>
    public bool RaisesTickets { get; init; } = Requirement.RaisesTickets;

    public Severity Severity => SeverityBand.Of(Cvss);

    public override string ToString() => Id;
}
