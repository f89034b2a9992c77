namespace Ecoscanner.Service.Access;

/// <summary>What somebody is to the platform or to one partner.</summary>
public enum Role
{
    /// <summary>Sees the partner's apps, findings and tickets.</summary>
    PartnerViewer,

    /// <summary>Answers tickets too: comments, says patched, asks for extensions, disputes, scans again.</summary>
    PartnerResponder,

    /// <summary>Manages contacts, accounts, tokens, secrets and keeping too.</summary>
    PartnerAdmin,

    /// <summary>A token of a pipeline.</summary>
    CiToken,

    /// <summary>Staff that judges findings and decides on tickets.</summary>
    Triager,

    /// <summary>Staff that runs the platform; sees no content of findings.</summary>
    Engineer,

    /// <summary>Staff that reads what was done, and changes nothing.</summary>
    Auditor,

    /// <summary>Staff that opened a partner's content for a reason, for a time.</summary>
    BreakGlass,

    /// <summary>The platform itself.</summary>
    System,
}
