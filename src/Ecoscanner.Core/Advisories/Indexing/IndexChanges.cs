namespace Ecoscanner.Advisories.Indexing;

/// <summary>What became of an advisory between two indexes.</summary>
/// <param name="Old">What it was, in the older index; several where records were joined, none where it is new.</param>
/// <param name="New">What it is; null where no record has its ids any more.</param>
public sealed record AdvisoryChange(AdvisoryChangeKind Kind, IReadOnlyList<IndexedAdvisory> Old, IndexedAdvisory? New);

public enum AdvisoryChangeKind
{
    Added,

    /// <summary>It affects other versions or packages, or is scored otherwise.</summary>
    Changed,

    /// <summary>Taken back by its source.</summary>
    Withdrawn,

    /// <summary>Taken back once, and stands again.</summary>
    Reinstated,

    /// <summary>Gone without a word.</summary>
    Removed,
}

/// <summary>The advisories that match or weigh otherwise in a newer index than in an older one. A new summary or reference is no change.</summary>
public sealed class IndexChanges
{
    private IndexChanges(AdvisoryIndex old, AdvisoryIndex @new, IReadOnlyList<AdvisoryChange> advisories)
    {
        Old = old;
        New = @new;
        Advisories = advisories;
    }

    public AdvisoryIndex Old { get; }

    public AdvisoryIndex New { get; }

    /// <summary>By id in the newer index, then those that are gone.</summary>
    public IReadOnlyList<AdvisoryChange> Advisories { get; }

    /// <summary>The share of the old records that were changed, withdrawn or removed, from 0 to 1.</summary>
    public double ShareOfOld =>
        Old.Count == 0 ? 0 : (double)Advisories.Where(change => change.Kind != AdvisoryChangeKind.Added).Sum(change => change.Old.Count) / Old.Count;

    public int Number(AdvisoryChangeKind kind) => Advisories.Count(change => change.Kind == kind);

    /// <summary>Compares them; neither may be disposed of before the result is used.</summary>
    public static IndexChanges Between(AdvisoryIndex old, AdvisoryIndex @new)
    {
        var changes = new List<AdvisoryChange>();
        var gone = new List<AdvisoryChange>();
        if (old.Snapshot != @new.Snapshot)
        {
            var before = new Dictionary<uint, List<IndexedAdvisory>>();
            foreach (var advisory in old.All())
            {
                if (Counterpart(advisory, @new) is { } counterpart)
                {
                    if (!before.TryGetValue(counterpart.Position, out var olds))
                    {
                        before[counterpart.Position] = olds = [];
                    }

                    olds.Add(advisory);
                }
                else if (!advisory.IsWithdrawn)
                {
                    gone.Add(new AdvisoryChange(AdvisoryChangeKind.Removed, [advisory], null));
                }
            }

            foreach (var advisory in @new.All())
            {
                if (Change(advisory, before.GetValueOrDefault(advisory.Position) ?? []) is { } change)
                {
                    changes.Add(change);
                }
            }
        }

        return new IndexChanges(old, @new, [.. changes, .. gone]);
    }

    // A record may get another id when it gets a CVE, and then has the old one as alias.
    private static IndexedAdvisory? Counterpart(IndexedAdvisory old, AdvisoryIndex @new) =>
        @new.Find(old.Id) ?? old.Read().Aliases.Select(@new.Find).FirstOrDefault(found => found is not null);

    private static AdvisoryChange? Change(IndexedAdvisory advisory, List<IndexedAdvisory> old) =>
        old switch
        {
            [] => advisory.IsWithdrawn ? null : new AdvisoryChange(AdvisoryChangeKind.Added, [], advisory),
            _ when old.TrueForAll(one => one.Digest == advisory.Digest) => null,
            _ when advisory.IsWithdrawn => old.TrueForAll(one => one.IsWithdrawn) ? null : new AdvisoryChange(AdvisoryChangeKind.Withdrawn, old, advisory),
            _ => new AdvisoryChange(old.TrueForAll(one => one.IsWithdrawn) ? AdvisoryChangeKind.Reinstated : AdvisoryChangeKind.Changed, old, advisory),
        };
}
