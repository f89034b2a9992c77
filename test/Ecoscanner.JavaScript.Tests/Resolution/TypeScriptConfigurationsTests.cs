using System.Text;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Resolution;

public sealed class TypeScriptConfigurationsTests
{
    [Fact]
    public void What_is_extended_holds_below_what_extends_it()
    {
        var configuration = Read(
            ("tsconfig.json", """{"extends": ["./a", "./b.json"], "compilerOptions": {"jsx": "preserve"} /* own */}"""),
            ("a.json", """{"compilerOptions": {"jsx": "react", "allowJs": false, "baseUrl": "x", "rootDirs": ["one"]}}"""),
            ("b.json", """{"compilerOptions": {"allowJs": true, "baseUrl": "y",}}""")
        );
        Assert.Equal(("preserve", true, "y", "one"), (configuration.Jsx, configuration.AllowJs, configuration.BaseUrl, configuration.RootDirs.Single()));
        Assert.Empty(configuration.Problems);
    }

    [Theory]
    [InlineData("@tsconfig/node20/tsconfig.json", "node_modules/@tsconfig/node20/tsconfig.json", null)]
    [InlineData("@tsconfig/node20/tsconfig", "node_modules/@tsconfig/node20/tsconfig.json", null)]
    [InlineData("@tsconfig/node20", "node_modules/@tsconfig/node20/tsconfig.json", null)]
    [InlineData("base", "node_modules/base/lib/base.json", """{"tsconfig": "lib/base.json"}""")]
    [InlineData("base/strict", "node_modules/base/s.json", """{"exports": {"./strict": {"require": "./s.json"}}}""")]
    [InlineData("base/p/s", "node_modules/base/s.json", """{"exports": {"./p/*": "./*.json"}}""")]
    public void A_package_can_be_extended(string name, string file, string? manifest)
    {
        var files = new Dictionary<string, string>
        {
            ["app/tsconfig.json"] = $$"""{"extends": "{{name}}"}""",
            [file] = """{"compilerOptions": {"jsx": "react"}}""",
        };
        if (manifest is not null)
        {
            files["node_modules/base/package.json"] = manifest;
        }

        Assert.Equal("react", new TypeScriptConfigurations(new MemoryFiles(files)).Read("app/tsconfig.json").Jsx);
    }

    [Theory]
    [InlineData("./tsconfig.json", "tsconfig.json extends tsconfig.json, which extends it in turn; remove one of the two.")]
    [InlineData("./other", "other.json extends tsconfig.json, which extends it in turn; remove one of the two.")]
    [InlineData("./missing", "tsconfig.json extends \"./missing\", which is not in the tree; what it says about modules is not known.")]
    [InlineData("../../etc/passwd", "tsconfig.json extends \"../../etc/passwd\", which is not in the tree; what it says about modules is not known.")]
    [InlineData("/etc/passwd", "tsconfig.json extends \"/etc/passwd\", which is not in the tree; what it says about modules is not known.")]
    [InlineData("./broken", "broken.json is not valid JSON at line 1, or nests deeper than 64 levels; correct it there.")]
    [InlineData("./list", "list.json is JSON but no object; it must start with {.")]
    public void What_cannot_be_extended_is_a_problem_and_no_hang(string name, string problem) =>
        Assert.Equal(
            [problem],
            Read(
                ("tsconfig.json", $$"""{"extends": "{{name}}"}"""),
                ("other.json", """{"extends": "./tsconfig.json"}"""),
                ("broken.json", "{"),
                ("list.json", "[]")
            ).Problems
        );

    [Fact]
    public void Extending_without_end_ends()
    {
        var chain = Enumerable
            .Range(0, 200)
            .Select(i => ($"c{i}.json", $$"""{"extends": ["./c{{i + 1}}", "./c{{i + 2}}"]}"""))
            .Prepend(("tsconfig.json", """{"extends": "./c0"}"""));
        Assert.Contains(Read([.. chain]).Problems, problem => problem.Contains("more than 64 configurations", StringComparison.Ordinal));
    }

    [Fact]
    public void Paths_are_seen_from_the_file_that_has_them_unless_any_has_a_base()
    {
        (string, string) below = ("config/base.json", """{"compilerOptions": {"paths": {"a": ["./x"], "b": ["${configDir}/y"]}}}""");
        var plain = Read(("tsconfig.json", """{"extends": "./config/base"}"""), below);
        Assert.Equal("config", plain.Paths[0].BaseDirectory);
        Assert.Equal("../y", plain.Paths[1].Places.Single());
        Assert.Equal("src", Read(("tsconfig.json", """{"extends": "./config/base", "compilerOptions": {"baseUrl": "src"}}"""), below).Paths[0].BaseDirectory);
    }

    [Theory]
    [InlineData("app/src/main.ts", "app/tsconfig.app.json")]
    [InlineData("app/vite.config.ts", "app/tsconfig.node.json")]
    [InlineData("script.js", "jsconfig.json")]
    [InlineData("other/main.ts", "jsconfig.json")]
    [InlineData("app/node_modules/p/src/a.ts", "app/tsconfig.json")]
    public void A_file_belongs_to_the_nearest_configuration_that_covers_it(string file, string expected) => Assert.Equal(expected, new TypeScriptConfigurations(
                new MemoryFiles(
                    new Dictionary<string, string>
                    {
                        ["jsconfig.json"] = "{}",
                        ["app/tsconfig.json"] =
                            """{"files": [], "references": [{"path": "./tsconfig.app.json"}, {"path": "tsconfig.node.json"}, {"path": "lib"}]}""",
                        ["app/tsconfig.app.json"] = """{"include": ["src/**/*.ts"]}""",
                        ["app/tsconfig.node.json"] = """{"include": ["vite.config.ts"]}""",
                        ["app/node_modules/p/tsconfig.json"] = "{}",
                    }
                )
            ).For(file)?.Path);

    [Fact]
    public void A_huge_configuration_is_refused() =>
        Assert.Equal(["tsconfig.json has 5.0 MB, and at most 1.0 MB are read."], Read(("tsconfig.json", new string(' ', 5 * 1024 * 1024))).Problems);

    [Fact]
    public void A_configuration_in_UTF_16_is_read()
    {
        byte[] bytes = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("""{"compilerOptions": {"jsx": "react"}}""")];
        var files = new MemoryFiles([KeyValuePair.Create("tsconfig.json", (ReadOnlyMemory<byte>)bytes)]);
        Assert.Equal("react", new TypeScriptConfigurations(files).Read("tsconfig.json").Jsx);
    }

    [Fact]
    public void No_configuration_breaks_the_reader_or_the_resolver()
    {
        const string Good = """
            {"\ud83d\ude00": "\ud83d\ude00", "extends": ["./tsconfig.json", "p/base"], "files": [], "include": ["${configDir}/src/**/*"], "references": [{"path": "./lib"}],
             "compilerOptions": {"baseUrl": "./src", "paths": {"@/*": ["*", "${configDir}/x/*"], "a*b": ["c"]}, "rootDirs": ["src", "../up"], "moduleSuffixes": [".ios", ""], "outDir": "dist", "module": "node16"}}
            """;
        Fuzz.Run(random =>
        {
            var files = new MemoryFiles([
                KeyValuePair.Create("tsconfig.json", (ReadOnlyMemory<byte>)Fuzzing.Mutate(Encoding.UTF8.GetBytes(Good), random)),
                KeyValuePair.Create("src/a.ts", ReadOnlyMemory<byte>.Empty),
            ]);
            var resolver = new ModuleResolver(files);
            foreach (var specifier in new[] { "@/a", "./a", "a", "axb" })
            {
                Assert.NotNull(resolver.Resolve("src/main.ts", specifier, ImportKind.Import));
            }
        });
    }

    private static TypeScriptConfiguration Read(params (string Name, string Text)[] files) =>
        new TypeScriptConfigurations(new MemoryFiles(files.Select(file => KeyValuePair.Create(file.Name, file.Text)))).Read("tsconfig.json");
}
