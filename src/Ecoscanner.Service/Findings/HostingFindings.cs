using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Findings;

/// <summary>All findings of a hosting, and what they go by.</summary>
internal sealed class HostingFindings
{
    // A hosting that changes what it is called with each run would grow for ever; a real one has some hundreds.
    private const int Most = 100_000;

    private readonly Dictionary<long, KnownFinding> findings;
    private readonly Dictionary<string, List<long>> aliases = new(StringComparer.Ordinal);
    private readonly ILookup<long, KnownAttribution> attributions;

    private HostingFindings(
        IEnumerable<KnownFinding> findings,
        IEnumerable<(string Fingerprint, long FindingId)> aliases,
        IEnumerable<KnownAttribution> attributions
    )
    {
        this.findings = findings.ToDictionary(finding => finding.Id);
        foreach (var (fingerprint, id) in aliases)
        {
            (this.aliases.TryGetValue(fingerprint, out var known) ? known : this.aliases[fingerprint] = []).Add(id);
        }

        this.attributions = attributions.ToLookup(attribution => attribution.FindingId);
    }

    public static readonly HostingFindings None = new([], [], []);

    /// <summary>Where the hosting's descriptor is served.</summary>
    public ServedDescriptor Served { get; private init; } = new();

    public IEnumerable<KnownFinding> All => findings.Values;

    /// <exception cref="IngestException">They are too many.</exception>
    public static HostingFindings Of(Session session, long hostingId)
    {
        var values = new { hostingId, most = Most + 1 };
        var stored = session.List<KnownFinding>(
            """
            select id, rule, requirement, cvss, confidence, place, place_identity, spot, state, verified, platform_forced, observations, clean_runs, last_clean_at,
                scanner, scanner_version, first_seen_at, confirmed_at, closed_at, evidence_digest
            from finding where hosting_id = @hostingId limit @most
            """,
            values
        );
        return stored.Count <= Most
            ? new HostingFindings(
                stored,
                session.Stream<(string, long)>("select fingerprint, finding_id from finding_alias where hosting_id = @hostingId", values),
                session.Stream<KnownAttribution>(
                    """
                    select t.finding_id, t.source, t.tool_rule, t.cvss, t.gone_at
                    from finding f join finding_attribution t on t.finding_id = f.id
                    where f.hosting_id = @hostingId
                    """,
                    values
                )
            )
            {
                Served =
                    session.Find<ServedDescriptor>("select descriptor_url as url, descriptor_since as since from app_hosting where id = @hostingId", values)
                    ?? new ServedDescriptor(),
            }
            : throw new IngestException($"the app has more than {Most:N0} findings; look at why each scan finds others before it is scanned again");
    }

    public IEnumerable<KnownAttribution> AttributionsOf(KnownFinding finding) => attributions[finding.Id];

    /// <summary>True where it is known by this fingerprint already.</summary>
    public bool IsAlias(KnownFinding finding, string fingerprint) => aliases.TryGetValue(fingerprint, out var ids) && ids.Contains(finding.Id);

    /// <summary>True where some finding is.</summary>
    public bool IsAlias(string fingerprint) => aliases.ContainsKey(fingerprint);

    /// <summary>The finding that goes by one of these: an open or decided one before a closed one, the oldest of the former and the last closed of the latter.</summary>
    public KnownFinding? Find(IEnumerable<string> fingerprints) =>
        fingerprints
            .SelectMany(fingerprint => aliases.GetValueOrDefault(fingerprint) ?? [])
            .Distinct()
            .Select(id => findings[id])
            .OrderBy(finding => FindingState.IsClosed(finding.State))
            .ThenByDescending(finding => FindingState.IsClosed(finding.State) ? finding.ClosedAt : null)
            .ThenBy(finding => finding.Id)
            .FirstOrDefault();
}

/// <summary>Where the descriptor of a Connect app is served.</summary>
internal sealed record ServedDescriptor
{
    /// <summary>Null where the app has none.</summary>
    public string? Url { get; init; }

    /// <summary>When it was changed to this one, as partners may: what was found under another one it says nothing of. Null where it never was.</summary>
    public long? Since { get; init; }
}
