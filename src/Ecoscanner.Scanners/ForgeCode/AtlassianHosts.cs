using System.Text.RegularExpressions;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>Which URLs are Atlassian's.</summary>
internal static partial class AtlassianHosts
{
    public const AtlassianTarget Product = AtlassianTarget.Host;

    /// <param name="url">With a NUL for what is not known.</param>
    public static AtlassianTarget Judge(string url) =>
        Administrations().IsMatch(url) && (Hosts().IsMatch(url) || !Others().IsMatch(url)) ? AtlassianTarget.Administration
        : Hosts().IsMatch(url) ? AtlassianTarget.Host
        : Paths().IsMatch(url) && !Others().IsMatch(url) ? AtlassianTarget.Likely
        : AtlassianTarget.None;

    public static string Words(AtlassianTarget target) =>
        target switch
        {
            AtlassianTarget.Administration => "the administration of Atlassian organizations",
            AtlassianTarget.Likely => "what looks like a product of Atlassian",
            _ => "Atlassian",
        };

    [GeneratedRegex(
        "^(https?://)?([^/?#@]*@)?([^/?#@]*\\.)?(atlassian\\.(net|com)|bitbucket\\.org|jira\\.com|jira-dev\\.com|atlassian-us-gov-mod\\.net|atlassian-us-gov-mod\\.com)(:\\d+)?([/?#]|\\0|$)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Hosts();

    // A host that is written out and is another one.
    [GeneratedRegex("^https?://[^/?#\\0]+([/?#]|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Others();

    [GeneratedRegex(
        "/rest/api/(2|3|latest)/|/rest/agile/(1\\.0|latest)/|/rest/servicedeskapi/|/wiki/(rest/api|api/v2)/|/rest/atlassian-connect/|/rest/greenhopper/|/ex/(jira|confluence)/|/gateway/api/|/jsm/(assets|ops)/",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Paths();

    [GeneratedRegex(
        "/admin/(control/)?v[12]/orgs|/admin/user-provisioning/|/scim/directory/|/users/[^/]+/manage|/orgs/[^/]+/(classification-levels|api-tokens|service-accounts|api-keys)",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Administrations();
}

/// <summary>What of Atlassian a URL is, the surer the higher.</summary>
internal enum AtlassianTarget
{
    None,

    /// <summary>A path that Atlassian's products have, on a host that is not known.</summary>
    Likely,
    Host,

    /// <summary>The administration of organizations, which asks for their API keys.</summary>
    Administration,
}
