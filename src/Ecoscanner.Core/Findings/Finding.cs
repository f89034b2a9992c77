using Ecoscanner.Rules;

namespace Ecoscanner.Findings;

/// <summary>How sure a finding is: high is proven by a positive control, medium by the protocol's meaning, low by likeness.</summary>
public enum Confidence
{
    Low,
    Medium,
    High,
}

/// <summary>What was seen, what was expected, and the requests that show it.</summary>
/// <param name="Observed">What was seen, in words; never a secret, never a value of a customer.</param>
/// <param name="Expected">What a sound app shows instead.</param>
public sealed record Evidence(string Observed, string Expected)
{
    /// <summary>The requests and answers that show it, in the order of sending.</summary>
    public IReadOnlyList<Exchange> Exchanges { get; init; } = [];

    /// <summary>The way through the app's source, from where it is entered to what is wrong.</summary>
    public IReadOnlyList<SourceStep> Steps { get; init; } = [];

    /// <summary>What else is known of it, in the order a person reads it: a library's coordinates, the way it came in, what mends it.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];
}

/// <summary>Something known of a finding.</summary>
/// <param name="Name">One or two words, such as <c>Fixed in</c>.</param>
/// <param name="Says">May be text of the app or of an advisory, so escape it.</param>
public sealed record Fact(string Name, string Says);

/// <summary>A step of a way through source.</summary>
/// <param name="Path">The file, relative to the scanned root.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based, in UTF-16 units.</param>
/// <param name="Says">What happens there, in a few words.</param>
public sealed record SourceStep(string Path, int Line, int Column, string Says)
{
    public override string ToString() => $"{Path}:{Line}:{Column}";
}

/// <summary>A rule broken at a place, with its evidence.</summary>
public sealed record Finding
{
    public required Rule Rule { get; init; }

    public required Location Location { get; init; }

    public required Evidence Evidence { get; init; }

    /// <summary>What is wrong, in one sentence for a person.</summary>
    public required string Message { get; init; }

    public required Confidence Confidence { get; init; }

    /// <summary>The CVSS base score of this very finding, 0.0 to 10.0, where each has its own, as vulnerable libraries have; null where it is the rule's.</summary>
    public double? OwnCvss { get; init; }

    /// <summary>The CVSS base score, 0.0 to 10.0.</summary>
    public double Cvss => OwnCvss ?? Rule.Cvss;

    public Severity Severity => SeverityBand.Of(Cvss);

    /// <summary>What it is the same as tomorrow; see <see cref="Fingerprint"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The exemption or ignore that covers it; null where it counts.</summary>
    public Exemption? ExemptedBy { get; init; }
}
