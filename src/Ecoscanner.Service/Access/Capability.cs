namespace Ecoscanner.Service.Access;

/// <summary>One thing that somebody may do. Rights are given by field: who may say when a fix comes may not say how bad the flaw is.</summary>
public enum Capability
{
    /// <summary>That apps, versions and runs are there, and how they went.</summary>
    ReadApps,

    /// <summary>Findings with places, evidence and reports.</summary>
    ReadFindings,

    ReadTickets,
    Upload,
    ScanAgain,
    CommentTickets,

    /// <summary>The transitions that are the partner's.</summary>
    AnswerTickets,

    /// <summary>The transitions that are the platform's, extensions and disputes, severity, duplicates.</summary>
    DecideTickets,

    /// <summary>Tickets of other sources: bounty, penetration test, report.</summary>
    CreateTickets,

    /// <summary>What is enforced at breach.</summary>
    DecideEnforcement,

    ManageContacts,
    ManageAccounts,
    ManageTokens,
    ManageSecrets,
    ManageRetention,
    ReadAudit,

    /// <summary>Partners, apps, grants of ownership, staff.</summary>
    ManageCatalogue,
    ManagePolicy,
    ManageScanners,

    /// <summary>Which apps ship what, over all partners.</summary>
    SearchInventories,
    RunCampaigns,
    ReadStatistics,
    BreakGlass,
}
