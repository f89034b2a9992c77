using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Inventories;

/// <summary>Holds the newest inventory of each hosting against advisories that changed, without the apps: a run of its own for each that is concerned.</summary>
public sealed class DailyRematch(Database database, Ingestion ingestion, TimeProvider time)
{
    /// <summary>Judges those that a changed advisory speaks of. Safe to be broken off and begun again: what was judged with this snapshot is not judged twice.</summary>
    /// <exception cref="AdvisoryIndexException">An index is damaged.</exception>
    public async Task<RematchResult> RunAsync(AdvisoryIndex old, AdvisoryIndex @new, CancellationToken cancellationToken)
    {
        var changes = IndexChanges.Between(old, @new);
        var withdrawn = changes
            .Advisories.Where(change => change.Kind is AdvisoryChangeKind.Withdrawn or AdvisoryChangeKind.Removed)
            .SelectMany(change => change.Old.Select(advisory => advisory.Id))
            .ToHashSet(StringComparer.Ordinal);
        var concerned = Concerned(changes, old, @new);
        var (judged, opened, closed) = (0, 0, 0);
        var gaps = new List<string>();
        foreach (var id in concerned)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (await JudgeAsync(id, @new, withdrawn, cancellationToken) is { } result)
                {
                    (judged, opened, closed) = (judged + 1, opened + result.Opened, closed + result.Closed);
                }
            }
            catch (Exception e) when (e is InvalidDataException or IngestException)
            {
                gaps.Add(e.Message);
            }
        }

        return new RematchResult(changes.Advisories.Count, concerned.Count, judged, opened, closed, gaps);
    }

    private async Task<IngestResult?> JudgeAsync(long inventoryId, AdvisoryIndex index, IReadOnlySet<string> withdrawn, CancellationToken cancellationToken)
    {
        var stored = database.Read(session =>
            session.Find<StoredRow>(
                """
                select i.hosting_id, i.version_id, a.key as app, h.hosting, c.content
                from inventory i join inventory_content c on c.inventory_id = i.id join app a on a.id = i.app_id join app_hosting h on h.id = i.hosting_id
                where i.id = @inventoryId
                """,
                new { inventoryId }
            )
        );
        if (stored is null)
        {
            return null;
        }

        var run = database.Write(session =>
        {
            var id = RunLog.Queue(
                session,
                new RunRequest(stored.HostingId, $"rematch:{index.ShortSnapshot}:{stored.VersionId}", RunReason.Rematch, Access.Principal.Platform.Name)
                {
                    VersionId = stored.VersionId,
                    OnlyRules = [.. RulesOf(stored.Hosting)],
                }
            );
            return RunLog.Start(session, id) ? id : null;
        });
        if (run is null)
        {
            return null;
        }

        var report = await StoredLibraries.JudgeAsync(stored.App, stored.Hosting, InventoryContent.Read(stored.Content), index, time, cancellationToken);
        return await ingestion.IngestAsync(run, report, new IngestOptions { Withdrawn = withdrawn }, cancellationToken);
    }

    /// <summary>The newest inventories that ship a version of which a changed advisory speaks, or spoke.</summary>
    private SortedSet<long> Concerned(IndexChanges changes, AdvisoryIndex old, AdvisoryIndex @new)
    {
        var ids = changes
            .Advisories.SelectMany(change => change.Old.Select(advisory => advisory.Id).Concat(change.New is { } one ? [one.Id] : Array.Empty<string>()))
            .ToHashSet(StringComparer.Ordinal);
        var packages = changes
            .Advisories.SelectMany(change => change.Old.Concat(change.New is { } one ? [one] : Array.Empty<IndexedAdvisory>()))
            .SelectMany(advisory => advisory.Read().Affected)
            .Select(package => (package.Ecosystem, package.Name))
            .Distinct();
        var found = new SortedSet<long>();
        foreach (var (ecosystem, name) in packages)
        {
            var speaks = new Dictionary<string, bool>(StringComparer.Ordinal);
            bool Speaks(string version)
            {
                if (!speaks.TryGetValue(version, out var known))
                {
                    known =
                        version.Length == 0
                        || old.Matches(ecosystem, name, version)
                            .Matches.Concat(@new.Matches(ecosystem, name, version).Matches)
                            .Any(match => ids.Contains(match.Advisory.Id));
                    speaks[version] = known;
                }

                return known;
            }

            found.UnionWith(
                database.Read(session =>
                    session
                        .Stream<(long Inventory, string Version)>(
                            """
                            select c.inventory_id, c.version from package k join component c on c.package_id = k.id
                            join inventory i on i.id = c.inventory_id join app_version v on v.id = i.version_id
                            where k.ecosystem = @ecosystem and k.name = @name and c.shipped = 1 and not exists (
                                select 1 from app_version n where n.hosting_id = v.hosting_id and n.released_at > v.released_at
                                    and exists (select 1 from inventory m where m.version_id = n.id)
                            )
                            """,
                            new { ecosystem = StoredInventories.WordOf(ecosystem), name }
                        )
                        .Where(row => Speaks(row.Version))
                        .Select(row => row.Inventory)
                        .ToList()
                )
            );
        }

        return found;
    }

    private static IEnumerable<string> RulesOf(string hosting)
    {
        var rules = StoredLibraries.RulesOf(hosting);
        return [rules.Vulnerable.Id, rules.Minor.Id, rules.Malicious.Id];
    }

    private sealed record StoredRow
    {
        public long HostingId { get; init; }
        public long VersionId { get; init; }
        public string App { get; init; } = "";
        public string Hosting { get; init; } = "";
        public byte[] Content { get; init; } = [];
    }
}

/// <summary>What a re-match came to.</summary>
/// <param name="Advisories">That changed.</param>
/// <param name="Concerned">Inventories that ship what they speak of.</param>
/// <param name="Judged">Of these, those that were not judged with this snapshot before.</param>
/// <param name="Gaps">Why some could not be judged, each a clause for a person.</param>
public sealed record RematchResult(int Advisories, int Concerned, int Judged, int Opened, int Closed, IReadOnlyList<string> Gaps);
