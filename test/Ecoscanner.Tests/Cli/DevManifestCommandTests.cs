using System.Text.Json.Nodes;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

public sealed class DevManifestCommandTests : IDisposable
{
    private const string Manifest = """
        app: {id: 'ari:cloud:ecosystem::app/1', runtime: {name: nodejs22.x}}
        modules:
          webtrigger: [{key: hook, function: run}]
          function: [{key: run, handler: index.run}]
        """;

    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("app/manifest.yml", "app/manifest.yml")]
    [InlineData("app/manifest.yaml", "app")]
    [InlineData("other.yml", "other.yml")]
    public async Task A_manifest_is_shown_by_its_name_or_its_folder(string file, string named)
    {
        desk.Write(file, Manifest);
        var outcome = await desk.RunAsync("dev", "manifest", named);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains(
            "4:34    function run -> src/index export run\n          called by anybody by HTTP; a user never\n",
            outcome.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task As_JSON_it_is_data()
    {
        desk.Write("manifest.yml", Manifest);
        var outcome = await desk.RunAsync("dev", "manifest", ".", "--format", "json");
        var entry = Assert.Single(JsonNode.Parse(outcome.Output)!["entryPoints"]!.AsArray())!;
        Assert.Equal(("run", "external-http", "src/index.tsx"), ((string)entry["key"]!, (string)entry["callers"]![0]!, (string)entry["files"]![0]!));
    }

    [Fact]
    public async Task What_would_colour_a_terminal_is_shown_as_text()
    {
        desk.Write("manifest.yml", "modules: {\"\\e[31m\": [{key: \"\\e[2J\\u202e\", function: \"\\e\"}]}\npermissions: {scopes: [\"\\e[31m\"]}\n");
        var outcome = await desk.RunAsync("dev", "manifest", "manifest.yml");
        Assert.Equal(0, outcome.ExitCode);
        Assert.DoesNotContain(outcome.Output, character => character is '\e' or '\u202e');
    }

    [Theory]
    [InlineData("none.yml", "none.yml cannot be read: there is no such file")]
    [InlineData(".", "holds no manifest.yml or manifest.yaml")]
    public async Task What_cannot_be_read_is_told(string named, string error)
    {
        var outcome = await desk.RunAsync("dev", "manifest", named);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(error, outcome.Error, StringComparison.Ordinal);
    }
}
