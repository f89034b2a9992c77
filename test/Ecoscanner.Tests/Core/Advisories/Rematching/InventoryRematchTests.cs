using Ecoscanner.Advisories;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Advisories.Rematching;
using Ecoscanner.Findings;
using Ecoscanner.Packages;
using Ecoscanner.Tests.Core.Advisories.Indexing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Advisories.Rematching;

public sealed class InventoryRematchTests : IDisposable
{
    private const string Lib = "org.example:lib";

    private static readonly Advisory Unchanged = MadeIndex.Maven("CVE-2026-0009", Lib, "(,9.0)");

    private readonly MadeIndex made = new();

    [Fact]
    public void An_added_record_brings_a_finding_and_says_so()
    {
        var found = Assert.Single(Rematch([Unchanged], [Unchanged, MadeIndex.Maven("CVE-2026-0001", Lib, "[1.0,2.0)")], "1.5"));
        Assert.Equal((RematchKind.Came, RematchReason.RecordAdded), (found.Kind, found.Reason));
        Assert.Equal("CVE-2026-0001 was added to the advisories", found.Why);
        Assert.Equal(("app", "7.1", "sha"), (found.App, found.Release, found.Artifact));
        Assert.Equal(
            new StoredComponent(new PackageUrl(Ecosystem.Maven, Lib, "1.5"), "app.jar!/lib.jar", Placement.Bundled, Confidence.High, false),
            found.Component
        );
    }

    [Fact]
    public void A_changed_range_brings_and_takes_findings()
    {
        Advisory[] old = [MadeIndex.Maven("CVE-2026-0001", Lib, "[1.0,2.0)")];
        Advisory[] later = [MadeIndex.Maven("CVE-2026-0001", Lib, "[1.6,3.0)")];
        Assert.Equal((RematchKind.Went, RematchReason.RangeChanged), Outcome(Rematch(old, later, "1.5")));
        Assert.Equal((RematchKind.Came, RematchReason.RangeChanged), Outcome(Rematch(old, later, "2.5")));
        Assert.Empty(Rematch(old, later, "1.7"));
        Assert.Empty(Rematch(old, later, "3.5"));
    }

    [Fact]
    public void Withdrawal_removal_and_return_are_told_apart()
    {
        var standing = MadeIndex.Maven("CVE-2026-0001", Lib, "[1.0,2.0)");
        var withdrawn = standing with { Withdrawn = MadeIndex.Built };
        Assert.Equal((RematchKind.Went, RematchReason.Withdrawn), Outcome(Rematch([standing], [withdrawn], "1.5")));
        Assert.Equal((RematchKind.Went, RematchReason.RecordRemoved), Outcome(Rematch([standing], [], "1.5")));
        Assert.Equal((RematchKind.Came, RematchReason.Reinstated), Outcome(Rematch([withdrawn], [standing], "1.5")));
        Assert.Empty(Rematch([withdrawn], [], "1.5"));
        Assert.Empty(Rematch([], [withdrawn], "1.5"));
    }

    [Fact]
    public void Another_score_leaves_the_finding_and_weighs_it_anew()
    {
        var old = MadeIndex.Maven("CVE-2026-0001", Lib, "[1.0,2.0)");
        var found = Assert.Single(Rematch([old], [old with { Score = new AdvisoryScore(9.8, null, "made") }], "1.5"));
        Assert.Equal((RematchKind.Rescored, RematchReason.ScoreChanged), (found.Kind, found.Reason));
        Assert.Equal("CVE-2026-0001 is critical and was high", found.Why);
    }

    [Fact]
    public void Another_summary_or_id_changes_nothing()
    {
        var old = MadeIndex.Maven("GHSA-aaaa", Lib, "[1.0,2.0)");
        Assert.Empty(Rematch([old], [old with { Summary = "more words" }], "1.5"));
        Assert.Empty(Rematch([old], [old with { Id = "CVE-2026-0001", Aliases = ["GHSA-aaaa"] }], "1.5"));
        Assert.Empty(Rematch([old with { Id = "GMS-1", Aliases = ["GHSA-aaaa"] }], [old], "1.5"));
    }

    [Fact]
    public void Joined_records_are_one_finding_and_a_split_off_one_is_new()
    {
        var one = MadeIndex.Maven("CVE-2026-0001", Lib, "[1.0,2.0)");
        var other = MadeIndex.Maven("GHSA-aaaa", Lib, "[2.0,3.0)");
        var both = MadeIndex.Maven("CVE-2026-0001", Lib, "[1.0,3.0)") with { Aliases = ["GHSA-aaaa"] };
        Assert.Empty(Rematch([one, other], [both], "2.5"));
        Assert.Equal((RematchKind.Came, RematchReason.RecordAdded), Outcome(Rematch([both], [both with { Aliases = [] }, other], "2.5")));
    }

    [Fact]
    public void The_share_of_changed_records_counts_what_was_there_before()
    {
        var old = made.Of(Enumerable.Range(0, 100).Select(i => MadeIndex.Maven($"CVE-2026-{i:0000}", Lib, "[1.0,2.0)")));
        var changed = Enumerable
            .Range(0, 150)
            .Where(i => i != 7)
            .Select(i => MadeIndex.Maven($"CVE-2026-{i:0000}", Lib, i == 3 ? "[1.0,2.5)" : "[1.0,2.0)") with { Withdrawn = i == 5 ? MadeIndex.Built : null });
        var changes = IndexChanges.Between(old, made.Of(changed));
        Assert.Equal(0.03, changes.ShareOfOld);
        Assert.Equal(
            (50, 1, 1, 1),
            (
                changes.Number(AdvisoryChangeKind.Added),
                changes.Number(AdvisoryChangeKind.Changed),
                changes.Number(AdvisoryChangeKind.Withdrawn),
                changes.Number(AdvisoryChangeKind.Removed)
            )
        );
        Assert.Empty(IndexChanges.Between(old, old).Advisories);
    }

    [Fact]
    public void Matching_again_says_what_scanning_again_would_say() =>
        Fuzz.Run(random =>
        {
            using var folder = new MadeIndex();
            var (old, later) = (folder.Of(Some(random)), folder.Of(Some(random)));
            var components = Enumerable
                .Range(0, 30)
                .Select(i => new StoredComponent(
                    new PackageUrl(Ecosystem.Npm, $"p{random.Next(4)}", $"{random.Next(4)}.{random.Next(3)}.0"),
                    $"place{i}",
                    Placement.Bundled,
                    Confidence.High,
                    false
                ))
                .ToList();
            var expected = components
                .SelectMany(component =>
                {
                    var (before, after) = (Ids(old, component), Ids(later, component));
                    return after.Except(before).Select(id => $"+{id} {component.Place}").Concat(before.Except(after).Select(id => $"-{id} {component.Place}"));
                })
                .Order(StringComparer.Ordinal);
            var actual = Rematch(IndexChanges.Between(old, later), components)
                .Where(found => found.Kind != RematchKind.Rescored)
                .Select(found => $"{(found.Kind == RematchKind.Came ? "+" : "-")}{found.Advisory.Id} {found.Component.Place}")
                .Order(StringComparer.Ordinal);
            Assert.Equal(expected, actual);
        });

    [Fact]
    public void A_store_gives_back_what_was_put_in()
    {
        var inventories = Enumerable.Range(0, 5).Select(Inventory).ToList();
        var read = InventoryStore.Read(Store(inventories)).ToList();
        Assert.All(read, one => Assert.Null(one.Gap));
        Assert.Equivalent(inventories, read.Select(one => one.Inventory), strict: true);
    }

    [Fact]
    public void A_damaged_inventory_is_a_gap_and_the_others_are_matched()
    {
        var store = Store([.. Enumerable.Range(0, 3).Select(Inventory)]).ToArray();
        store[40] ^= 1;
        var read = InventoryStore.Read(new MemoryStream(store)).ToList();
        Assert.Equal(["inventory 1 is damaged", null, null], read.Select(one => one.Gap));
        Assert.Equal("it ends within inventory 3", InventoryStore.Read(new MemoryStream(store[..^1])).Last().Gap);
        Assert.Equal("it is no store of inventories", Assert.Single(InventoryStore.Read(new MemoryStream([1, 2, 3]))).Gap);
    }

    [Fact]
    public void A_hostile_store_ends_in_gaps()
    {
        var good = Store([.. Enumerable.Range(0, 3).Select(Inventory)]).ToArray();
        var changes = IndexChanges.Between(made.Of([]), made.Of([MadeIndex.Maven("CVE-2026-0001", "org.example:lib0", "(,)")]));
        var rematch = new InventoryRematch(changes);
        Fuzz.Run(random =>
        {
            var bytes = Fuzzing.Mutate(good, random);
            SignBlocks(bytes);
            rematch.Run(new MemoryStream(bytes), _ => { });
            Assert.True(InventoryStore.Read(new MemoryStream(bytes)).Count() < 1000);
        });
    }

    public void Dispose() => made.Dispose();

    private static void SignBlocks(byte[] store)
    {
        for (var at = 12; at + 8 <= store.Length; )
        {
            var length = BitConverter.ToInt32(store, at);
            if (length < 0 || length > store.Length - at - 8)
            {
                return;
            }

            BitConverter.GetBytes(Checksum.Of(store.AsSpan(at + 8, length))).CopyTo(store, at + 4);
            at += 8 + length;
        }
    }

    private static StoredInventory Inventory(int number) =>
        new(
            $"app{number}",
            "1.0",
            "sha",
            [
                .. Enumerable
                    .Range(0, 20)
                    .Select(i => new StoredComponent(
                        new PackageUrl(
                            i % 2 == 0 ? Ecosystem.Maven : Ecosystem.Npm,
                            i % 2 == 0 ? $"org.example:lib{i}" : $"@scope/lib{i}",
                            i == 3 ? null : $"{i}.0"
                        ),
                        $"app.obr!/dependencies/plugin.jar!/META-INF/lib/lib-{i}.jar",
                        (Placement)(i % 3),
                        (Confidence)(i % 3),
                        i % 5 == 0
                    ))
                    .OrderBy(component => component.Package.Ecosystem)
                    .ThenBy(component => component.Package.Name, StringComparer.Ordinal),
            ]
        );

    private static MemoryStream Store(IReadOnlyList<StoredInventory> inventories)
    {
        var store = new MemoryStream();
        InventoryStore.Begin(store);
        foreach (var inventory in inventories)
        {
            InventoryStore.Append(store, inventory);
        }

        store.Position = 0;
        return store;
    }

    private List<RematchedFinding> Rematch(IReadOnlyList<Advisory> old, IReadOnlyList<Advisory> later, string version) =>
        Rematch(
            IndexChanges.Between(made.Of(old), made.Of(later)),
            [new StoredComponent(new PackageUrl(Ecosystem.Maven, Lib, version), "app.jar!/lib.jar", Placement.Bundled, Confidence.High, false)]
        );

    private static List<RematchedFinding> Rematch(IndexChanges changes, IReadOnlyList<StoredComponent> components)
    {
        var found = new List<RematchedFinding>();
        var summary = new InventoryRematch(changes).Run(Store([new StoredInventory("app", "7.1", "sha", components)]), found.Add);
        Assert.Empty(summary.Gaps);
        Assert.Equal((1, components.Count, found.Count), (summary.Apps, summary.Components, summary.Findings));
        return found;
    }

    private static (RematchKind, RematchReason) Outcome(List<RematchedFinding> found) => (Assert.Single(found).Kind, found[0].Reason);

    private static List<string> Ids(AdvisoryIndex index, StoredComponent component) =>
        [.. index.Matches(component.Package.Ecosystem, component.Package.Name, component.Package.Version!).Matches.Select(match => match.Advisory.Id)];

    private static IEnumerable<Advisory> Some(Random random)
    {
        for (var i = 0; i < 12; i++)
        {
            if (random.Next(4) > 0)
            {
                var advisory = MadeIndex.Npm($"CVE-2026-{i:0000}", $"p{random.Next(4)}", $"[{random.Next(3)}.0.0,{random.Next(4)}.{random.Next(3)}.0)");
                yield return random.Next(5) == 0 ? advisory with { Withdrawn = MadeIndex.Built } : advisory;
            }
        }
    }
}
