using Ecoscanner.Apps;
using Ecoscanner.Apps.Forge;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.Rules;
using Ecoscanner.Scanners.ForgePrograms;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>Judges what a Forge app's code does with what callers send and with secrets (Forge 1, 5, 8, 10). Sends nothing, and runs none of it.</summary>
public sealed class ForgeCodeScanner : IScanner
{
    public static readonly Rule TokenCollected = new(
        "atlassian-token-collected",
        "Apps should not use API tokens of Atlassian accounts",
        Requirement.Forge10,
        Cvss: 9.0,
        Cwe: 522
    );
    public static readonly Rule RequestForgery = new(
        "server-side-request-forgery",
        "Callers should not decide which host the app sends requests to",
        Requirement.Forge8,
        Cvss: 7.1,
        Cwe: 918
    );
    public static readonly Rule RouteInjection = new(
        "route-injection",
        "Routes of product APIs should be made by the route tag",
        Requirement.Forge8,
        Cvss: 7.1,
        Cwe: 74
    );
    public static readonly Rule HtmlInjection = new(
        "html-injection",
        "Data should reach pages as text, or as HTML that was sanitized",
        Requirement.Forge8,
        Cvss: 7.1,
        Cwe: 79
    );
    public static readonly Rule SqlInjection = new("sql-injection", "SQL should get what callers send as parameters", Requirement.Forge8, Cvss: 7.1, Cwe: 89);
    public static readonly Rule SecretLogged = new("secret-logged", "Secrets should not be written to logs", Requirement.Forge5, Cvss: 7.2, Cwe: 532);
    public static readonly Rule PlainSecret = new("secret-in-plain-storage", "Secrets should be kept with setSecret", Requirement.Forge5, Cvss: 7.2, Cwe: 312);
    public static readonly Rule SharedData = new(
        "tenant-data-shared",
        "Data of one call should not stay in variables for the next",
        Requirement.Forge1,
        Cvss: 6.8,
        Cwe: 488
    )
    {
        RaisesTickets = false,
    };
    public static readonly Rule PrototypePollution = new(
        "prototype-pollution",
        "Callers should not choose the keys of objects in objects",
        Requirement.Forge8,
        Cvss: 6.5,
        Cwe: 1321
    )
    {
        RaisesTickets = false,
    };
    public static readonly Rule CodeInjection = new("code-injection", "What callers send should not run as code", Requirement.Forge8, Cvss: 7.1, Cwe: 94);
    public static readonly Rule CommandInjection = new(
        "command-injection",
        "What callers send should not become a command of the operating system",
        Requirement.Forge8,
        Cvss: 7.1,
        Cwe: 78
    );
    public static readonly Rule AgentInput = new(
        "agent-input-unvalidated",
        "Inputs of agents should be checked before the app writes with them",
        Requirement.Forge8,
        Cvss: 4.3,
        Cwe: 1427
    )
    {
        RaisesTickets = false,
    };

    private static readonly TaintCheck[] TaintChecks =
    [
        RequestForgeryCheck.Check,
        RouteCheck.Check,
        HtmlCheck.Check,
        SqlCheck.Check,
        SecretLogCheck.Check,
        SecretStorageCheck.Check,
        PrototypeCheck.Check,
        ExecutionCheck.Code,
        ExecutionCheck.Command,
        AgentCheck.Check,
        SharedDataCheck.Check,
    ];

    public string Name => "forge-code";

    public int Version => 1;

    public IReadOnlyList<Rule> Rules =>
        [
            TokenCollected,
            RequestForgery,
            RouteInjection,
            HtmlInjection,
            SqlInjection,
            SecretLogged,
            PlainSecret,
            SharedData,
            PrototypePollution,
            CodeInjection,
            CommandInjection,
            AgentInput,
        ];

    public TimeSpan TimeLimit => TimeSpan.FromMinutes(2);

    public bool AppliesTo(App app) => app is ForgeApp;

    public int PlannedRequests(App app, ScanOptions options) => 0;

    public async Task ScanAsync(ScanContext context, CancellationToken cancellationToken)
    {
        var program = await ForgeProgram.OfAsync(context, cancellationToken);
        var code = new AppCode(program);
        var review = new CodeReview(context, code);
        var checks = TaintChecks.Select(check => (Check: check, Sinks: check.Sinks(code).ToList())).ToList();
        var analyses = TaintAnalysis.OfAll(program.Values, [.. checks.Select(each => each.Check.RulesFor(code, each.Sinks))]);
        for (var at = 0; at < checks.Count; at++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            checks[at].Check.Judge(review, checks[at].Sinks, analyses[at]);
        }

        TokenCheck.Judge(review);
        review.SayWhatWasRead();
    }
}
