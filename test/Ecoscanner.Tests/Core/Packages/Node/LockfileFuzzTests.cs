using Ecoscanner.Packages;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Packages.Node;

public sealed class LockfileFuzzTests
{
    [Fact]
    public void Any_damage_to_a_lockfile_ends_in_an_inventory()
    {
        var apps = Directory.GetFiles(LockfileProject.Folder).Select(Path.GetFileName).Select(name => LockfileProject.App(name!)).ToList();
        Fuzz.Run(random =>
        {
            var files = new Dictionary<string, ReadOnlyMemory<byte>>(apps[random.Next(apps.Count)]);
            foreach (var name in files.Keys.ToList())
            {
                if (random.Next(3) > 0)
                {
                    files[name] = Damaged(files[name].ToArray(), random);
                }
            }

            Check(LockfileProject.Read(files));
        });
    }

    /// <summary>The same made graph in the words of every package manager.</summary>
    [Fact]
    public void Any_graph_is_read_the_same_from_every_form() =>
        Fuzz.Run(random =>
        {
            var graph = MadeGraph.Random(random);
            var expected = graph.Edges();
            foreach (var (name, text) in graph.Lockfiles())
            {
                var inventory = LockfileProject.Read(("package.json", graph.Manifest()), (name, text));
                Check(inventory);
                Assert.Empty(inventory.Gaps);
                var edges = LockfileProject.Edges(inventory);
                Assert.True(
                    expected.SequenceEqual(edges),
                    $"{name}: {string.Join(", ", expected.Except(edges))} missing; {string.Join(", ", edges.Except(expected))} too much\n{text}"
                );
                Assert.Equal(
                    graph.Shipped(),
                    inventory.Components.Where(one => !one.IsDevelopment).Select(LockfileProject.Name).Distinct().Order(StringComparer.Ordinal)
                );
            }
        });

    private static void Check(Inventory inventory)
    {
        Assert.Equal(inventory.Components.Count, inventory.Graph.Brings.Length);
        Assert.All(inventory.Graph.Roots.Concat(inventory.Graph.Brings.SelectMany(one => one)), at => Assert.InRange(at, 0, inventory.Components.Count - 1));
        Assert.All(inventory.Components, one => Assert.NotEmpty(one.Places));
        Assert.Equal(inventory.Components.Select(one => one.Places[0]).Order(StringComparer.Ordinal), inventory.Components.Select(one => one.Places[0]));
        Assert.All(DependencyTree.Lines(inventory, withDevelopment: true, most: 500), line => Assert.DoesNotContain(line, char.IsControl));
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        var text = new List<byte>(bytes);
        for (var count = random.Next(1, 8); count > 0 && text.Count > 1; count--)
        {
            var at = random.Next(text.Count);
            switch (random.Next(4))
            {
                case 0:
                    text[at] = (byte)random.Next(256);
                    break;
                case 1:
                    text.RemoveRange(at, Math.Min(random.Next(40), text.Count - at));
                    break;
                case 2:
                    text.InsertRange(at, random.GetItems("{}[]\":,\n  @/&*!|>?-\\"u8.ToArray(), random.Next(6)));
                    break;
                default:
                    var length = Math.Min(random.Next(200), text.Count - at);
                    text.InsertRange(random.Next(text.Count), text.GetRange(at, length));
                    break;
            }
        }

        return [.. text];
    }

    /// <summary>Packages with one version each, so that all forms can hold them without nesting, and a second version of some names by aliases.</summary>
    private sealed class MadeGraph
    {
        private readonly List<(string Name, string Version, List<int> Needs, List<int> Optional)> packages = [];
        private readonly List<int> roots = [];
        private readonly List<int> tools = [];

        public static MadeGraph Random(Random random)
        {
            var graph = new MadeGraph();
            var count = random.Next(1, 12);
            for (var at = 0; at < count; at++)
            {
                var name = random.Next(4) == 0 ? $"@scope/p{at}" : $"p{at}";
                graph.packages.Add((name, $"{random.Next(3)}.{random.Next(3)}.{at}", Some(random, count, 3), Some(random, count, 1)));
            }

            graph.roots.AddRange(Some(random, count, 3));
            graph.tools.AddRange(Some(random, count, 2).Except(graph.roots));
            graph.Trim();
            return graph;
        }

        public string Manifest() => $$"""{"name": "app", "dependencies": {{Pairs(roots)}}, "devDependencies": {{Pairs(tools)}} }""";

        public IEnumerable<(string Name, string Text)> Lockfiles()
        {
            var entries = packages.Select(one =>
                $$"""
                    "node_modules/{{one.Name}}": {"version": "{{one.Version}}", "dependencies": {{Pairs(one.Needs)}}, "optionalDependencies": {{Pairs(
                        one.Optional
                    )}} }
                    """
            );
            var packagesText = $$"""{"": {"dependencies": {{Pairs(roots)}}, "devDependencies": {{Pairs(tools)}} }, {{string.Join(", ", entries)}} }""";
            yield return ("package-lock.json", $$"""{"lockfileVersion": 3, "packages": {{packagesText}} }""");
            yield return ("npm-shrinkwrap.json", $$"""{"lockfileVersion": 2, "dependencies": {"no": {"version": "1.0.0"} }, "packages": {{packagesText}} }""");
            var first = packages.Select(one =>
                $$"""
                    "{{one.Name}}": {"version": "{{one.Version}}", "requires": {{Pairs(one.Needs.Concat(one.Optional))}} }
                    """
            );
            yield return ("package-lock.json", $$"""{"lockfileVersion": 1, "requires": true, "dependencies": { {{string.Join(", ", first)}} } }""");
            var bun = packages.Select(one =>
                $$"""
                    "{{one.Name}}": ["{{one.Name}}@{{one.Version}}", "", {"dependencies": {{Pairs(one.Needs)}}, "optionalDependencies": {{Pairs(
                        one.Optional
                    )}} }, "sha512-"],
                    """
            );
            yield return (
                "bun.lock",
                $$"""{"lockfileVersion": 1, "workspaces": {"": {"dependencies": {{Pairs(roots)}}, "devDependencies": {{Pairs(tools)}},},}, "packages": { {{string.Concat(bun)}} },}"""
            );
            yield return (
                "yarn.lock",
                "# yarn lockfile v1\n\n"
                    + string.Join(
                        '\n',
                        packages.Select(one =>
                            $"\"{one.Name}@^{one.Version}\":\n  version \"{one.Version}\"\n{Section("dependencies", one.Needs, "  ", "\" \"^")}{Section("optionalDependencies", one.Optional, "  ", "\" \"^")}"
                        )
                    )
            );
            yield return (
                "yarn.lock",
                "__metadata:\n  version: 8\n\n"
                    + string.Join(
                        '\n',
                        packages.Select(one =>
                            $"\"{one.Name}@npm:^{one.Version}\":\n  version: {one.Version}\n  resolution: \"{one.Name}@npm:{one.Version}\"\n{Section("dependencies", one.Needs.Concat(one.Optional), "  ", "\": \"npm:^")}"
                        )
                    )
                    + $"\n\"app@workspace:.\":\n  version: 0.0.0-use.local\n  resolution: \"app@workspace:.\"\n{Section("dependencies", roots.Concat(tools), "  ", "\": \"npm:^")}"
            );
            yield return (
                "pnpm-lock.yaml",
                $"lockfileVersion: 5.4\nspecifiers:\n{Lines(roots.Concat(tools), "  ", "\": \"^")}dependencies:\n{Lines(roots, "  ", "\": \"")}devDependencies:\n{Lines(tools, "  ", "\": \"")}packages:\n"
                    + string.Concat(
                        packages.Select(one =>
                            $"  \"/{one.Name}/{one.Version}\":\n    resolution: {{integrity: sha512-}}\n{Section("dependencies", one.Needs, "    ", "\": \"")}{Section("optionalDependencies", one.Optional, "    ", "\": \"")}"
                        )
                    )
            );
            yield return (
                "pnpm-lock.yaml",
                $"lockfileVersion: '6.0'\ndependencies:\n{Locked(roots)}devDependencies:\n{Locked(tools)}packages:\n"
                    + string.Concat(
                        packages.Select(one =>
                            $"  \"/{one.Name}@{one.Version}\":\n    resolution: {{integrity: sha512-}}\n{Section("dependencies", one.Needs, "    ", "\": \"")}{Section("optionalDependencies", one.Optional, "    ", "\": \"")}"
                        )
                    )
            );
            yield return (
                "pnpm-lock.yaml",
                $"lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n{Locked(roots, "    ")}    devDependencies:\n{Locked(tools, "    ")}packages:\n"
                    + string.Concat(packages.Select(one => $"  \"{one.Name}@{one.Version}\": {{resolution: {{integrity: sha512-}}}}\n"))
                    + "snapshots:\n"
                    + string.Concat(
                        packages.Select(one =>
                            $"  \"{one.Name}@{one.Version}\":\n    x: 1\n{Section("dependencies", one.Needs, "    ", "\": \"")}{Section("optionalDependencies", one.Optional, "    ", "\": \"")}"
                        )
                    )
            );
        }

        public List<string> Shipped() => [.. Reached(roots).Select(Name).Order(StringComparer.Ordinal)];

        public List<string> Edges()
        {
            var shipped = Reached(roots);
            var top = roots.Concat(tools.Where(tool => !shipped.Contains(tool))).Select(root => $"> {Name(root)}");
            var others = packages.SelectMany((one, from) => one.Needs.Concat(one.Optional).Select(to => $"{Name(from)} > {Name(to)}"));
            return [.. top.Concat(others).Distinct().Order(StringComparer.Ordinal)];
        }

        // What nothing leads to no package manager writes down.
        private void Trim()
        {
            var kept = Reached(roots.Concat(tools)).Order().ToList();
            var old = packages.ToList();
            packages.Clear();
            packages.AddRange(kept.Select(at => old[at] with { Needs = Moved(old[at].Needs), Optional = Moved(old[at].Optional.Except(old[at].Needs)) }));
            var (rootsNow, toolsNow) = (Moved(roots), Moved(tools));
            roots.Clear();
            roots.AddRange(rootsNow);
            tools.Clear();
            tools.AddRange(toolsNow);

            List<int> Moved(IEnumerable<int> some) => [.. some.Select(at => kept.IndexOf(at)).Where(at => at >= 0)];
        }

        private HashSet<int> Reached(IEnumerable<int> from)
        {
            var reached = new HashSet<int>();
            var waiting = new Stack<int>(from);
            while (waiting.TryPop(out var at))
            {
                if (reached.Add(at))
                {
                    packages[at].Needs.Concat(packages[at].Optional).ToList().ForEach(waiting.Push);
                }
            }

            return reached;
        }

        private string Name(int at) => $"{packages[at].Name}@{packages[at].Version}";

        private string Pairs(IEnumerable<int> some) =>
            "{" + string.Join(", ", some.Select(at => $"\"{packages[at].Name}\": \"^{packages[at].Version}\"")) + "}";

        private string Section(string name, IEnumerable<int> some, string indent, string between)
        {
            var lines = Lines(some, indent + "  ", between);
            return lines.Length == 0 ? "" : $"{indent}{name}:\n{lines}";
        }

        private string Lines(IEnumerable<int> some, string indent, string between) =>
            string.Concat(some.Select(at => $"{indent}\"{packages[at].Name}{between}{packages[at].Version}\"\n"));

        private string Locked(IEnumerable<int> some, string indent = "") =>
            string.Concat(
                some.Select(at =>
                    $"{indent}  \"{packages[at].Name}\":\n{indent}    specifier: ^{packages[at].Version}\n{indent}    version: {packages[at].Version}\n"
                )
            );

        private static List<int> Some(Random random, int count, int most) =>
            [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => random.Next(count)).Distinct()];
    }
}
