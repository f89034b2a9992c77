using System.Text;
using Ecoscanner.Apps.Forge;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Values;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Tests.Scanners.ForgePrograms;

public sealed class ForgeEntryTests
{
    private const string Manifest = """
        app: {id: 'ari:cloud:ecosystem::app/1', runtime: {name: nodejs22.x}}
        modules:
          jira:issuePanel: [{key: panel, resource: main, resolver: {function: run}}]
          function: [{key: run, handler: index.run}]
        resources: [{key: main, path: static/main}]
        """;

    public static TheoryData<string> Names => [.. ForgeEntryCases.All.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_functions_of_a_handler_are_found(string name)
    {
        var (_, sources, entries) = ForgeEntryCases.All.Single(each => each.Name == name);
        Assert.Equal(entries, Shown(Program(Manifest, sources)));
    }

    [Fact]
    public void What_is_not_known_is_said_and_never_left_out() =>
        Assert.All(
            ForgeEntryCases.All,
            each =>
            {
                var program = Program(Manifest, each.Sources);
                Assert.NotEmpty(program.Entries);
                Assert.All(program.Entries, entry => Assert.True(entry.IsResolved || (entry.Problem.Length > 0 && entry.Reason is not ForgeEntryReason.None)));
                Assert.All(program.Entries, entry => Assert.Equal(entry.Problem.Length == 0, entry.Reason is ForgeEntryReason.None));
            }
        );

    [Theory]
    [InlineData("handler: none.run", "NoFile", "there is no file src/none")]
    [InlineData("handler: ../index.run", "NoHandler", "../index.run")]
    [InlineData("handler: data.run", "NoFile", "src/data")]
    [InlineData("timeoutSeconds: 5", "NoHandler", "has no handler")]
    public void A_handler_without_a_file_is_told(string handler, string reason, string problem)
    {
        var entry = Assert.Single(Program(Manifest.Replace("handler: index.run", handler, StringComparison.Ordinal), "export const run = 1;").Entries);
        Assert.Equal(reason, entry.Reason.ToString());
        Assert.Contains(problem, entry.Problem, StringComparison.Ordinal);
        Assert.Equal(ForgeConfidence.Low, entry.Confidence);
    }

    [Fact]
    public void What_is_not_defined_or_runs_elsewhere_is_an_entry_too()
    {
        var program = Program(
            """
            app: {id: 'ari:cloud:ecosystem::app/1'}
            modules:
              webtrigger: [{key: hook, function: gone}]
              jira:issuePanel: [{key: panel, resource: main, resolver: {endpoint: end}}]
              endpoint: [{key: end, remote: backend}]
            remotes: [{key: backend, baseUrl: 'https://example.com'}]
            resources: [{key: main, path: static/main}]
            """,
            ""
        );
        Assert.Equal([": NotDefined", ": Elsewhere Elsewhere"], program.Entries.Select(Shown).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal("static/main", Assert.Single(program.FrontEnds).Resource?.Path?.Value);
    }

    [Fact]
    public void A_consumer_of_one_key_reaches_that_key_only()
    {
        var program = Program(
            """
            app: {id: 'ari:cloud:ecosystem::app/1'}
            modules:
              consumer: [{key: c, queue: q, resolver: {function: run, method: work}}, {key: d, queue: r, resolver: {function: run, method: gone}}]
              function: [{key: run, handler: index.run}]
            """,
            """
            import Resolver from '@forge/resolver';
            const resolver = new Resolver();
            resolver.define('work', function work() {});
            resolver.define('other', function other() {});
            export const run = resolver.getDefinitions();
            """
        );
        Assert.Equal("other: other | work: work | gone: NoKey", Shown(program));
        Assert.Equal([0, 1, 1], program.Entries.Select(entry => entry.Uses.Count));
    }

    [Fact]
    public void A_file_that_Forge_would_not_take_is_said()
    {
        var program = Program(Manifest, "", ("src/index.mjs", "export const run = () => {};"));
        Assert.Contains("Forge itself would not find src/index.mjs", Assert.Single(program.Entries).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_that_are_installed_are_no_part_of_the_app()
    {
        var program = Program(
            Manifest,
            "import Resolver from '@forge/resolver';\nconst r = new Resolver();\nr.define('a', function a() {});\nexport const run = r.getDefinitions();",
            ("node_modules/@forge/resolver/package.json", """{"main": "out/index.js"}"""),
            ("node_modules/@forge/resolver/out/index.js", "exports.default = class { define() {} getDefinitions() { return () => {}; } };")
        );
        Assert.Equal("a: a", Shown(program));
    }

    internal static string Shown(ForgeProgram program) => string.Join(" | ", program.Entries.Select(Shown));

    private static string Shown(ForgeEntry entry)
    {
        var text = new StringBuilder(entry.Key ?? (entry.Kind is ForgeEntryKind.Resolver ? "?" : "")).Append(':');
        if (entry.IsResolved)
        {
            text.Append(' ')
                .AppendJoin(
                    ',',
                    entry.Functions.Select(function => function.Id.Exists ? function.Id.Name : FunctionName.Of(function)).Order(StringComparer.Ordinal)
                );
        }

        if (entry.Kind is ForgeEntryKind.View or ForgeEntryKind.Elsewhere)
        {
            text.Append(' ').Append(entry.Kind);
        }

        return entry.Reason is ForgeEntryReason.None ? text.ToString() : text.Append(' ').Append(entry.Reason).ToString();
    }

    // The first source is the index; it is JavaScript with elements, or TypeScript where it says so.
    private static ForgeProgram Program(string manifest, string sources, params (string Path, string Text)[] more)
    {
        var parts = sources.Split("\n@ ");
        var index =
            parts[0].Contains(" as ", StringComparison.Ordinal) && parts[0].Contains("Handler", StringComparison.Ordinal) ? "src/index.ts" : "src/index.jsx";
        var files = parts.Skip(1).Select(part => part.Split('\n', 2)).Select(part => KeyValuePair.Create(part[0].Trim(), part.ElementAtOrDefault(1) ?? ""));
        if (parts[0].Length > 0)
        {
            files = files.Prepend(KeyValuePair.Create(index, parts[0]));
        }

        var all = new MemoryFiles(files.Concat(more.Select(file => KeyValuePair.Create(file.Path, file.Text))));
        return ForgeProgram.Of(ForgeManifestReader.Read(Encoding.UTF8.GetBytes(manifest)), all, TestContext.Current.CancellationToken);
    }
}
