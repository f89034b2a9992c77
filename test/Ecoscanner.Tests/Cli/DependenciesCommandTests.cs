using System.IO.Compression;
using System.Text.Json.Nodes;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

public sealed class DependenciesCommandTests : IDisposable
{
    private const string Lock = """
        {"lockfileVersion": 3, "packages": {
          "": {"dependencies": {"a": "^1.0.0"}, "devDependencies": {"tool": "^1.0.0"}},
          "node_modules/a": {"version": "1.0.0", "dependencies": {"b": "^2.0.0"}},
          "node_modules/b": {"version": "2.0.0"},
          "node_modules/tool": {"version": "1.0.0", "dev": true}
        }}
        """;

    private const string Manifest = """{"name": "my-app", "version": "3.0.0", "dependencies": {"a": "^1.0.0"}, "devDependencies": {"tool": "^1.0.0"}}""";

    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task The_tree_of_a_folder_is_what_it_ships()
    {
        WriteApp();
        var outcome = await desk.RunAsync("dependencies", "app");
        Assert.Equal((0, "", "└── a@1.0.0\n    └── b@2.0.0\n"), (outcome.ExitCode, outcome.Error, outcome.Output));
        Assert.Contains("tool@1.0.0 (development)", (await desk.RunAsync("dependencies", "app", "--development")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cyclonedx", "specVersion", "1.6")]
    [InlineData("spdx", "spdxVersion", "SPDX-2.3")]
    public async Task An_SBOM_is_written_and_is_a_target_itself(string format, string property, string version)
    {
        WriteApp();
        var outcome = await desk.RunAsync("sbom", "app", "-o", "bom.json", "--format", format);
        Assert.Equal((0, "", ""), (outcome.ExitCode, outcome.Error, outcome.Output));
        var document = JsonNode.Parse(desk.Read("bom.json"))!;
        Assert.Equal(version, (string)document[property]!);
        Assert.Contains("my-app", document.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("└── a@1.0.0\n    └── b@2.0.0\n", (await desk.RunAsync("dependencies", "bom.json")).Output);
        Assert.Equal(version, (string)JsonNode.Parse((await desk.RunAsync("sbom", "app", "--format", format)).Output)![property]!);
    }

    [Fact]
    public async Task A_ZIP_of_an_app_is_read_without_being_unpacked()
    {
        WriteApp();
        desk.Write("app/manifest.yml", "app: {id: 'ari:cloud:ecosystem::app/1'}\n");
        ZipFile.CreateFromDirectory(desk.PathOf("app"), desk.PathOf("app.zip"));
        Assert.Equal("└── a@1.0.0\n    └── b@2.0.0\n", (await desk.RunAsync("dependencies", "app.zip")).Output);
    }

    [Fact]
    public async Task What_build_tools_print_is_read()
    {
        desk.Write("tree.txt", "com.acme:app:jar:1.0\n\\- a:b:jar:1.0:compile\n");
        Assert.Equal("└── a:b:1.0\n", (await desk.RunAsync("dependencies", "tree.txt")).Output);
    }

    [Fact]
    public async Task What_is_not_known_is_told_and_is_not_clean()
    {
        desk.Write("app/package.json", Manifest);
        var outcome = await desk.RunAsync("dependencies", "app");
        Assert.Equal(4, outcome.ExitCode);
        Assert.Contains("package.json: there is no lockfile beside it", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("a@(unknown version)", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none.json", 2, "none.json cannot be read: there is no such file")]
    [InlineData("empty", 3, "empty holds no package.json and no lockfile")]
    [InlineData("text.txt", 2, "text.txt tells of no dependencies")]
    [InlineData("bad.zip", 2, "bad.zip: ")]
    public async Task What_tells_of_no_dependencies_is_refused(string target, int exitCode, string error)
    {
        desk.Write("empty/readme.md", "");
        desk.Write("text.txt", "hello");
        desk.Write("bad.zip", "hello");
        var outcome = await desk.RunAsync("dependencies", target);
        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Contains(error, outcome.Error, StringComparison.Ordinal);
    }

    private void WriteApp()
    {
        desk.Write("app/package.json", Manifest);
        desk.Write("app/package-lock.json", Lock);
    }
}
