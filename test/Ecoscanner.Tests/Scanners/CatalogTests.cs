using System.Text.RegularExpressions;
using Ecoscanner.Rules;
using Ecoscanner.Scanners.ConnectAuthentication;
using Ecoscanner.Scanning;

namespace Ecoscanner.Tests.Scanners;

public sealed partial class CatalogTests
{
    private static readonly ScannerCatalog Catalog = ScannerCatalog.Of(typeof(ConnectAuthenticationScanner).Assembly);

    /// <summary>The check table of the Ecoscanner page: what a ticket's score may be.</summary>
    private static readonly Dictionary<string, double[]> TicketScores = new(StringComparer.Ordinal)
    {
        ["Connect 1.1"] = [5.3],
        ["Connect 1.2"] = [8.8],
        ["Connect 1.4"] = [8.6],
        ["Connect 3"] = [7.4, 6.8],
        ["Connect 6.2"] = [8.1],
        // The table has 8.8; of the app's own records less is lost than of a product.
        ["Forge 1"] = [8.8, 7.1],
        ["Forge 5"] = [7.2],
        // The table has requirement 8 for Connect alone.
        ["Forge 8"] = [7.1],
        // The table says that each vulnerability has a score of its own: from 7.0 on it raises a ticket, and an attack that is shipped is as bad as can be.
        ["Forge 9"] = [7.0, 10.0],
        ["Data Center 9"] = [7.0, 10.0],
        // Later than the table; Atlassian's own tool for Forge says critical.
        ["Forge 10"] = [9.0],
    };

    public static TheoryData<string> Ids => [.. Catalog.Rules.Select(rule => rule.Id)];

    [Fact]
    public void Rule_ids_are_unique() => Assert.Equal(Catalog.Rules.Count, Catalog.Rules.Select(rule => rule.Id).Distinct(StringComparer.Ordinal).Count());

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_id_is_words_in_kebab_case(string id) => Assert.Matches(KebabCase(), id);

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_a_page_that_says_why_how_to_fix_and_how_to_check(string id)
    {
        var rule = Catalog.Rule(id)!;
        var page = Catalog.Page(rule);
        Assert.StartsWith($"# {rule.Title}\n", page, StringComparison.Ordinal);
        Assert.All((string[])["\n## Why\n", "\n## Fix\n", "\n## Check\n"], heading => Assert.Contains(heading, page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_raises_tickets_only_with_the_score_of_the_published_table(string id)
    {
        var rule = Catalog.Rule(id)!;
        if (rule.RaisesTickets)
        {
            Assert.Contains(rule.Cvss, TicketScores[rule.Requirement.Id]);
        }
        else
        {
            Assert.InRange(rule.Severity, Severity.None, Severity.Medium);
        }
    }

    [Fact]
    public void A_scanner_declares_each_of_its_rules_as_a_static_field_and_lists_it() =>
        Assert.All(
            Catalog.Scanners,
            scanner =>
                Assert.Equal(
                    scanner
                        .GetType()
                        .GetFields()
                        .Where(field => field.IsStatic && field.FieldType == typeof(Rule))
                        .Select(field => ((Rule)field.GetValue(null)!).Id)
                        .Order(),
                    scanner.Rules.Select(rule => rule.Id).Order()
                )
        );

    [GeneratedRegex("^[a-z]+(-[a-z0-9]+)+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KebabCase();
}
