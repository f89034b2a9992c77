using System.Diagnostics;
using System.Text;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Resolution;

public sealed class PackageManifestTests
{
    // A machine that is busy with all other tests is slow; an endless search takes for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_manifest_says_how_its_package_is_imported()
    {
        var manifest = Read(
            """{"name": "p", "version": "1.2.3", "type": "module", "main": "m.js", "module": "e.js", "browser": {"./a": false}, "types": "t.d.ts", "typings": "u.d.ts", "workspaces": {"packages": ["a/*", 1]}}"""
        );
        Assert.Equal(
            ("p", "1.2.3", true, "m.js", "e.js", null, "u.d.ts"),
            (manifest.Name, manifest.Version, manifest.IsModule, manifest.Main, manifest.Module, manifest.Browser, manifest.Types)
        );
        Assert.Equal(["a/*"], manifest.Workspaces);
        Assert.Null(manifest.Problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"main\": ")]
    [InlineData("\u0000\u0001garbage")]
    public void Garbage_is_a_manifest_that_says_nothing(string text)
    {
        var manifest = Read(text);
        Assert.StartsWith("package.json is ", manifest.Problem, StringComparison.Ordinal);
        Assert.Null(manifest.Main);
    }

    [Theory]
    [InlineData("""{"name": 1, "main": {}, "exports": 5, "imports": [], "workspaces": "x", "typesVersions": [1]}""")]
    [InlineData("""{"name": "\ud800", "main": "\ud800", "exports": {"\ud800": "./a"}, "\ud800": 1}""")]
    [InlineData("""{"\ud800": 1, "compilerOptions": {}}""")]
    public void Entries_of_another_kind_are_left_out(string text)
    {
        var manifest = Read(text);
        Assert.Null(manifest.Problem);
        Assert.Equal((null, null, null), (manifest.Name, manifest.Main, manifest.Imports));
    }

    [Fact]
    public void A_name_that_is_no_text_does_not_hide_the_others() => Assert.Equal("p", Read("""{"\ud800\ud800": 1, "name": "p", "x\ud800": 2}""").Name);

    [Theory]
    [InlineData("./a", "./a")]
    [InlineData("./lib/x/y", "./lib/*")]
    [InlineData("./lib/deep/x", "./lib/deep/*")]
    [InlineData("./lib/x.js", "./lib/*.js")]
    [InlineData("./folder/x", "./folder/")]
    [InlineData("./a*", null)]
    [InlineData("./two", null)]
    public void The_longest_pattern_matches(string subpath, string? key) =>
        Assert.Equal(
            key,
            Read("""{"exports": {"./a": "./1", "./lib/*": "./2", "./lib/deep/*": "./3", "./lib/*.js": "./4", "./folder/": "./5/", "./*wo*": "./6"}}""")
                .Exports!.For(subpath)
                ?.Key
        );

    [Fact]
    public void Ten_thousand_exports_are_searched_in_time()
    {
        var exports = string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"./{i}/*\": \"./gone/{i}/*.js\", \"./e{i}\": \"./src/e.js\""));
        var resolver = Resolver("{\"exports\": {" + exports + "}}", "src/e.js");
        var time = Stopwatch.StartNew();
        for (var i = 0; i < 500; i++)
        {
            Assert.IsType<ResolvedModule>(resolver.Resolve("main.ts", $"p/e{i}", ImportKind.Import));
            Assert.IsType<UnresolvedModule>(resolver.Resolve("main.ts", $"p/{i}/x{i}", ImportKind.Import));
        }

        Assert.True(time.Elapsed < Patience, $"took {time.Elapsed}");
    }

    [Fact]
    public void Exports_nested_a_thousand_deep_are_a_problem_and_no_overflow()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"import\": ", 1000)) + "\"./a.js\"" + new string('}', 1000);
        var resolver = Resolver("{\"exports\": " + deep + "}", "index.js");
        Assert.Equal("node_modules/p/index.js", Assert.IsType<ResolvedModule>(resolver.Resolve("main.ts", "p", ImportKind.Import)).Path);
        Assert.Contains("64 levels", resolver.Manifests.In("node_modules/p")!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_through_endless_alternatives_is_given_up()
    {
        var alternatives = string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"./gone{i}.js\""));
        var failure = Assert.IsType<UnresolvedModule>(Resolver($$"""{"exports": [{{alternatives}}]}""", "index.js").Resolve("main.ts", "p", ImportKind.Import));
        Assert.Contains("given up after 20000 names", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Stars_that_multiply_are_no_bomb()
    {
        var target = "./" + new string('*', 100_000);
        Assert.IsType<UnresolvedModule>(
            Resolver("{\"exports\": {\"./*\": \"" + target + "\"}}", "index.js").Resolve("main.ts", $"p/{new string('a', 2000)}", ImportKind.Import)
        );
    }

    [Theory]
    [InlineData("./../../secret.js")]
    [InlineData("../../secret.js")]
    [InlineData("/secret.js")]
    [InlineData("./a/../../../secret.js")]
    [InlineData("./node_modules/../../../secret.js")]
    [InlineData("./*")]
    public void No_export_leads_out_of_its_package(string target)
    {
        var resolver = Resolver("{\"exports\": {\".\": \"" + target + "\", \"./*\": \"" + target + "\"}}", "index.js", ("secret.js", ""));
        Assert.IsType<UnresolvedModule>(resolver.Resolve("main.ts", "p", ImportKind.Import));
        Assert.IsType<UnresolvedModule>(resolver.Resolve("main.ts", "p/../../secret.js", ImportKind.Import));
    }

    [Theory]
    [InlineData(">=4.2", true)]
    [InlineData("<=3.9", false)]
    [InlineData("*", true)]
    [InlineData(">=5.0 <5.9", false)]
    [InlineData(">=5.0 <6", true)]
    [InlineData("<4 || >5.8", true)]
    [InlineData("5.9", true)]
    [InlineData("5.8.x", false)]
    [InlineData("^5.1", true)]
    [InlineData("~5.8", false)]
    [InlineData("<5.9.3", false)]
    [InlineData("<=5.9", true)]
    [InlineData(">99999999999", false)]
    [InlineData("nonsense", false)]
    public void A_range_of_compiler_versions_holds_or_not(string range, bool holds) => Assert.Equal(holds, VersionedTypes.Holds(range));

    [Fact]
    public void No_manifest_breaks_the_reader_or_the_resolver()
    {
        const string Good = """
            {"\ud83d\ude00": "\ud83d\ude00", "name": "p", "type": "module", "main": "./lib/main", "types": "t.d.ts", "workspaces": ["node_modules/*", "**/x", "!y"], "typesVersions": {">=4.2": {"*": ["new/*"]}},
             "imports": {"#a": "./a.js", "#b/*": "p/*"}, "exports": {".": {"types@>=5": "./t.d.ts", "import": ["./a.js", null], "default": "./b.js"}, "./x/*": "./x/*.js", "./y/": "./y/"}}
            """;
        Fuzz.Run(random =>
        {
            var text = (ReadOnlyMemory<byte>)Fuzzing.Mutate(Encoding.UTF8.GetBytes(Good), random);
            var resolver = new ModuleResolver(
                new MemoryFiles([
                    KeyValuePair.Create("package.json", text),
                    KeyValuePair.Create("node_modules/p/package.json", text),
                    KeyValuePair.Create("a.js", text),
                ])
            );
            foreach (var specifier in new[] { "p", "p/x/a", "p/y/a", "#a", "#b/x", "./node_modules/p" })
            {
                Assert.NotNull(resolver.Resolve("main.ts", specifier, ImportKind.Import));
                Assert.NotNull(resolver.Resolve("main.ts", specifier, ImportKind.Type));
            }
        });
    }

    private static PackageManifest Read(string text) => PackageManifest.Read(new MemoryFiles([KeyValuePair.Create("package.json", text)]), "")!;

    private static ModuleResolver Resolver(string manifest, string file, params (string Name, string Text)[] more) =>
        new(
            new MemoryFiles(
                more.Append(("node_modules/p/package.json", manifest))
                    .Append(($"node_modules/p/{file}", ""))
                    .Select(entry => KeyValuePair.Create(entry.Item1, entry.Item2))
            )
        );
}
