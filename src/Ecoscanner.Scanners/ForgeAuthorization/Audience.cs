using Ecoscanner.Apps.Forge;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>Who can cause an entry to run, by the least that it takes.</summary>
internal enum Audience
{
    /// <summary>Nobody but the platform, or whom it has authenticated.</summary>
    Platform,
    SiteAdministrators,

    /// <summary>Administrators of a project, a space and the like.</summary>
    ContainerAdministrators,
    Users,

    /// <summary>Anybody who sends a request.</summary>
    Everybody,
}

/// <summary>Tells the audience of an entry.</summary>
internal static class Audiences
{
    private const ForgeCallers AnyUser = ForgeCallers.Anonymous | ForgeCallers.PortalCustomer | ForgeCallers.UnlicensedUser | ForgeCallers.LicensedUser;

    // What it is called with says what the user does, and the user does not choose the words.
    private static readonly string[] ToldByPlatform = ["value.function", "dynamicProperties.function", "formatter.function"];

    /// <summary>Whether the platform and not a user says what the entry is called with.</summary>
    public static bool IsToldByPlatform(ForgeEntry entry) =>
        entry.Uses.Count > 0 && entry.Uses.All(use => ToldByPlatform.Contains(use.Path, StringComparer.Ordinal));

    public static Audience Of(ForgeEntry entry)
    {
        var callers = entry
            .Uses.Where(use => use.Authentication is null && use.ModuleType != "jira:workflowPostFunction")
            .Aggregate(ForgeCallers.None, (all, use) => all | use.Callers);
        return callers.HasFlag(ForgeCallers.ExternalHttp) ? Audience.Everybody
            : (callers & AnyUser) != 0 ? Audience.Users
            : callers.HasFlag(ForgeCallers.ContainerAdministrator) ? Audience.ContainerAdministrators
            : callers.HasFlag(ForgeCallers.SiteAdministrator) ? Audience.SiteAdministrators
            : Audience.Platform;
    }
}
