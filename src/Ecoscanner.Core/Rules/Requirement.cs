namespace Ecoscanner.Rules;

/// <summary>One numbered requirement of Atlassian's security requirements for Marketplace apps, such as "Connect 1.2".</summary>
/// <param name="Id">Its number as the Ecoscanner page writes it.</param>
/// <param name="Title">What it asks for, in a few words.</param>
/// <param name="RaisesTickets">True where a failed rule may become a ticket; false where it is advice.</param>
public sealed record Requirement(string Id, string Title, bool RaisesTickets)
{
    public static readonly Requirement Connect11 = new("Connect 1.1", "Authentication of application resources", RaisesTickets: true);
    public static readonly Requirement Connect12 = new("Connect 1.2", "Authorization of application resources", RaisesTickets: true);
    public static readonly Requirement Connect14 = new("Connect 1.4", "Signed install authentication", RaisesTickets: true);
    public static readonly Requirement Connect3 = new("Connect 3", "Transport layer security", RaisesTickets: true);
    public static readonly Requirement Connect62 = new("Connect 6.2", "Valid TLS certificates", RaisesTickets: true);
    public static readonly Requirement Connect72 = new("Connect 7.2", "Referrer policy", RaisesTickets: false);
    public static readonly Requirement Connect73 = new("Connect 7.3", "Cache control", RaisesTickets: false);
    public static readonly Requirement Connect74 = new("Connect 7.4", "Session cookie configuration", RaisesTickets: false);
    public static readonly Requirement DataCenter9 = new("Data Center 9", "Third-party software without known vulnerabilities", RaisesTickets: true);
    public static readonly Requirement Forge1 = new("Forge 1", "Authentication and authorization of exposed endpoints", RaisesTickets: true);
    public static readonly Requirement Forge3 = new("Forge 3", "Transport layer security", RaisesTickets: false);
    public static readonly Requirement Forge4 = new("Forge 4", "Least privilege", RaisesTickets: false);
    public static readonly Requirement Forge5 = new("Forge 5", "Protection of secrets", RaisesTickets: true);
    public static readonly Requirement Forge7 = new("Forge 7", "Security headers and policies of pages", RaisesTickets: false);
    public static readonly Requirement Forge8 = new("Forge 8", "Validation of untrusted data", RaisesTickets: true);
    public static readonly Requirement Forge9 = new("Forge 9", "Supported third-party software", RaisesTickets: true);
    public static readonly Requirement Forge10 = new("Forge 10", "No collection of Atlassian credentials", RaisesTickets: true);

    public override string ToString() => Id;
}
