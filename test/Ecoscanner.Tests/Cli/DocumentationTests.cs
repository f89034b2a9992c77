using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using Ecoscanner.Cli;
using Ecoscanner.Cli.Configuration;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

/// <summary>Keeps the pages that are made from the program; <c>./dev docs</c> writes them anew.</summary>
public sealed partial class DocumentationTests : IDisposable
{
    private const string TableStart = "<!-- settings: made by ./dev docs -->\n";
    private const string TableEnd = "<!-- end of settings -->";

    private static readonly RootCommand Root = CommandLine.Root(Terminal.Open(colourless: true, isQuiet: false, isVerbose: false));

    private readonly Desk desk = new();

    [Fact]
    public async Task The_page_of_the_command_line_is_its_own_help()
    {
        var page = new StringBuilder(
            """
            # The command line

            Made by `./dev docs` from the program's own help. Each command takes the general options too.

            """
        );
        foreach (var command in Below(Root).Where(command => !command.Hidden))
        {
            var name = CommandLine.NameOf(command);
            var outcome = await desk.RunAsync([.. name.Split(' ').Skip(1), "--help"]);
            Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));

            // The same options stand at the end of each; the first says them.
            var help = command == Root ? outcome.Output : outcome.Output.Split("\ngeneral\n")[0];
            page.Append($"\n## {name}\n\n```text\n{help}```\n");
        }

        Golden.CheckFile(page.ToString(), Page("docs/using/cli.md"));
    }

    [Fact]
    public async Task The_published_schema_is_the_one_that_the_program_prints()
    {
        var outcome = await desk.RunAsync("schema", "config");
        Golden.CheckFile(outcome.Output, Page("docs/using/ecoscanner.schema.json"));
    }

    [Fact]
    public async Task The_report_schema_is_printed_as_it_is_published()
    {
        var outcome = await desk.RunAsync("schema", "report");
        Assert.Equal(File.ReadAllText(Page("src/Ecoscanner.Core/Reports/Json/report.schema.json")), outcome.Output);
    }

    [Fact]
    public void The_page_of_the_configuration_lists_every_setting()
    {
        var path = Page("docs/using/configuration.md");
        var page = File.ReadAllText(path);
        var (start, end) = (page.IndexOf(TableStart, StringComparison.Ordinal) + TableStart.Length, page.IndexOf(TableEnd, StringComparison.Ordinal));
        Assert.True(start >= TableStart.Length && end >= start, $"{path} has lost the marks of its table");
        var table = new StringBuilder("| key | default | variable | in the file |\n|---|---|---|---|\n");
        foreach (var setting in Settings.All)
        {
            var fallback = setting.Kind == SettingKind.Switch ? "false" : setting.Default;
            table.Append($"| `{setting.Key}` | {(fallback.Length > 0 ? $"`{fallback}`" : "")} | `{setting.Variable}` | {(setting.InFile ? "yes" : "no")} |\n");
        }

        Golden.CheckFile($"{page[..start]}{table}{page[end..]}", path);
    }

    [Fact]
    public async Task The_example_of_the_page_about_approval_is_what_the_program_prints()
    {
        const string Command = "scan samples/forge/apps/remote-plain --for approval";
        const string Start = "<!-- example: made by ./dev docs -->\n";
        var path = Page("docs/using/approval.md");
        var page = File.ReadAllText(path);
        var (start, end) = (page.IndexOf(Start, StringComparison.Ordinal) + Start.Length, page.IndexOf("<!-- end of example -->", StringComparison.Ordinal));
        Assert.True(start >= Start.Length && end >= start, $"{path} has lost the marks of its example");
        desk.Folder = Repository.Root;
        var outcome = await desk.RunAsync([.. Command.Split(' '), "-q"]);
        Golden.CheckFile($"{page[..start]}```text\n$ ecoscanner {Command} -q\n{outcome.Output}```\n{page[end..]}", path);
        Assert.Equal(1, outcome.ExitCode);
    }

    [Fact]
    public async Task The_example_of_the_page_about_advisories_is_what_the_program_prints()
    {
        const string Start = "<!-- example: made by ./dev docs -->\n";
        var path = Page("docs/using/advisories.md");
        var page = File.ReadAllText(path);
        var (start, end) = (page.IndexOf(Start, StringComparison.Ordinal) + Start.Length, page.IndexOf("<!-- end of example -->", StringComparison.Ordinal));
        Assert.True(start >= Start.Length && end >= start, $"{path} has lost the marks of its example");
        var example = new StringBuilder("```text\n");
        desk.Environment["ECOSCANNER_ADVISORIES"] = desk.PathOf("advisories.index");
        desk.Folder = Repository.Root;
        foreach (
            var command in (string[])
                [
                    "advisories update --from samples/advisories",
                    "advisories show CVE-2021-44228",
                    "advisories show pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1",
                    "advisories show pkg:npm/%40ecoscanner-sample/evil@1.0.0",
                ]
        )
        {
            var outcome = await desk.RunAsync(command.Split(' '));
            Assert.Equal(0, outcome.ExitCode);
            example.Append($"$ ecoscanner {command}\n{outcome.Error}{outcome.Output}\n");
        }

        Golden.CheckFile($"{page[..start]}{example.ToString().TrimEnd()}\n```\n{page[end..]}", path);
    }

    [Fact]
    public void The_page_of_the_rules_lists_every_rule()
    {
        var page = new StringBuilder("# Rules\n\nMade by `./dev docs`; `ecoscanner explain RULE` shows a rule's page in the terminal.\n\n");
        page.Append("| rule | what must hold | requirement | CVSS | raises tickets |\n|---|---|---|---|---|\n");
        foreach (
            var rule in Catalog.Scanners.Rules.OrderBy(rule => rule.Requirement.Id, StringComparer.Ordinal).ThenBy(rule => rule.Id, StringComparer.Ordinal)
        )
        {
            var source = Assert.Single(Directory.EnumerateFiles(Page("src/Ecoscanner.Scanners"), $"{rule.Id}.md", SearchOption.AllDirectories));
            var link = Path.GetRelativePath(Page("docs/rules"), source).Replace('\\', '/');
            page.Append($"| [{rule.Id}]({link}) | {rule.Title} | {rule.Requirement.Id} | {rule.Cvss:0.0} | {(rule.RaisesTickets ? "yes" : "no, advice")} |\n");
        }

        Golden.CheckFile(page.ToString(), Page("docs/rules/README.md"));
    }

    public static TheoryData<string> Pages =>
        [
            .. new[]
            {
                "README.md",
                "docs/README.md",
                "docs/using/configuration.md",
                "docs/using/findings.md",
                "docs/using/forge.md",
                "docs/using/connect.md",
                "docs/using/approval.md",
                "docs/using/dependencies.md",
                "docs/using/vulnerable-libraries.md",
                "docs/using/advisories.md",
            },
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_that_a_page_names_is_one_the_program_has(string page)
    {
        var calls = Call().Matches(File.ReadAllText(Page(page))).Select(match => match.Groups["words"].Value);
        foreach (var call in calls)
        {
            var parsed = Root.Parse([.. call.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
            Assert.NotSame(Root, parsed.CommandResult.Command);
            var unknown = call.Split(' ').Where(word => word.StartsWith('-')).Select(word => word.Split('=')[0]).Except(Options(parsed.CommandResult.Command));
            Assert.True(!unknown.Any(), $"{page}: `ecoscanner {call}` uses {string.Join(", ", unknown)}, which is no option of it");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_of_a_page_leads_somewhere(string page)
    {
        var folder = Path.GetDirectoryName(Page(page))!;
        Assert.All(
            Link().Matches(File.ReadAllText(Page(page))).Select(match => match.Groups["target"].Value).Where(target => !target.Contains("://")),
            target => Assert.True(Path.Exists(Path.Combine(folder, target.Split('#')[0])), $"{page} links to {target}, which is not there")
        );
    }

    private static string Page(string path) => Path.Combine(Repository.Root, path);

    private static IEnumerable<Command> Below(Command command) => [command, .. command.Subcommands.SelectMany(Below)];

    private static IEnumerable<string> Options(Command command) =>
        command.Options.Concat(Root.Options).SelectMany(option => option.Aliases.Append(option.Name));

    // A call at the start of a line of code, or after a backtick: `ecoscanner scan …`, ./ecoscanner scan …
    [GeneratedRegex(@"(?m)(?:^(?:\$ )?|`)(?:\./)?ecoscanner (?<words>[a-z-][^`\n#]*)", RegexOptions.None, 1000)]
    private static partial Regex Call();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.None, 1000)]
    private static partial Regex Link();

    public void Dispose() => desk.Dispose();
}
