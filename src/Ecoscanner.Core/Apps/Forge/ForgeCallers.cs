namespace Ecoscanner.Apps.Forge;

/// <summary>Who can make the platform call a piece of an app's code.</summary>
[Flags]
public enum ForgeCallers
{
    None = 0,

    /// <summary>Who is not logged in.</summary>
    Anonymous = 1 << 0,

    /// <summary>A customer of a Jira Service Management portal.</summary>
    PortalCustomer = 1 << 1,

    /// <summary>Who is logged in, without a licence of the product.</summary>
    UnlicensedUser = 1 << 2,

    LicensedUser = 1 << 3,

    /// <summary>Administrator of a project, space, repository, workspace or the like.</summary>
    ContainerAdministrator = 1 << 4,

    /// <summary>Administrator of the product.</summary>
    SiteAdministrator = 1 << 5,

    /// <summary>Atlassian's platform: events, schedules, queues.</summary>
    Platform = 1 << 6,

    /// <summary>Anybody who knows a public URL.</summary>
    ExternalHttp = 1 << 7,
}

/// <summary>Whether a call comes with the account of a user.</summary>
public enum ForgeUserContext
{
    Never,
    Sometimes,
    Always,
}

/// <summary>How sure it is who can call.</summary>
public enum ForgeConfidence
{
    /// <summary>From a module or property that the table does not know; taken to be callable by users.</summary>
    Low,
    High,
}

/// <summary>Callers as the module table and people write them.</summary>
public static class ForgeCallerWords
{
    private static readonly (string Word, ForgeCallers Caller, string Name)[] All =
    [
        ("anonymous", ForgeCallers.Anonymous, "anybody without login"),
        ("portal-customer", ForgeCallers.PortalCustomer, "portal customers"),
        ("unlicensed", ForgeCallers.UnlicensedUser, "unlicensed users"),
        ("licensed", ForgeCallers.LicensedUser, "licensed users"),
        ("container-admin", ForgeCallers.ContainerAdministrator, "administrators of a project or space"),
        ("site-admin", ForgeCallers.SiteAdministrator, "administrators of the site"),
        ("platform", ForgeCallers.Platform, "the platform"),
        ("external-http", ForgeCallers.ExternalHttp, "anybody by HTTP"),
    ];

    /// <summary>For a sentence: "licensed users and the platform".</summary>
    public static string Sentence(this ForgeCallers callers) =>
        All.Where(row => callers.HasFlag(row.Caller)).Select(row => row.Name).ToList() switch
        {
            [] => "nobody",
            [var one] => one,
            [.. var others, var last] => $"{string.Join(", ", others)} and {last}",
        };

    /// <summary>For data: <c>licensed</c>, <c>platform</c>.</summary>
    public static IEnumerable<string> Words(this ForgeCallers callers) => All.Where(row => callers.HasFlag(row.Caller)).Select(row => row.Word);

    internal static ForgeCallers Parse(string words) =>
        words == "-"
            ? ForgeCallers.None
            : words.Split(',').Aggregate(ForgeCallers.None, (callers, word) => callers | All.First(row => row.Word == word).Caller);
}
