using System.Text;
using Ecoscanner.Findings;
using Ecoscanner.Packages;
using Ecoscanner.Packages.Node;

namespace Ecoscanner.Tests.Core.Packages.Node;

public sealed class LockfileFolderTests
{
    // What the app of Lockfiles/app is, whoever installs it.
    private static readonly string[] Truth =
    [
        "> @types/unist@2.0.3",
        "> a@2.0.0",
        "> debug@4.3.4",
        "> holder@1.0.0",
        "> is-odd@3.0.1",
        "> is-windows@1.0.2",
        "> local@0.1.0",
        "> loose-envify@1.4.0",
        "> ms@2.0.0",
        "> react@18.2.0",
        "> use-sync-external-store@1.2.0",
        "a@2.0.0 > debug@2.6.9",
        "a@2.0.0 > is-number@7.0.0",
        "a@2.0.0 > is-odd@3.0.1",
        "debug@2.6.9 > ms@2.0.0",
        "debug@4.3.4 > ms@2.1.2",
        "holder@1.0.0 > is-extglob@1.0.0",
        "holder@1.0.0 > ms@2.1.1",
        "is-odd@3.0.1 > is-number@6.0.0",
        "local@0.1.0 > is-number@6.0.0",
        "loose-envify@1.4.0 > js-tokens@4.0.0",
        "react@18.2.0 > loose-envify@1.4.0",
        "use-sync-external-store@1.2.0 > react@18.2.0",
    ];

    // yarn's lockfiles have no edges for peers; pnpm's say that something is bundled, and not what, and those before 7 nothing of folders.
    [Theory]
    [InlineData("npm7.package-lock.json")]
    [InlineData("npm11.package-lock.json")]
    [InlineData("yarn1.yarn.lock", "use-sync-external-store@1.2.0 > react@18.2.0")]
    [InlineData("berry2.yarn.lock", "use-sync-external-store@1.2.0 > react@18.2.0")]
    [InlineData("berry4.yarn.lock", "use-sync-external-store@1.2.0 > react@18.2.0")]
    [InlineData("pnpm3.pnpm-lock.yaml", "holder@1.0.0 > is-extglob@1.0.0", "> local@0.1.0", "local@0.1.0 > is-number@6.0.0")]
    [InlineData("pnpm6.pnpm-lock.yaml", "holder@1.0.0 > is-extglob@1.0.0", "> local@0.1.0", "local@0.1.0 > is-number@6.0.0")]
    [InlineData("pnpm7.pnpm-lock.yaml", "holder@1.0.0 > is-extglob@1.0.0")]
    [InlineData("pnpm8.pnpm-lock.yaml", "holder@1.0.0 > is-extglob@1.0.0")]
    [InlineData("pnpm10.pnpm-lock.yaml", "holder@1.0.0 > is-extglob@1.0.0")]
    [InlineData("bun.bun.lock")]
    public void Every_package_manager_tells_the_same_graph(string lockfile, params string[] without)
    {
        var inventory = LockfileProject.Read(LockfileProject.App(lockfile));
        // bun does not say which version the archive in the folder has.
        var edges = LockfileProject.Edges(inventory).Select(edge => edge.Replace("holder@ ", "holder@1.0.0 ", StringComparison.Ordinal));
        edges = edges.Select(edge => edge == "> holder@" ? "> holder@1.0.0" : edge);
        // A folder that the lockfile says nothing of stands for itself.
        var expected = lockfile is ['p', 'n', 'p', 'm', '3' or '6', ..] ? Truth.Append("> is-number@6.0.0") : Truth;
        Assert.Equal(expected.Except(without).Order(StringComparer.Ordinal), edges.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("npm7.package-lock.json")]
    [InlineData("npm6.package-lock.json")]
    [InlineData("yarn1.yarn.lock")]
    [InlineData("berry4.yarn.lock")]
    [InlineData("pnpm7.pnpm-lock.yaml")]
    [InlineData("pnpm10.pnpm-lock.yaml")]
    [InlineData("bun.bun.lock")]
    public void What_only_development_needs_is_marked_and_what_the_app_needs_as_well_is_not(string lockfile)
    {
        var inventory = LockfileProject.Read(LockfileProject.App(lockfile));
        Assert.True(LockfileProject.One(inventory, "is-odd").IsDevelopment);
        Assert.False(LockfileProject.One(inventory, "js-tokens").IsDevelopment);
        Assert.True(LockfileProject.One(inventory, "is-windows").IsOptional);
        Assert.False(LockfileProject.One(inventory, "debug@4.3.4").IsOptional);
        // A tool of development brings it too, and that path ships nothing.
        Assert.DoesNotContain("> js-tokens@4.0.0", LockfileProject.Edges(inventory));
    }

    [Theory]
    [InlineData("npm6.package-lock.json")]
    [InlineData("npm11.package-lock.json")]
    [InlineData("yarn1.yarn.lock")]
    [InlineData("berry4.yarn.lock")]
    [InlineData("pnpm10.pnpm-lock.yaml")]
    [InlineData("bun.bun.lock")]
    public void An_alias_is_the_package_that_it_stands_for(string lockfile)
    {
        var inventory = LockfileProject.Read(LockfileProject.App(lockfile));
        var ms = LockfileProject.One(inventory, "ms@2.0.0");
        Assert.Equal((new PackageUrl(Ecosystem.Npm, "ms", "2.0.0"), null, Confidence.High), (ms.Package, ms.Origin, ms.Confidence));
        Assert.DoesNotContain(inventory.Components, one => one.Package.Name == "short");
    }

    [Theory]
    [InlineData("npm11.package-lock.json")]
    [InlineData("yarn1.yarn.lock")]
    [InlineData("berry4.yarn.lock")]
    [InlineData("pnpm10.pnpm-lock.yaml")]
    [InlineData("bun.bun.lock")]
    public void What_lies_in_the_app_only_bears_a_name(string lockfile)
    {
        var inventory = LockfileProject.Read(LockfileProject.App(lockfile));
        Assert.Equal("file:local", LockfileProject.One(inventory, "local").Origin);
        Assert.Equal("file:vendor/holder-1.0.0.tgz", LockfileProject.One(inventory, "holder").Origin);
        Assert.Equal("workspace:packages/a", LockfileProject.One(inventory, "a").Origin);
        Assert.All(inventory.Components.Where(one => one.Origin is not null), one => Assert.Equal(Confidence.Low, one.Confidence));
    }

    [Fact]
    public void Places_are_where_npm_lays_each_copy()
    {
        var inventory = LockfileProject.Read(LockfileProject.App("npm11.package-lock.json"));
        Assert.Equal(
            ["package-lock.json#node_modules/short", "package-lock.json#packages/a/node_modules/ms"],
            LockfileProject.One(inventory, "ms@2.0.0").Places
        );
        Assert.Empty(inventory.Gaps);
    }

    [Fact]
    public void Copies_that_bring_other_things_stay_apart()
    {
        var inventory = LockfileProject.Read(
            ("package.json", """{"dependencies": {"one": "1.0.0", "two": "1.0.0"}}"""),
            (
                "package-lock.json",
                """
                {"lockfileVersion": 3, "packages": {
                  "": {"dependencies": {"one": "1.0.0", "two": "1.0.0"}},
                  "node_modules/one": {"version": "1.0.0", "dependencies": {"both": "1"}},
                  "node_modules/one/node_modules/both": {"version": "1.0.0", "dependencies": {"leaf": "*"}},
                  "node_modules/one/node_modules/leaf": {"version": "1.0.0"},
                  "node_modules/two": {"version": "1.0.0", "dependencies": {"both": "1"}},
                  "node_modules/two/node_modules/both": {"version": "1.0.0", "dependencies": {"leaf": "*"}},
                  "node_modules/leaf": {"version": "2.0.0"}
                }}
                """
            )
        );
        Assert.Equal(2, inventory.Components.Count(one => one.Package.Name == "both"));
        Assert.Equal(
            ["both@1.0.0 > leaf@1.0.0", "both@1.0.0 > leaf@2.0.0"],
            LockfileProject.Edges(inventory).Where(edge => edge.StartsWith("both", StringComparison.Ordinal))
        );
        var paths = new DependencyPaths(inventory);
        var leaf = inventory.Components.ToList().FindIndex(one => LockfileProject.Name(one) == "leaf@2.0.0");
        var path = Assert.Single(paths.Shortest(leaf, 10));
        Assert.Equal(["two@1.0.0", "both@1.0.0", "leaf@2.0.0"], path.Select(at => LockfileProject.Name(inventory, at)));
    }

    [Theory]
    [InlineData("https://registry.example/other/-/other-1.0.0.tgz", "other", null)]
    [InlineData("https://mirror.example/api/npm/all/@scope/real/-/real-1.0.0.tgz", "@scope/real", null)]
    [InlineData("https://mirror.example/@scope%2freal/-/real-1.0.0.tgz#abc", "@scope/real", null)]
    [InlineData("https://npm.pkg.github.com/download/@scope/real/1.0.0/abc", "x", null)]
    [InlineData("git+ssh://git@github.com/owner/x.git#abc", "x", "git+ssh://git@github.com/owner/x.git#abc")]
    [InlineData("https://codeload.github.com/owner/x/tar.gz/abc", "x", "https://codeload.github.com/owner/x/tar.gz/abc")]
    [InlineData("https://example.org/x.tgz", "x", "https://example.org/x.tgz")]
    public void The_address_that_a_package_came_from_says_what_it_is(string resolved, string name, string? origin)
    {
        var inventory = LockfileProject.Read(
            (
                "package-lock.json",
                $$$"""{"lockfileVersion": 3, "packages": {"": {"dependencies": {"x": "*"}}, "node_modules/x": {"version": "1.0.0", "resolved": "{{{resolved}}}"} } }"""
            )
        );
        var only = Assert.Single(inventory.Components);
        Assert.Equal((name, origin), (only.Package.Name, only.Origin));
    }

    [Theory]
    [InlineData("npm6.package-lock.json", "is-odd")]
    [InlineData("npm11.package-lock.json", "debug")]
    [InlineData("yarn1.yarn.lock", "debug")]
    [InlineData("berry4.yarn.lock", "debug")]
    [InlineData("pnpm7.pnpm-lock.yaml", "debug")]
    [InlineData("pnpm10.pnpm-lock.yaml", "debug")]
    [InlineData("bun.bun.lock", "debug")]
    public void A_package_json_that_asks_for_something_else_is_a_gap(string lockfile, string name)
    {
        var files = LockfileProject.App(lockfile);
        var text = Encoding.UTF8.GetString(files["package.json"].Span);
        files["package.json"] = Encoding.UTF8.GetBytes(
            name == "debug" ? text.Replace("\"4.3.4\"", "\"^4.4.0\"", StringComparison.Ordinal) : text.Replace("is-odd", "is-odder", StringComparison.Ordinal)
        );
        Assert.Contains(LockfileProject.Read(files).Gaps, gap => (gap.Reason + gap.Place).Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_lockfile_only_what_leaves_no_choice_has_a_version()
    {
        var inventory = LockfileProject.Read(
            ("package.json", """{"dependencies": {"exact": "1.2.3", "range": "^1.0.0", "alias": "npm:real@2.0.0"}, "devDependencies": {"tool": "1.0.0"}}""")
        );
        Assert.Equal(["real@2.0.0", "exact@1.2.3", "range@", "tool@1.0.0"], inventory.Components.Select(LockfileProject.Name));
        Assert.True(LockfileProject.One(inventory, "tool").IsDevelopment);
        Assert.Contains("npm install --package-lock-only", Assert.Single(inventory.Gaps).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_json_without_dependencies_needs_no_lockfile() => Assert.Empty(LockfileProject.Read(("package.json", """{"name": "x"}""")).Gaps);

    [Theory]
    [InlineData("{}", "package-lock.json")]
    [InlineData("""{"packageManager": "pnpm@9.1.0"}""", "pnpm-lock.yaml")]
    [InlineData("""{"packageManager": "yarn@4.0.0+sha512.abc"}""", "yarn.lock")]
    public void Of_several_lockfiles_the_one_that_counts_is_read_and_the_others_are_told(string manifest, string read)
    {
        var inventory = LockfileProject.Read(
            ("package.json", manifest),
            ("package-lock.json", """{"lockfileVersion": 3, "packages": {"": {}, "node_modules/a": {"version": "1.0.0"}}}"""),
            ("yarn.lock", "__metadata:\n  version: 8\n\n\"a@npm:^1.0.0\":\n  version: 1.0.0\n  resolution: \"a@npm:1.0.0\"\n"),
            ("pnpm-lock.yaml", "lockfileVersion: '9.0'\nimporters:\n  .: {}\nsnapshots:\n  a@1.0.0: {}\n")
        );
        Assert.StartsWith(read, Assert.Single(inventory.Components).Places[0], StringComparison.Ordinal);
        Assert.Equal(2, inventory.Gaps.Count(gap => gap.Reason.Contains("lies beside it and counts", StringComparison.Ordinal)));
    }

    [Fact]
    public void Static_resources_with_lockfiles_of_their_own_are_read_and_packages_are_not_searched()
    {
        const string Lock = """{"lockfileVersion": 3, "packages": {"": {}, "node_modules/a": {"version": "1.0.0"}}}""";
        var inventory = LockfileProject.Read(
            ("package.json", "{}"),
            ("package-lock.json", Lock),
            ("static/hello/package.json", "{}"),
            ("static/hello/package-lock.json", Lock),
            ("node_modules/b/package-lock.json", Lock),
            ("static/hello/node_modules/c/yarn.lock", "")
        );
        Assert.Equal(["package-lock.json#node_modules/a", "static/hello/package-lock.json#node_modules/a"], inventory.Components.Select(one => one.Places[0]));
        Assert.Equal(2, inventory.Graph.Roots.Length);
        Assert.Empty(inventory.Gaps);
    }

    [Fact]
    public void A_lockfile_in_a_workspace_does_not_count()
    {
        var inventory = LockfileProject.Read(
            ("package.json", """{"workspaces": ["packages/*"]}"""),
            ("package-lock.json", """{"lockfileVersion": 3, "packages": {"": {"workspaces": ["packages/*"]}, "packages/a": {"version": "1.0.0"}}}"""),
            ("packages/a/package.json", """{"name": "a"}"""),
            ("packages/a/package-lock.json", """{"lockfileVersion": 3, "packages": {"": {}, "node_modules/old": {"version": "1.0.0"}}}""")
        );
        Assert.DoesNotContain(inventory.Components, one => one.Package.Name == "old");
        Assert.Equal("packages/a/package-lock.json", Assert.Single(inventory.Gaps).Place);
    }

    [Fact]
    public void The_binary_lockfile_of_bun_is_a_gap_with_the_way_out() =>
        Assert.Contains(
            "--save-text-lockfile",
            Assert.Single(LockfileProject.Read(("package.json", "{}"), ("bun.lockb", "\0")).Gaps).Reason,
            StringComparison.Ordinal
        );

    [Fact]
    public void What_replaces_a_version_everywhere_is_followed()
    {
        var inventory = LockfileProject.Read(
            ("package.json", """{"dependencies": {"a": "^1.0.0"}, "resolutions": {"b": "2.0.0"}}"""),
            (
                "yarn.lock",
                """
                __metadata:
                  version: 8

                "a@npm:^1.0.0":
                  version: 1.0.0
                  resolution: "a@npm:1.0.0"
                  dependencies:
                    b: "npm:^1.0.0"

                "b@npm:2.0.0":
                  version: 2.0.0
                  resolution: "b@npm:2.0.0"

                "app@workspace:.":
                  version: 0.0.0-use.local
                  resolution: "app@workspace:."
                  dependencies:
                    a: "npm:^1.0.0"
                """
            )
        );
        Assert.Equal(["> a@1.0.0", "a@1.0.0 > b@2.0.0"], LockfileProject.Edges(inventory));
        Assert.Empty(inventory.Gaps);
    }

    [Fact]
    public void A_circle_is_read_and_nothing_is_lost_that_nothing_leads_to()
    {
        var inventory = LockfileProject.Read(
            (
                "package-lock.json",
                """
                {"lockfileVersion": 3, "packages": {
                  "": {"dependencies": {"a": "1"}},
                  "node_modules/a": {"version": "1.0.0", "dependencies": {"b": "1"}},
                  "node_modules/b": {"version": "1.0.0", "dependencies": {"a": "1"}},
                  "node_modules/c": {"version": "1.0.0", "dependencies": {"d": "1"}},
                  "node_modules/d": {"version": "1.0.0", "dependencies": {"c": "1"}},
                  "node_modules/e": {"version": "1.0.0", "peerDependencies": {"f": "1"}, "peerDependenciesMeta": {"f": {"optional": true}}},
                  "node_modules/f": {"version": "1.0.0"}
                }}
                """
            )
        );
        Assert.Equal(
            ["> a@1.0.0", "> c@1.0.0", "> e@1.0.0", "> f@1.0.0", "a@1.0.0 > b@1.0.0", "b@1.0.0 > a@1.0.0", "c@1.0.0 > d@1.0.0", "d@1.0.0 > c@1.0.0"],
            LockfileProject.Edges(inventory)
        );
        Assert.All(inventory.Components, one => Assert.False(one.IsDevelopment));
    }

    [Fact]
    public void An_optional_peer_does_not_ship_what_development_brings()
    {
        var inventory = LockfileProject.Read(
            (
                "package-lock.json",
                """
                {"lockfileVersion": 3, "packages": {
                  "": {"dependencies": {"a": "1"}, "devDependencies": {"webpack": "5"}},
                  "node_modules/a": {"version": "1.0.0", "peerDependencies": {"webpack": "5"}, "peerDependenciesMeta": {"webpack": {"optional": true}}},
                  "node_modules/webpack": {"version": "5.0.0", "devOptional": true}
                }}
                """
            )
        );
        Assert.True(LockfileProject.One(inventory, "webpack").IsDevelopment);
    }

    [Theory]
    [InlineData("yarn.lock", "app-bundle@^1.0.0:\n  version \"1.0.0\"\n<<<<<<< HEAD\nb@^1.0.0:\n  version \"1.0.0\"\n")]
    [InlineData("package-lock.json", """{"lockfileVersion": 3, "packages": {"node_modules/app-bundle": {"version": "1.0.0"}, "node_modules/x": """)]
    [InlineData("package-lock.json", """{"lockfileVersion": 3, "packages": {"node_modules/app-bundle": {"version": "1.0.0"}, "node_modules/\ud800": {}}}""")]
    [InlineData("pnpm-lock.yaml", "lockfileVersion: '9.0'\nsnapshots:\n  app-bundle@1.0.0: {}\n  b@1.0.0: [\n")]
    [InlineData("bun.lock", """{"lockfileVersion": 1, "packages": {"app-bundle": ["app-bundle@1.0.0", "", {}, ""], "x": [}""")]
    public void A_broken_lockfile_is_read_as_far_as_it_goes_and_is_a_gap(string name, string text)
    {
        var inventory = LockfileProject.Read((name, text));
        Assert.Contains(inventory.Components, one => one.Package.Name == "app-bundle");
        Assert.Contains(inventory.Gaps, gap => gap.Place.StartsWith(name, StringComparison.Ordinal));
    }

    [Fact]
    public void Aliases_of_YAML_are_refused()
    {
        var bomb = new StringBuilder("lockfileVersion: '9.0'\na0: &a0 [x]\n");
        for (var at = 1; at < 30; at++)
        {
            bomb.AppendLine(null, $"a{at}: &a{at} [*a{at - 1}, *a{at - 1}]");
        }

        Assert.Contains(
            "no YAML that pnpm writes",
            Assert.Single(LockfileProject.Read(("pnpm-lock.yaml", bomb.ToString())).Gaps).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Bombs_of_depth_end_as_gaps()
    {
        var deep = "node_modules/" + string.Join("/node_modules/", Enumerable.Repeat("a", 100_000));
        var nested = string.Concat(Enumerable.Repeat("""{"dependencies":{"a":""", 50_000));
        var yaml = "lockfileVersion: '9.0'\npackages: " + new string('{', 50_000).Replace("{", "{a: ", StringComparison.Ordinal);
        Assert.NotEmpty(LockfileProject.Read(("package-lock.json", $$$"""{"lockfileVersion": 3, "packages": {"{{{deep}}}": {"version": "1.0.0"} } }""")).Gaps);
        Assert.NotEmpty(LockfileProject.Read(("package-lock.json", """{"lockfileVersion": 1, "dependencies": {"a": """ + nested)).Gaps);
        Assert.NotEmpty(LockfileProject.Read(("pnpm-lock.yaml", yaml)).Gaps);
        Assert.NotEmpty(
            LockfileProject
                .Read(("bun.lock", $$$"""{"lockfileVersion": 1, "packages": {"{{{string.Join('/', Enumerable.Repeat("a", 100_000))}}}": ["a@1.0.0"]} }"""))
                .Gaps
        );
        Assert.NotEmpty(LockfileProject.Read(("yarn.lock", new string(' ', 1_000_000) + "a\n")).Gaps);
    }

    [Fact]
    public void Symbolic_links_and_what_lies_outside_are_not_read()
    {
        var folder = Directory.CreateTempSubdirectory("ecoscanner-lockfiles-");
        try
        {
            var secret = Path.Combine(folder.FullName, "secret");
            File.WriteAllText(secret, "{}");
            var app = folder.CreateSubdirectory("app").FullName;
            File.CreateSymbolicLink(Path.Combine(app, "package-lock.json"), secret);
            Directory.CreateSymbolicLink(Path.Combine(app, "loop"), app);
            var files = AppFiles.OfFolder(app, LockfileFolder.Reads, TestContext.Current.CancellationToken);
            Assert.Empty(files.Paths);
            Assert.Equal("package-lock.json", Assert.Single(files.Gaps).Place);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
