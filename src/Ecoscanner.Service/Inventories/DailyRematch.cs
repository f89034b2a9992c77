using System.Globalization;
using System.Text.Json;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Inventories;

/// <summary>Holds the newest inventory of each hosting against advisories that changed, without the apps: a run of its own for each that is concerned.</summary>
public sealed class DailyRematch(Database database, Ingestion ingestion, TimeProvider time)
{
    // Tried again after the first time, the second, …: a busy machine is free after minutes, one that is mended after hours. An inventory that then still
    // cannot be judged waits for the next advisories that concern it, or the next scan of its app.
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24)];

    // Of one call, so that whoever waits for changed advisories does not wait for these.
    private const int RetriesAtOnce = 100;

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
            // With what is still to be withdrawn of the times before.
            var waiting = database.Read(session => session.Find<Retry>("select attempts, withdrawn from rematch_retry where inventory_id = @id", new { id }));
            var gone = waiting is null ? withdrawn : withdrawn.Concat(waiting.Ids).ToHashSet(StringComparer.Ordinal);
            Add(await TryAsync(id, @new, 0, gone, cancellationToken));
        }

        return new RematchResult(changes.Advisories.Count, concerned.Count, judged, opened, closed, gaps);

        void Add((IngestResult? Result, string? Gap) tried)
        {
            if (tried.Gap is { } gap)
            {
                gaps.Add(gap);
            }
            else if (tried.Result is { } result)
            {
                (judged, opened, closed) = (judged + 1, opened + result.Opened, closed + result.Closed);
            }
        }
    }

    /// <summary>Judges again what could not be judged, where its pause is over; for a call once a minute or so. Each attempt is a run, which says what came of it.</summary>
    /// <param name="index">By which was judged last.</param>
    /// <exception cref="AdvisoryIndexException">The index is damaged.</exception>
    public async Task<RematchResult> RetryAsync(AdvisoryIndex index, CancellationToken cancellationToken)
    {
        var due = database.Read(session =>
            session.List<Retry>(
                // A clock that was ahead keeps nothing waiting.
                "select inventory_id, attempts, withdrawn from rematch_retry where due_at <= @Clock or due_at > @late order by due_at limit @RetriesAtOnce",
                new
                {
                    session.Clock,
                    late = session.Clock + (long)Pauses[^1].TotalMilliseconds,
                    RetriesAtOnce,
                }
            )
        );
        var (judged, opened, closed) = (0, 0, 0);
        var gaps = new List<string>();
        foreach (var retry in due)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (result, gap) = await TryAsync(retry.InventoryId, index, (int)retry.Attempts, retry.Ids, cancellationToken);
            if (gap is not null)
            {
                gaps.Add(gap);
            }
            else if (result is not null)
            {
                (judged, opened, closed) = (judged + 1, opened + result.Opened, closed + result.Closed);
            }
        }

        return new RematchResult(0, due.Count, judged, opened, closed, gaps);
    }

    /// <param name="attempts">Those that came to nothing before.</param>
    private async Task<(IngestResult? Result, string? Gap)> TryAsync(
        long inventoryId,
        AdvisoryIndex index,
        int attempts,
        IReadOnlySet<string> withdrawn,
        CancellationToken cancellationToken
    )
    {
        string? gap = null;
        IngestResult? result = null;
        try
        {
            (result, gap) = await JudgeAsync(inventoryId, index, attempts, withdrawn, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or IngestException)
        {
            gap = e.Message;
        }

        database.Write(session => Settle(session, inventoryId, attempts, withdrawn, gap));
        return (result, gap);
    }

    // Written after the run: who is killed between the two has judged it, or judges it once more.
    private static void Settle(Session session, long inventoryId, int attempts, IReadOnlySet<string> withdrawn, string? gap)
    {
        if (gap is null || attempts >= Pauses.Length)
        {
            session.Execute("delete from rematch_retry where inventory_id = @inventoryId", new { inventoryId });
            return;
        }

        session.Execute(
            """
            insert into rematch_retry (inventory_id, attempts, due_at, withdrawn, reason)
            select id, @attempts, @due, @withdrawn, @gap from inventory where id = @inventoryId
            on conflict (inventory_id) do update
            set attempts = excluded.attempts, due_at = excluded.due_at, withdrawn = excluded.withdrawn, reason = excluded.reason
            """,
            new
            {
                inventoryId,
                attempts = attempts + 1,
                due = session.Clock + (long)Pauses[attempts].TotalMilliseconds,
                withdrawn = JsonSerializer.Serialize(withdrawn.Order(StringComparer.Ordinal)),
                gap,
            }
        );
    }

    private async Task<(IngestResult? Result, string? Gap)> JudgeAsync(
        long inventoryId,
        AdvisoryIndex index,
        int attempts,
        IReadOnlySet<string> withdrawn,
        CancellationToken cancellationToken
    )
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
            return default;
        }

        // An attempt is a run of its own; the first one's name is what keeps a snapshot from being judged twice.
        var again = attempts > 0 ? string.Create(CultureInfo.InvariantCulture, $":{attempts}") : "";
        var run = database.Write(session =>
        {
            var id = RunLog.Queue(
                session,
                new RunRequest(stored.HostingId, $"rematch:{index.ShortSnapshot}:{stored.VersionId}{again}", RunReason.Rematch, Access.Principal.Platform.Name)
                {
                    VersionId = stored.VersionId,
                    OnlyRules = [.. RulesOf(stored.Hosting)],
                }
            );
            return RunLog.Start(session, id) ? id : null;
        });
        if (run is null)
        {
            return default;
        }

        try
        {
            return await JudgeAsync(run, stored, index, withdrawn, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or IngestException)
        {
            database.Write(session => RunLog.Fail(session, run, e.Message));
            throw;
        }
    }

    private async Task<(IngestResult? Result, string? Gap)> JudgeAsync(
        string run,
        StoredRow stored,
        AdvisoryIndex index,
        IReadOnlySet<string> withdrawn,
        CancellationToken cancellationToken
    )
    {
        var report = await StoredLibraries.JudgeAsync(stored.App, stored.Hosting, InventoryContent.Read(stored.Content), index, time, cancellationToken);
        var result = await ingestion.IngestAsync(run, report, new IngestOptions { Withdrawn = withdrawn }, cancellationToken);
        // What was cut short by its own limits would be so again.
        return (result, report.Apps[0].Scanners.FirstOrDefault(scanner => scanner.Failure is not null)?.Failure);
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

    private sealed record Retry
    {
        public long InventoryId { get; init; }
        public long Attempts { get; init; }
        public string Withdrawn { get; init; } = "[]";

        public HashSet<string> Ids => [.. JsonSerializer.Deserialize<string[]>(Withdrawn)!];
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
