using System.Text.Json.Nodes;
using Ecoscanner.Tests.Core.Apps.Forge;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

public sealed class ScanForgeTests : IDisposable
{
    private const string Sound = "app: {id: 'ari:cloud:ecosystem::app/1', runtime: {name: nodejs24.x}}\nmodules: {}\n";
    private const string Open = Sound + "permissions:\n  external:\n    images:\n      - '*'\n";

    private const string Code = "app: {id: a}\nmodules: {trigger: [{key: t, function: f, events: [x]}], function: [{key: f, handler: ";

    private readonly Desk desk = new();

    [Theory]
    [InlineData("notes", "notes/")]
    [InlineData("notes/manifest.yml", "notes/")]
    [InlineData("./notes/", "notes/")]
    public async Task A_folder_or_manifest_is_scanned_without_a_request(string target, string folder)
    {
        desk.Write("notes/manifest.yml", Open);
        var outcome = await desk.RunAsync("scan", target, "--offline", "--fail-on", "medium");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("plan for 1\n  app         notes, Forge\n", outcome.Error);
        Assert.Contains("requests    none: a scan from source reads files and sends nothing\n", outcome.Error);
        Assert.Contains($"{folder}manifest.yml:6:9", outcome.Output);
    }

    [Fact]
    public async Task The_folder_that_one_stands_in_is_a_target()
    {
        desk.Write("manifest.yaml", Sound);
        var outcome = await desk.RunAsync("scan", ".");
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Error);
    }

    [Fact]
    public async Task Every_format_names_the_line_and_column()
    {
        desk.Write("notes/manifest.yml", Open);
        var outcome = await desk.RunAsync(
            "scan",
            "notes",
            "-q",
            "-f",
            "json",
            "-f",
            "sarif=o.sarif",
            "-f",
            "html=o.html",
            "-f",
            "md=o.md",
            "-f",
            "junit=o.xml",
            "-f",
            "github=o.github"
        );
        var app = JsonNode.Parse(outcome.Output)!["apps"]![0]!;
        var location = app["findings"]![0]!["location"]!;
        Assert.Equal(("notes/manifest.yml", 6, 9), ((string?)location["path"], (int)location["line"]!, (int)location["column"]!));
        Assert.Equal(0, (int)app["traffic"]!["requests"]!);
        var results = JsonNode.Parse(desk.Read("o.sarif"))!["runs"]!.AsArray().SelectMany(run => run!["results"]!.AsArray());
        var place = Assert.Single(results, result => (string?)result!["ruleId"] == "egress-wildcard")!["locations"]![0]!["physicalLocation"]!;
        Assert.Equal("notes/manifest.yml", (string?)place["artifactLocation"]!["uri"]);
        Assert.Equal((6, 9), ((int)place["region"]!["startLine"]!, (int)place["region"]!["startColumn"]!));
        Assert.Contains("file=notes/manifest.yml,line=6,col=9,", desk.Read("o.github"));
        Assert.All((string[])["o.html", "o.md", "o.xml"], file => Assert.Contains("notes/manifest.yml:6:9", desk.Read(file)));
    }

    [Fact]
    public async Task Broken_YAML_leaves_the_scan_incomplete_and_says_where()
    {
        desk.Write("manifest.yml", Sound + "permissions:\n  scopes: [a\n");
        var outcome = await desk.RunAsync("scan", ".", "-f", "json");
        Assert.Equal(4, outcome.ExitCode);
        Assert.Contains("a part of the manifest could not be read", outcome.Error);
        Assert.All(JsonNode.Parse(outcome.Output)!["apps"]![0]!["verdicts"]!.AsArray(), verdict => Assert.Equal("inconclusive", (string?)verdict!["verdict"]));
    }

    [Theory]
    [InlineData("app.yml", "jobs: {}", "app.yml: has neither app nor modules, so it is no Forge app's manifest; name the folder")]
    [InlineData("manifest.yml", "", "manifest.yml:1:1: the manifest is empty")]
    [InlineData("manifest.yml", "PK\u0003\u0004", "manifest.yml:1:1: this is a zip file")]
    public async Task What_is_no_manifest_is_named_in_one_line(string name, string text, string complaint)
    {
        desk.Write(name, text);
        var outcome = await desk.RunAsync("scan", name);
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith($"ecoscanner: {complaint}", outcome.Error);
        Assert.Equal(1, outcome.Error.Count(character => character == '\n'));
    }

    [Fact]
    public async Task A_ZIP_of_the_source_is_scanned_as_its_folder_is()
    {
        await File.WriteAllBytesAsync(desk.PathOf("notes.zip"), Zips.Of(("notes-main/manifest.yml", Open), ("notes-main/src/index.js", "")), Cancellation);
        var outcome = await desk.RunAsync("scan", "notes.zip", "--fail-on", "medium");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("plan for 1\n  app         notes, Forge\n  source      notes.zip\n", outcome.Error);
        Assert.Contains(" manifest.yml:6:9", outcome.Output);
        Assert.Equal(["notes.zip"], Directory.GetFileSystemEntries(desk.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_of_a_ZIP_is_not_read_is_named_without_its_control_characters()
    {
        await File.WriteAllBytesAsync(desk.PathOf("notes.zip"), Zips.Of(("manifest.yml", Sound), ("../\u001b[31mx.js", "1")), Cancellation);
        var outcome = await desk.RunAsync("scan", "notes.zip", "-v");
        Assert.Contains("its name has control characters", outcome.Output);
        Assert.DoesNotContain('\u001b', outcome.Output);
    }

    [Theory]
    [InlineData(Sound, 0, "web-trigger-authentication")]
    [InlineData("app: {id: a}\nmodules: {}\nremotes: [{key: r, baseUrl: 'http://notes.example.com'}]\n", 1, "! warning  transport\n|✗ fail  transport\n")]
    public async Task The_questionnaire_for_approval_is_answered(string manifest, int code, string part)
    {
        desk.Write("notes/manifest.yml", manifest);
        var outcome = await desk.RunAsync("scan", "notes", "--for", "approval", "-f", "text", "-f", "md=a.md", "-f", "json=a.json");
        Assert.True(outcome.ExitCode == code, outcome.Output + outcome.Error);
        Assert.Contains(part.Split('|'), words => outcome.Output.Contains(words, StringComparison.Ordinal));
        Assert.StartsWith("# Approval of notes\n", desk.Read("a.md"));
        Assert.Equal(code, (int)JsonNode.Parse(desk.Read("a.json"))!["exitCode"]!);
    }

    [Theory]
    [InlineData("--for approval is of the source", "scan", "https://app.example.com/atlassian-connect.json", "--for", "approval")]
    [InlineData("sarif is no format of the questionnaire; known are text, md, json", "scan", "notes", "--for", "approval", "-f", "sarif")]
    public async Task What_has_no_questionnaire_is_said_before_the_scan(string complaint, params string[] arguments)
    {
        desk.Write("notes/manifest.yml", Sound);
        var outcome = await desk.RunAsync(arguments);
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(complaint.Replace("is of the source", "asks of the source", StringComparison.Ordinal), outcome.Error);
    }

    [Fact]
    public async Task A_ZIP_that_is_none_is_named_in_one_line()
    {
        desk.Write("notes.zip", "no ZIP");
        var outcome = await desk.RunAsync("scan", "notes.zip");
        Assert.Equal(
            (2, "", "ecoscanner: notes.zip: cannot be scanned: it is no ZIP file, or only the beginning of one\n"),
            (outcome.ExitCode, outcome.Output, outcome.Error)
        );
    }

    [Theory]
    [InlineData("modules: {}", 0, "notes, Forge")]
    [InlineData(Sound + "permissions: {scopes: 1}", 0, "notes, Forge")]
    [InlineData(Code + "../../etc/passwd.run}]}", 4, "it may name code")]
    [InlineData("modules: {}\na: &a [*a, *a]\n", 4, "a part of the manifest could not be read")]
    [InlineData(
        "modules: {}\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]",
        4,
        "a part of the manifest could not be read"
    )]
    public async Task A_hostile_folder_ends_in_a_report(string manifest, int code, string said)
    {
        desk.Write("secret.txt", "hidden words");
        desk.Write("notes/manifest.yml", manifest);
        Directory.CreateSymbolicLink(desk.PathOf("notes/src"), "..");
        File.CreateSymbolicLink(desk.PathOf("notes/index.js"), "../secret.txt");
        var outcome = await desk.RunAsync("scan", "notes", "-v");
        Assert.True(outcome.ExitCode == code, $"{outcome.ExitCode}: {outcome.Output}{outcome.Error}");
        Assert.Contains(said, outcome.Output + outcome.Error);
        Assert.DoesNotContain("hidden words", outcome.Output + outcome.Error);
    }

    [Fact]
    public async Task A_descriptor_beside_the_manifest_is_not_passed_over_in_silence()
    {
        desk.Write("both/manifest.yml", Sound);
        desk.Write("both/atlassian-connect.json", "{}");
        var outcome = await desk.RunAsync("scan", "both");
        Assert.Contains("ecoscanner: both holds atlassian-connect.json too; only the Forge app is scanned.", outcome.Error);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => desk.Dispose();
}
