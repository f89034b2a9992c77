using System.Text;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Packages;
using Ecoscanner.Rules;

namespace Ecoscanner.Advisories.Rematching;

/// <summary>Matches stored inventories again after the index changed: only the advisories that changed, without opening an archive.</summary>
public sealed class InventoryRematch
{
    private readonly IndexChanges changes;
    private readonly Dictionary<ulong, List<ChangedPackage>> packages = [];

    public InventoryRematch(IndexChanges changes)
    {
        this.changes = changes;
        foreach (var change in changes.Advisories)
        {
            var affected = change.Old.Concat(change.New is { } one ? [one] : Array.Empty<IndexedAdvisory>()).SelectMany(advisory => advisory.Read().Affected);
            foreach (var (ecosystem, name) in affected.Select(package => (package.Ecosystem, package.Name)).Distinct())
            {
                Add(ecosystem, Encoding.UTF8.GetBytes(name), change);
            }
        }
    }

    /// <summary>Packages whose advisories changed.</summary>
    public int PackageCount => packages.Values.Sum(list => list.Count);

    /// <summary>Matches a whole store.</summary>
    /// <param name="found">Is told each finding that came, went or weighs otherwise.</param>
    public RematchSummary Run(Stream store, Action<RematchedFinding> found, CancellationToken cancellationToken = default)
    {
        var (apps, components, findings) = (0L, 0L, 0L);
        var gaps = new List<string>();
        foreach (var (block, gap) in InventoryStore.Blocks(store))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (gap is not null)
                {
                    gaps.Add(gap);
                    continue;
                }

                components += Run(
                    block.Span,
                    finding =>
                    {
                        findings++;
                        found(finding);
                    }
                );
                apps++;
            }
            catch (InvalidDataException e)
            {
                gaps.Add(e.Message);
            }
        }

        return new RematchSummary(apps, components, findings, gaps);
    }

    private int Run(ReadOnlySpan<byte> block, Action<RematchedFinding> found)
    {
        var reader = new BlockReader(block);
        var app = reader.Bytes();
        var release = reader.Bytes();
        var artifact = reader.Bytes();
        var (name, place) = (new LastText(), new LastText());
        var count = (int)Math.Min(reader.Number(), (ulong)block.Length);
        for (var i = 0; i < count; i++)
        {
            var flags = reader.Number();
            reader.Shared(ref name);
            var version = reader.Bytes();
            reader.Shared(ref place);
            if (Changed(InventoryBlock.EcosystemOf(flags), name.Span) is not { } changed || version.IsEmpty)
            {
                continue;
            }

            var text = Encoding.UTF8.GetString(version);
            foreach (var change in changed.Changes)
            {
                if (Outcome(change, changed, name.Span, text) is var (kind, reason))
                {
                    found(
                        new RematchedFinding(
                            Encoding.UTF8.GetString(app),
                            Encoding.UTF8.GetString(release),
                            Encoding.UTF8.GetString(artifact),
                            InventoryBlock.Component(flags, name.Span, version, place.Span),
                            kind,
                            reason,
                            change
                        )
                    );
                }
            }
        }

        return count;
    }

    private (RematchKind, RematchReason)? Outcome(AdvisoryChange change, ChangedPackage package, ReadOnlySpan<byte> name, string version)
    {
        IndexedAdvisory? before = null;
        foreach (var old in change.Old)
        {
            before ??= changes.Old.Affects(old.Position, package.Ecosystem, name, version) == true ? old : null;
        }

        var now = change.New is { } advisory && changes.New.Affects(advisory.Position, package.Ecosystem, name, version) == true ? change.New : null;
        return (before, now) switch
        {
            (null, { }) => (
                RematchKind.Came,
                change.Kind switch
                {
                    AdvisoryChangeKind.Added => RematchReason.RecordAdded,
                    AdvisoryChangeKind.Reinstated => RematchReason.Reinstated,
                    _ => RematchReason.RangeChanged,
                }
            ),
            ({ }, null) => (
                RematchKind.Went,
                change.Kind switch
                {
                    AdvisoryChangeKind.Withdrawn => RematchReason.Withdrawn,
                    AdvisoryChangeKind.Removed => RematchReason.RecordRemoved,
                    _ => RematchReason.RangeChanged,
                }
            ),
            ({ } a, { } b) when a.Severity != b.Severity || a.Score != b.Score => (RematchKind.Rescored, RematchReason.ScoreChanged),
            _ => null,
        };
    }

    private ChangedPackage? Changed(Ecosystem ecosystem, ReadOnlySpan<byte> name)
    {
        if (packages.TryGetValue(PackageHash.Of(ecosystem, name), out var list))
        {
            foreach (var package in list)
            {
                if (package.Ecosystem == ecosystem && package.Name.AsSpan().SequenceEqual(name))
                {
                    return package;
                }
            }
        }

        return null;
    }

    private void Add(Ecosystem ecosystem, byte[] name, AdvisoryChange change)
    {
        if (Changed(ecosystem, name) is { } known)
        {
            known.Changes.Add(change);
            return;
        }

        var hash = PackageHash.Of(ecosystem, name);
        if (!packages.TryGetValue(hash, out var list))
        {
            packages[hash] = list = [];
        }

        list.Add(new ChangedPackage(ecosystem, name, [change]));
    }

    private sealed record ChangedPackage(Ecosystem Ecosystem, byte[] Name, List<AdvisoryChange> Changes);
}

/// <summary>A finding of a stored inventory that the newer index judges otherwise.</summary>
public sealed record RematchedFinding(
    string App,
    string Release,
    string Artifact,
    StoredComponent Component,
    RematchKind Kind,
    RematchReason Reason,
    AdvisoryChange Change
)
{
    /// <summary>The advisory as it is now; as it was where it is gone.</summary>
    public IndexedAdvisory Advisory => Change.New ?? Change.Old[0];

    public Severity Severity => Advisory.Severity;

    /// <summary>"Why now", a clause for a person.</summary>
    public string Why =>
        Reason switch
        {
            RematchReason.RecordAdded => $"{Advisory.Id} was added to the advisories",
            RematchReason.Reinstated => $"{Advisory.Id} was withdrawn and stands again",
            RematchReason.Withdrawn => $"{Advisory.Id} was withdrawn",
            RematchReason.RecordRemoved => $"{Advisory.Id} is not among the advisories any more",
            RematchReason.ScoreChanged => $"{Advisory.Id} is {Word(Severity)} and was {Word(Change.Old[0].Severity)}",
            RematchReason.RangeChanged when Kind == RematchKind.Came => $"{Advisory.Id} affects {Component.Package.Version} now: its versions were corrected",
            RematchReason.RangeChanged => $"{Advisory.Id} does not affect {Component.Package.Version} any more: its versions were corrected",
            _ => throw new InvalidOperationException($"{Reason} has no words"),
        };

    private static string Word(Severity severity) => severity.ToString().ToLowerInvariant();
}

public enum RematchKind
{
    Came,
    Went,

    /// <summary>It stays, with another score.</summary>
    Rescored,
}

public enum RematchReason
{
    RecordAdded,
    RangeChanged,
    Withdrawn,
    Reinstated,
    RecordRemoved,
    ScoreChanged,
}

/// <summary>What a re-match looked at.</summary>
/// <param name="Findings">Those that came, went or weigh otherwise.</param>
/// <param name="Gaps">Inventories that could not be read, each a clause for a person; they were not matched.</param>
public sealed record RematchSummary(long Apps, long Components, long Findings, IReadOnlyList<string> Gaps);
