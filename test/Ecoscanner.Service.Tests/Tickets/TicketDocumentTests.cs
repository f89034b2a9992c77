using System.Text;
using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Tickets;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Tickets;

/// <summary>The tables in docs/using/tickets.md are those of the data.</summary>
public sealed class TicketDocumentTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "using", "tickets.md"));

    [Fact]
    public void The_page_has_the_statuses() =>
        Holds(
            "| status | whose move | means |\n| --- | --- | --- |\n",
            Workflows.Statuses.Select(status => $"| **{status.Title}**{(status.Ours ? " ¹" : "")} | {Who(status.Move)} | {status.Means} |\n")
        );

    [Theory]
    [InlineData(Workflows.Ecoscanner)]
    [InlineData(Workflows.Security)]
    public void The_page_has_each_workflows_transitions(string name) =>
        Holds(
            "| transition | who | from | to | with |\n| --- | --- | --- | --- | --- |\n",
            Workflows
                .Of(name)
                .Transitions.Select(transition =>
                    $"| `{transition.Name}`: {transition.Means} | {Who(transition.Side)} | {string.Join(", ", transition.From.Select(Title))} | {Title(transition.To)} | {string.Join(", ", transition.Requires)} |\n"
                )
        );

    [Fact]
    public void The_page_has_the_due_dates() =>
        Holds(
            "| severity | CVSS | cloud | Data Center |\n| --- | --- | --- | --- |\n",
            new[] { (Rules.Severity.Critical, "9.0"), (Rules.Severity.High, "7.0"), (Rules.Severity.Medium, "4.0"), (Rules.Severity.Low, "0.1") }.Select(row =>
                $"| {row.Item1.ToString().ToLowerInvariant()} | {row.Item2} or more | {Days(row.Item1, Hosting.Cloud)} | {Days(row.Item1, Hosting.DataCenter)} |\n"
            )
        );

    private static void Holds(string head, IEnumerable<string> rows)
    {
        var table = rows.Aggregate(new StringBuilder(head), (text, row) => text.Append(row)).ToString();
        Assert.True(Page.Contains(table, StringComparison.Ordinal), $"docs/using/tickets.md needs this table:\n{table}");
    }

    private static string Days(Rules.Severity severity, Hosting hosting) => DueDate.Words(PolicyBook.BugFixVersion(2023)!.Duration(severity, hosting)!.Value);

    private static string Title(string status) => Workflows.Status(status).Title;

    private static string Who(Side? side) =>
        side switch
        {
            Side.Partner => "you",
            Side.Staff => "we",
            Side.Platform => "the platform",
            _ => "nobody's",
        };
}
