using System.Text.Json.Nodes;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

public sealed class DevEntriesCommandTests : IDisposable
{
    private const string Manifest = """
        app: {id: 'ari:cloud:ecosystem::app/1', runtime: {name: nodejs22.x}}
        modules:
          webtrigger: [{key: hook, function: run}]
          jira:issuePanel: [{key: panel, resource: main, resolver: {function: gone}}]
          function: [{key: run, handler: index.run}, {key: gone, handler: gone.run}]
        resources: [{key: main, path: static/main}]
        """;

    private readonly Desk desk = new();

    public DevEntriesCommandTests()
    {
        desk.Write("app/manifest.yml", Manifest);
        desk.Write("app/src/index.js", "import { wrap } from '\\u001b[31m';\nexport const run = wrap(async function main() {});\n");
    }

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task The_functions_are_shown_with_who_calls_them_and_how_they_were_found()
    {
        var outcome = await desk.RunAsync("dev", "entries", "app");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains(
            "function run\n  called by anybody by HTTP\n    3:38    webtrigger hook function\n  runs main at src/index.js:2:25\n",
            outcome.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("not found: there is no file src/gone", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("page main of jira:issuePanel panel, in the browser: static/main\n", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', outcome.Output);
    }

    [Fact]
    public async Task As_JSON_they_are_data()
    {
        var outcome = await desk.RunAsync("dev", "entries", "app", "--format", "json");
        var entries = JsonNode.Parse(outcome.Output)!["entries"]!
            .AsArray()
            .ToDictionary(entry => (string)entry!["point"]!, entry => entry!, StringComparer.Ordinal);
        Assert.Equal(("main", 2), ((string)entries["run"]["functions"]![0]!["name"]!, (int)entries["run"]["functions"]![0]!["line"]!));
        Assert.Equal(("noFile", 0), ((string)entries["gone"]["reason"]!, entries["gone"]["functions"]!.AsArray().Count));
    }

    [Theory]
    [InlineData("none", "none cannot be read: there is no such folder")]
    [InlineData(".", "holds no manifest.yml or manifest.yaml")]
    public async Task What_cannot_be_read_is_told(string named, string error)
    {
        var outcome = await desk.RunAsync("dev", "entries", named);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(error, outcome.Error, StringComparison.Ordinal);
    }
}
