using Ecoscanner.JavaScript.Resolution;

namespace Ecoscanner.JavaScript.Tests.Resolution;

public sealed class ModuleResolverTests
{
    [Theory]
    [InlineData("./a", "src/a.ts")]
    [InlineData("./a.js", "src/a.ts")]
    [InlineData("./view", "src/view.tsx")]
    [InlineData("./view.jsx", "src/view.tsx")]
    [InlineData("./esm.mjs", "src/esm.mts")]
    [InlineData("./common.cjs", "src/common.cts")]
    [InlineData("./folder", "src/folder/index.ts")]
    [InlineData("./folder/", "src/folder/index.ts")]
    [InlineData("./package", "src/package/lib/entry.js")]
    [InlineData("./both", "src/both.js")]
    [InlineData("./data.json", "src/data.json")]
    [InlineData("..", "index.js")]
    [InlineData(".//a", "src/a.ts")]
    // What Node and bundlers accept and TypeScript does not.
    [InlineData("./data", "src/data.json")]
    [InlineData("./esm", "src/esm.mts")]
    [InlineData("./a?raw", "src/a.ts")]
    [InlineData("raw-loader!./a", "src/a.ts")]
    public void A_relative_path_names_the_file_that_runs(string specifier, string path) => Assert.Equal(path, Resolved(Tree(), "src/main.ts", specifier).Path);

    [Theory]
    [InlineData(ImportKind.Import, "src/both.js", ModuleContents.Source)]
    [InlineData(ImportKind.Require, "src/both.js", ModuleContents.Source)]
    [InlineData(ImportKind.DynamicImport, "src/both.js", ModuleContents.Source)]
    [InlineData(ImportKind.Type, "src/both.d.ts", ModuleContents.Declaration)]
    public void A_script_is_preferred_to_its_declaration_unless_types_are_asked_for(ImportKind kind, string path, ModuleContents contents)
    {
        var resolved = Assert.IsType<ResolvedModule>(new ModuleResolver(Tree()).Resolve("src/main.ts", "./both", kind));
        Assert.Equal((path, contents), (resolved.Path, resolved.Contents));
    }

    [Fact]
    public void A_declaration_is_taken_where_there_is_no_script() =>
        Assert.Equal(new ResolvedModule("src/only.d.ts", ModuleContents.Declaration, ResolvedBy.RelativePath), Resolve(Tree(), "src/main.ts", "./only.js"));

    [Theory]
    [InlineData("./style.css", "src/style.css")]
    [InlineData("./icon.svg?url", "src/icon.svg")]
    [InlineData("style-loader!css-loader!./style.css", "src/style.css")]
    [InlineData("./LICENSE", null)]
    public void A_file_that_is_no_source_is_an_asset(string specifier, string? path) =>
        Assert.Equal(path, (Resolve(Tree(), "src/main.ts", specifier) as AssetModule)?.Path);

    [Theory]
    [InlineData("fs", "fs")]
    [InlineData("node:fs", "fs")]
    [InlineData("fs/promises", "fs/promises")]
    [InlineData("node:sqlite", "sqlite")]
    [InlineData("node:test/reporters", "test/reporters")]
    [InlineData("sqlite", null)]
    [InlineData("test", null)]
    [InlineData("fs/", null)]
    [InlineData("node:missing", null)]
    public void Modules_of_Node_are_told_from_packages(string specifier, string? name) =>
        Assert.Equal(name, (Resolve(new MemoryFiles([Text("main.ts", "")]), "main.ts", specifier) as BuiltInModule)?.Name);

    [Fact]
    public void A_module_of_Node_holds_before_a_package_of_its_name_but_not_before_paths()
    {
        var files = Files(
            ("node_modules/events/index.js", ""),
            ("a/tsconfig.json", """{"compilerOptions": {"baseUrl": "."}}"""),
            ("a/events.ts", ""),
            ("a/main.ts", "")
        );
        Assert.IsType<BuiltInModule>(Resolve(files, "main.ts", "events"));
        Assert.Equal("a/events.ts", Resolved(files, "a/main.ts", "events").Path);
    }

    [Theory]
    [InlineData("react", "react", "")]
    [InlineData("@forge/api", "@forge/api", "")]
    [InlineData("@forge/api/out/fetch", "@forge/api", "out/fetch")]
    [InlineData("lodash/fp", "lodash", "fp")]
    public void A_package_that_is_not_in_the_tree_is_external(string specifier, string package, string subpath) =>
        Assert.Equal(new ExternalModule(package, subpath), Resolve(Tree(), "src/main.ts", specifier));

    [Theory]
    [InlineData(
        "./missing",
        "src/main.ts imports \"./missing\", and no such file is in the tree; add the file or correct the path. Looked for src/missing.ts, src/missing.tsx"
    )]
    [InlineData("../../../etc/passwd", "src/main.ts imports \"../../../etc/passwd\", which leads out of the tree that is scanned")]
    [InlineData("/etc/passwd", "src/main.ts imports \"/etc/passwd\", an absolute path")]
    [InlineData("#missing", "src/main.ts imports \"#missing\", and no package.json above leads \"imports\" of that name")]
    [InlineData("https://example.com/a.js", "src/main.ts imports \"https://example.com/a.js\", a URL that is not fetched here")]
    [InlineData("node:nothing", "src/main.ts imports \"node:nothing\", and Node has no such module")]
    [InlineData("$lib/a", "src/main.ts imports \"$lib/a\", which is no file's path and can be no package's name; add the alias to \"paths\"")]
    [InlineData("mapped/gone", "src/main.ts imports \"mapped/gone\", which \"paths\" of tsconfig.json leads to files that are not in the tree")]
    [InlineData(
        "closed/inner",
        "src/main.ts imports \"closed/inner\", and the package closed is in the tree without it: node_modules/closed/package.json exports no \"./inner\""
    )]
    [InlineData("", "src/main.ts imports an empty name")]
    [InlineData("./\u001b[31m", "src/main.ts imports \"./\uFFFD[31m\", and no such file")]
    public void A_failure_says_what_is_missing_and_what_to_do(string specifier, string reason) =>
        Assert.StartsWith(reason, Assert.IsType<UnresolvedModule>(Resolve(Tree(), "src/main.ts", specifier)).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_failure_names_the_file_that_asked_also_when_a_neighbour_asked_before()
    {
        var resolver = new ModuleResolver(Tree());
        resolver.Resolve("src/first.ts", "./missing", ImportKind.Import);
        Assert.StartsWith(
            "src/second.ts ",
            ((UnresolvedModule)resolver.Resolve("src/second.ts", "./missing", ImportKind.Import)).Reason,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("packages/app/src/main.ts", "@mono/shared", "packages/shared/src/index.ts", ResolvedBy.SourceOfOutput)]
    [InlineData("packages/app/src/main.ts", "@mono/shared/deep/a", "packages/shared/src/deep/a.ts", ResolvedBy.SourceOfOutput)]
    [InlineData("packages/app/src/main.ts", "@mono/plain", "packages/plain/main.js", ResolvedBy.Workspace)]
    [InlineData("packages/app/src/main.ts", "@mono/plain/lib/x", "packages/plain/lib/x.ts", ResolvedBy.Workspace)]
    [InlineData("packages/app/src/main.ts", "@mono/mirrored", "packages/mirrored/code/entry.ts", ResolvedBy.SourceOfOutput)]
    [InlineData("packages/app/src/main.ts", "@/main", "packages/app/src/main.ts", ResolvedBy.Convention)]
    [InlineData("packages/app/src/main.ts", "src/main", "packages/app/src/main.ts", ResolvedBy.Convention)]
    public void A_monorepo_is_resolved_without_being_installed_or_built(string from, string specifier, string path, ResolvedBy by) =>
        Assert.Equal(new ResolvedModule(path, ModuleContents.Source, by), Resolve(Monorepo(), from, specifier));

    [Theory]
    [InlineData("""{"workspaces": ["packages/*"]}""", "package.json")]
    [InlineData("""{"workspaces": {"packages": ["packages/**"]}}""", "package.json")]
    [InlineData("""{"packages": ["packages/one"]}""", "lerna.json")]
    [InlineData("packages:\n  # ours\n  - 'packages/*' # all\n  - \"!packages/two\"\nother: 1\n", "pnpm-workspace.yaml")]
    public void Workspaces_are_named_in_each_tool_s_way(string text, string file) =>
        Assert.Equal(
            "packages/one/index.ts",
            Resolved(
                Files((file, text), ("packages/one/package.json", """{"name": "one"}"""), ("packages/one/index.ts", ""), ("main.ts", "")),
                "main.ts",
                "one"
            ).Path
        );

    [Fact]
    public void A_workspace_that_a_pattern_leaves_out_is_external() =>
        Assert.IsType<ExternalModule>(
            Resolve(
                Files(("package.json", """{"workspaces": ["p/*", "!p/one"]}"""), ("p/one/package.json", """{"name": "one"}"""), ("p/one/index.ts", "")),
                "main.ts",
                "one"
            )
        );

    [Fact]
    public void Strict_finds_nothing_that_TypeScript_does_not() =>
        Assert.IsType<ExternalModule>(
            new ModuleResolver(Monorepo(), new ModuleOptions { IsStrict = true }).Resolve("packages/app/src/main.ts", "@mono/plain", ImportKind.Import)
        );

    [Theory]
    [InlineData("#fs", typeof(BuiltInModule))]
    [InlineData("#react", typeof(ExternalModule))]
    [InlineData("#one", typeof(ResolvedModule))]
    [InlineData("#circle", typeof(UnresolvedModule))]
    public void Imports_of_the_own_package_lead_anywhere(string specifier, Type type) =>
        Assert.IsType(
            type,
            Resolve(
                Files(
                    ("package.json", """{"imports": {"#fs": "node:fs", "#react": "react", "#one": "./one.ts", "#circle": "#round", "#round": "#circle"}}"""),
                    ("one.ts", "")
                ),
                "main.ts",
                specifier
            )
        );

    [Fact]
    public void Node_s_rules_hold_where_the_configuration_says_so_and_bundlers_rules_help_out()
    {
        var files = Files(
            ("tsconfig.json", """{"compilerOptions": {"module": "NodeNext"}}"""),
            ("package.json", """{"type": "module"}"""),
            ("a.ts", ""),
            ("node_modules/p/package.json", """{"exports": {"import": "./i.js", "require": "./r.js"}}"""),
            ("node_modules/p/i.js", ""),
            ("node_modules/p/r.js", "")
        );
        Assert.Equal("a.ts", Resolved(files, "main.ts", "./a").Path);
        Assert.Equal("node_modules/p/i.js", Resolved(files, "main.ts", "p").Path);
        Assert.Equal("node_modules/p/r.js", Resolved(files, "main.cts", "p").Path);
    }

    private static MemoryFiles Tree() =>
        Files(
            ("tsconfig.json", """{"compilerOptions": {"paths": {"mapped/*": ["./src/mapped/*"]}}}"""),
            ("package.json", """{"name": "app"}"""),
            ("index.js", ""),
            ("src/main.ts", ""),
            ("src/a.ts", ""),
            ("src/a.js", ""),
            ("src/view.tsx", ""),
            ("src/esm.mts", ""),
            ("src/common.cts", ""),
            ("src/folder/index.ts", ""),
            ("src/package/package.json", """{"main": "lib/entry"}"""),
            ("src/package/lib/entry.js", ""),
            ("src/both.js", ""),
            ("src/both.d.ts", ""),
            ("src/only.d.ts", ""),
            ("src/data.json", "{}"),
            ("src/style.css", ""),
            ("src/icon.svg", ""),
            ("node_modules/closed/package.json", """{"exports": {".": "./index.js"}}"""),
            ("node_modules/closed/index.js", ""),
            ("node_modules/closed/inner.js", "")
        );

    private static MemoryFiles Monorepo() =>
        Files(
            ("package.json", """{"workspaces": ["packages/*"]}"""),
            ("packages/app/package.json", """{"name": "@mono/app"}"""),
            ("packages/app/src/main.ts", ""),
            (
                "packages/shared/package.json",
                """{"name": "@mono/shared", "exports": {".": {"types": "./dist/index.d.ts", "default": "./dist/index.js"}, "./deep/*": "./dist/esm/deep/*.js"}}"""
            ),
            ("packages/shared/src/index.ts", ""),
            ("packages/shared/src/deep/a.ts", ""),
            ("packages/plain/package.json", """{"name": "@mono/plain", "main": "main.js"}"""),
            ("packages/plain/main.js", ""),
            ("packages/plain/lib/x.ts", ""),
            ("packages/mirrored/package.json", """{"name": "@mono/mirrored", "main": "target/entry.js"}"""),
            ("packages/mirrored/tsconfig.json", """{"compilerOptions": {"outDir": "target", "rootDir": "code"}}"""),
            ("packages/mirrored/code/entry.ts", "")
        );

    private static ResolvedModule Resolved(IModuleFiles files, string from, string specifier) => Assert.IsType<ResolvedModule>(Resolve(files, from, specifier));

    private static ModuleResolution Resolve(IModuleFiles files, string from, string specifier) =>
        new ModuleResolver(files).Resolve(from, specifier, ImportKind.Import);

    private static MemoryFiles Files(params (string Name, string Text)[] files) => new(files.Select(file => Text(file.Name, file.Text)));

    private static KeyValuePair<string, string> Text(string name, string text) => KeyValuePair.Create(name, text);
}
