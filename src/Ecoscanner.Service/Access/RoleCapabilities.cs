using System.Collections.Frozen;

namespace Ecoscanner.Service.Access;

/// <summary>The access matrix: what each role may do.</summary>
public static class RoleCapabilities
{
    private static readonly Capability[] Viewer = [Capability.ReadApps, Capability.ReadFindings, Capability.ReadTickets, Capability.ReadAudit];

    private static readonly Capability[] Responder = [.. Viewer, Capability.Upload, Capability.ScanAgain, Capability.CommentTickets, Capability.AnswerTickets];

    private static readonly FrozenDictionary<Role, FrozenSet<Capability>> All = new Dictionary<Role, Capability[]>
    {
        [Role.PartnerViewer] = Viewer,
        [Role.PartnerResponder] = Responder,
        [Role.PartnerAdmin] =
        [
            .. Responder,
            Capability.ManageContacts,
            Capability.ManageAccounts,
            Capability.ManageTokens,
            Capability.ManageSecrets,
            Capability.ManageRetention,
        ],
        // Narrowed by each token, to uploads where nothing else was said; what a pipeline may be given is what a responder may, but not to read audits.
        [Role.CiToken] = [.. Responder.Except([Capability.ReadAudit])],
        [Role.Triager] =
        [
            Capability.ReadApps,
            Capability.ReadFindings,
            Capability.ReadTickets,
            Capability.ScanAgain,
            Capability.CommentTickets,
            Capability.DecideTickets,
            Capability.CreateTickets,
            Capability.DecideEnforcement,
            Capability.SearchInventories,
            Capability.RunCampaigns,
            Capability.ReadStatistics,
        ],
        [Role.Engineer] =
        [
            Capability.ReadApps,
            Capability.ManageCatalogue,
            Capability.ManagePolicy,
            Capability.ManageScanners,
            Capability.ReadStatistics,
            Capability.BreakGlass,
        ],
        [Role.Auditor] = [Capability.ReadApps, Capability.ReadAudit, Capability.ReadStatistics],
        [Role.BreakGlass] = [Capability.ReadApps, Capability.ReadFindings, Capability.ReadTickets],
        [Role.System] = Enum.GetValues<Capability>(),
    }.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToFrozenSet());

    /// <summary>The roles that may do it.</summary>
    public static IReadOnlyList<Role> With(Capability capability) => [.. All.Keys.Where(role => Has(role, capability)).Order()];

    /// <summary>What a role may.</summary>
    public static IReadOnlySet<Capability> Of(Role role) => All[role];

    public static bool Has(Role role, Capability capability) => All[role].Contains(capability);
}
