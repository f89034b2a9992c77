using Ecoscanner.Rules;

namespace Ecoscanner.Service.Api;

/// <summary>The catalogue of rules, for everybody: what is looked for must be no secret.</summary>
internal static class RuleEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var rules = api.MapGroup("/rules").WithTags("rules");
        rules
            .MapGet("/", (Platform platform) => Reply.Of(new RuleList([.. platform.Rules.Rules.Select(View).OrderBy(rule => rule.Id, StringComparer.Ordinal)])))
            .WithSummary("All rules.")
            .Public()
            .Answers<RuleList>();
        rules.MapGet("/{id}", One).WithSummary("One rule with its page: what is wrong, why, and how to repair it.").Public().Answers<RulePage>().Problems(404);
    }

    /// <summary>True for a rule of that hosting, as its requirement says.</summary>
    public static bool IsOf(Rule rule, string hosting) =>
        rule.Requirement.Id.StartsWith(
            hosting switch
            {
                "connect" => "Connect",
                "forge" => "Forge",
                _ => "Data Center",
            },
            StringComparison.Ordinal
        );

    private static Reply One(Platform platform, string id)
    {
        var rule = platform.Rules.Rule(id) ?? throw ProblemException.NotFound("rule");
        return Reply.Of(new RulePage(View(rule), platform.Rules.Page(rule)));
    }

    private static RuleView View(Rule rule) =>
        new(
            rule.Id,
            rule.Title,
            rule.Requirement.Id,
            rule.Requirement.Title,
            rule.Severity.ToString().ToLowerInvariant(),
            rule.Cvss,
            rule.Cwe,
            rule.RaisesTickets
        );
}

public sealed record RuleList(IReadOnlyList<RuleView> Items);

/// <param name="RaisesTickets">False for advice.</param>
public sealed record RuleView(string Id, string Title, string Requirement, string RequirementTitle, string Severity, double Cvss, int Cwe, bool RaisesTickets);

/// <param name="Markdown">Ours.</param>
public sealed record RulePage(RuleView Rule, string Markdown);
