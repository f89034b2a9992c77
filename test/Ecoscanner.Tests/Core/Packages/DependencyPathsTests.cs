using System.Collections.Immutable;
using Ecoscanner.Findings;
using Ecoscanner.Packages;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Packages;

public sealed class DependencyPathsTests
{
    // app > 0 > 2 > 3, app > 1 > 2, app > 1 > 3 > 1
    private static readonly Inventory Sample = Made([0, 1], [2], [2, 3], [3], [1]);

    [Fact]
    public void Shortest_paths_are_found_and_no_more_than_wanted()
    {
        var paths = new DependencyPaths(Sample);
        Assert.Equal(
            [
                [1, 3],
            ],
            paths.Shortest(3, 10).Select(path => path.ToArray())
        );
        Assert.Equal(
            [
                [0, 2],
                [1, 2],
            ],
            paths.Shortest(2, 10).Select(path => path.ToArray())
        );
        Assert.Single(paths.Shortest(2, 1));
        Assert.Equal((1, 2), (paths.Depth(0), paths.Depth(3)));
    }

    [Fact]
    public void More_paths_than_atoms_cost_no_more_than_is_wanted()
    {
        // 200 layers of two, each bringing both of the next: 2^199 paths.
        var brings = Enumerable.Range(0, 400).Select(at => at < 398 ? new[] { (at / 2 * 2) + 2, (at / 2 * 2) + 3 } : []).ToArray();
        var paths = new DependencyPaths(Made([0, 1], brings)).Shortest(399, 50);
        Assert.Equal(50, paths.Count);
        Assert.Equal(50, paths.Select(path => string.Join(',', path)).Distinct().Count());
        Assert.All(paths, path => Assert.Equal(200, path.Length));
    }

    [Fact]
    public void One_own_path_cancels_an_exemption()
    {
        var paths = new DependencyPaths(Sample);
        Assert.False(paths.AlwaysThrough(2, at => at == 0));
        Assert.True(paths.AlwaysThrough(2, at => at is 0 or 1));
        // A longer way counts as well: 3 is brought by 1 and, by way of 2, by 0.
        Assert.False(paths.AlwaysThrough(3, at => at == 1));
    }

    [Fact]
    public void What_the_app_asks_for_itself_is_through_nothing_and_what_nothing_leads_to_as_well()
    {
        Assert.False(new DependencyPaths(Sample).AlwaysThrough(0, _ => true));
        Assert.False(new DependencyPaths(Made([0], [], [])).AlwaysThrough(1, _ => true));
    }

    [Fact]
    public void A_path_through_a_tool_of_development_ships_nothing()
    {
        var sample = Made([0, 1], [2], [3], [], [2]);
        sample = sample with { Components = [.. sample.Components.Select((one, at) => one with { IsDevelopment = at == 0 })] };
        var paths = new DependencyPaths(sample);
        Assert.Equal([1, 3, 2], Assert.Single(paths.Shortest(2, 10)));
        Assert.True(paths.AlwaysThrough(2, at => at == 1));
    }

    [Fact]
    public void Any_graph_answers_as_looking_at_every_path_does() =>
        Fuzz.Run(random =>
        {
            var count = random.Next(1, 8);
            var brings = Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, count).Where(_ => random.Next(3) == 0).ToArray()).ToArray();
            int[] roots = [.. Enumerable.Range(0, count).Where(_ => random.Next(3) == 0)];
            var stops = Enumerable.Range(0, count).Select(_ => random.Next(3) == 0).ToArray();
            var paths = new DependencyPaths(Made(roots, brings));
            var all = All(roots, brings).ToLookup(path => path[^1]);
            for (var at = 0; at < count; at++)
            {
                var shortest = all[at].Where(path => path.Length == all[at].Min(one => one.Length)).Select(path => string.Join(',', path)).Order().ToList();
                Assert.Equal(shortest, paths.Shortest(at, int.MaxValue).Select(path => string.Join(',', path)).Order());
                Assert.Equal(all[at].Any() && all[at].All(path => path[..^1].Any(one => stops[one])), paths.AlwaysThrough(at, one => stops[one]));
            }
        });

    [Fact]
    public void The_tree_draws_each_once()
    {
        var lines = DependencyTree.Lines(Sample).ToList();
        Assert.Equal(
            [
                "├── p0@1.0.0",
                "│   └── p2@1.0.0",
                "│       └── p3@1.0.0",
                "│           └── p1@1.0.0",
                "│               ├── p2@1.0.0 (see above)",
                "│               └── p3@1.0.0 (see above)",
                "└── p1@1.0.0 (see above)",
            ],
            lines
        );
        Assert.Equal(["├── p0@1.0.0", "… and more than 1 lines"], DependencyTree.Lines(Sample, most: 1));
    }

    [Fact]
    public void Names_cannot_steer_a_terminal()
    {
        var hostile = Sample.Components[0] with { Package = new PackageUrl(Ecosystem.Npm, "\e[2J\u202ea\nb", new string('9', 10_000)), Origin = "file:\r" };
        var label = DependencyTree.Label(hostile);
        Assert.StartsWith("\\u{1b}[2J\\u{202e}a\\u{a}b@999", label, StringComparison.Ordinal);
        Assert.InRange(label.Length, 1, 1000);
    }

    private static IEnumerable<int[]> All(int[] roots, int[][] brings)
    {
        var waiting = new Stack<int[]>(roots.Select(root => new[] { root }));
        while (waiting.TryPop(out var path))
        {
            yield return path;
            foreach (var brought in brings[path[^1]].Where(one => !path.Contains(one)))
            {
                waiting.Push([.. path, brought]);
            }
        }
    }

    private static Inventory Made(int[] roots, params int[][] brings) =>
        new(
            [
                .. brings.Select(
                    (_, at) =>
                        new Component
                        {
                            Package = new PackageUrl(Ecosystem.Npm, $"p{at}", "1.0.0"),
                            Placement = Placement.Bundled,
                            Confidence = Confidence.High,
                            Places = [$"package-lock.json#node_modules/p{at}"],
                        }
                ),
            ],
            new DependencyGraph([.. roots], [.. brings.Select(some => some.ToImmutableArray())]),
            []
        );
}
