using System.Text.Json.Nodes;
using Ecoscanner.Cli;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

public sealed class RulesCommandTests : IDisposable
{
    private readonly Desk desk = new();

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task All_rules_are_listed_within_the_width(int width)
    {
        desk.Environment["COLUMNS"] = $"{width}";
        var outcome = await desk.RunAsync("rules");
        Assert.Equal((0, $"{Catalog.Scanners.Rules.Count} rules; to read about one: ecoscanner explain RULE\n"), (outcome.ExitCode, outcome.Error));
        Assert.All(outcome.Output.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Golden.Matches(outcome.Output, $".{width}.txt");
    }

    [Fact]
    public async Task As_JSON_they_hold_what_the_catalogue_holds()
    {
        var outcome = await desk.RunAsync("rules", "--format", "json");
        var rules = JsonNode.Parse(outcome.Output)!.AsArray();
        Assert.Equal(Catalog.RuleIds, rules.Select(rule => (string)rule!["id"]!));
        Assert.Equal(Catalog.Scanners.Rules.Select(rule => rule.Cvss), rules.Select(rule => (double)rule!["cvss"]!));
        Assert.Equal(Catalog.Scanners.Rules.Select(rule => rule.RaisesTickets), rules.Select(rule => (bool)rule!["raisesTickets"]!));
    }

    [Fact]
    public async Task Every_rule_explains_itself_within_the_width()
    {
        foreach (var rule in Catalog.Scanners.Rules)
        {
            var page = new StringWriter();
            new MarkdownPage(80, default).Write(Catalog.Scanners.Page(rule), page);
            var prose = page.ToString()
                .Split('\n')
                .Where(line => !line.StartsWith("    ", StringComparison.Ordinal) && !line.StartsWith('|') && line.Contains(' '));
            Assert.All(prose, line => Assert.True(line.Length <= 80 || !line.Trim().Contains(' '), $"{rule.Id}: {line}"));
        }

        desk.Environment["COLUMNS"] = "80";
        Golden.Matches((await desk.RunAsync("explain", "authentication-none")).Output, ".explain.txt");
    }

    [Fact]
    public void Markdown_is_shown_as_a_terminal_can()
    {
        const string Markdown = """
            # Title

            A paragraph with `code of words`, **bold words**, and [a link](https://example.com/)
            that goes on.

            - first item that is long enough to be broken into two lines
              and continues
            1. numbered

            > quoted

            | a | b |
            |---|---|

            ```js
            const   x = 1; // stays as it is, however long the line may be
            ```
            """;
        var (plain, coloured) = (new StringWriter(), new StringWriter());
        new MarkdownPage(40, default).Write(Markdown, plain);
        new MarkdownPage(40, new Paint(hasColour: true)).Write(Markdown, coloured);
        Golden.Matches(plain.ToString(), ".markdown.txt");
        Golden.Matches(coloured.ToString(), ".markdown.ansi");
    }

    public void Dispose() => desk.Dispose();
}
