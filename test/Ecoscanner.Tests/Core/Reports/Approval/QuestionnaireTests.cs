using System.Text;
using System.Text.Json.Nodes;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Cli;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Approval;
using Ecoscanner.Reports.Text;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Core.Apps.Forge;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Reports.Approval;

public sealed class QuestionnaireTests
{
    private const string Manifest = """
        app:
          id: ari:cloud:ecosystem::app/1
        modules:
          webtrigger:
            - {key: on-build, function: f}
          jira:issuePanel:
            - key: panel
              title: Panel
              resource: main
              resolver: {endpoint: notes}
              displayConditions: {isAdmin: true}
          function:
            - {key: f, handler: index.run}
          endpoint:
            - {key: notes, remote: server, route: {path: /notes}, auth: {appSystemToken: {enabled: true}}}
        remotes:
          - {key: server, baseUrl: 'https://notes.example.com'}
        permissions:
          external:
            images: ['https://cdn.example.com']
        """;

    [Theory]
    [InlineData("web-trigger-authentication", "webtrigger-unauthenticated", Confidence.High, ApprovalSignal.Warning)]
    [InlineData("remote-token", "remote-token-unverified", Confidence.High, ApprovalSignal.Fail)]
    [InlineData("remote-token", "remote-token-unverified", Confidence.Medium, ApprovalSignal.Fail)]
    [InlineData("remote-token", "remote-token-unverified", Confidence.Low, ApprovalSignal.Warning)]
    [InlineData("permission-before-as-app", "authorization-missing", Confidence.Medium, ApprovalSignal.Fail)]
    [InlineData("as-user", "authorization-missing", Confidence.Medium, ApprovalSignal.Warning)]
    public void A_finding_answers_its_question(string question, string rule, Confidence confidence, ApprovalSignal signal)
    {
        var answer = Answer(question, Report(Manifest, [Found(rule, confidence)]));
        Assert.Equal(signal, answer.Signal);
        Assert.Equal((ApprovalEvidence.OfFinding, "src/index.js:3:1"), (answer.Evidence[0].Kind, answer.Evidence[0].Place));
    }

    [Theory]
    [InlineData(Verdict.Pass, ApprovalSignal.Pass)]
    [InlineData(Verdict.NotApplicable, ApprovalSignal.Pass)]
    [InlineData(Verdict.Inconclusive, ApprovalSignal.Undecided)]
    public void Verdicts_answer_where_there_is_no_finding(Verdict verdict, ApprovalSignal signal) =>
        Assert.Equal(signal, Answer("remote-token", Report(Manifest, [], Judged("remote-token-unverified", verdict))).Signal);

    [Fact]
    public void What_no_rule_judges_is_undecided() =>
        Assert.Equal(
            (ApprovalSignal.Undecided, "no rule of this scan judges it"),
            (Answer("secrets", Report(Manifest, [])) is var answer ? (answer.Signal, answer.Reason) : default)
        );

    [Fact]
    public void An_ignored_finding_is_a_warning_with_its_reason()
    {
        var exempt = Found("remote-token-unverified", Confidence.High) with
        {
            ExemptedBy = new Exemption
            {
                Source = ExemptionSource.Desk,
                Reason = "a test route",
                Expires = DateOnly.MaxValue,
            },
        };
        var answer = Answer("remote-token", Report(Manifest, [exempt]));
        Assert.Equal(ApprovalSignal.Warning, answer.Signal);
        Assert.Contains("a test route", answer.Evidence[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_that_does_not_arise_passes_and_says_so()
    {
        var report = Report("app: {id: a}\nmodules: {}\n", []);
        Assert.Equal((ApprovalSignal.Pass, "the app has no remote"), Answer("remote-token", report) is var answer ? (answer.Signal, answer.Reason) : default);
        Assert.Equal(ApprovalSignal.Pass, Answer("display-conditions", report).Signal);
    }

    [Fact]
    public void Of_a_manifest_that_was_read_in_part_no_question_is_said_not_to_arise() =>
        Assert.Equal(ApprovalSignal.Undecided, Answer("remote-token", Report("app: {id: a}\nmodules: {}\nremotes: [a\n", [])).Signal);

    [Fact]
    public void What_only_a_person_knows_stays_open_with_the_places() =>
        Assert.Contains(
            Answer("remote-permissions", Report(Manifest, [])).Evidence,
            evidence =>
                evidence is { Kind: ApprovalEvidence.OfManifest, Place: "notes/manifest.yml:15:7" }
                && evidence.Text.Contains("as the app", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("remote-token-unverified", false, false, 1)]
    [InlineData("webtrigger-unauthenticated", false, false, 0)]
    [InlineData("webtrigger-unauthenticated", true, false, 4)]
    [InlineData("remote-token-unverified", true, false, 1)]
    [InlineData("remote-token-unverified", false, true, 130)]
    public void The_exit_code_says_whether_something_blocks(string rule, bool isIncomplete, bool isCancelled, int code)
    {
        var report = Report(Manifest, [Found(rule, Confidence.High)], isIncomplete ? [Judged("sql-injection", Verdict.Inconclusive)] : []) with
        {
            Cancelled = isCancelled,
        };
        Assert.Equal(code, Questionnaire.ExitCodeOf(report));
    }

    [Fact]
    public void Question_ids_are_unique_and_each_question_has_what_answers_it()
    {
        Assert.Equal(ApprovalQuestions.All.Count, ApprovalQuestions.All.Select(question => question.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(ApprovalQuestions.All, question => Assert.True(question.Rules.Count > 0 || question.ForPerson is not null));
        var known = Catalog.Scanners.Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        Assert.Contains(ApprovalQuestions.All.SelectMany(question => question.Rules), known.Contains);
    }

    [Theory]
    [InlineData("text", 80, ".80.txt")]
    [InlineData("text", 120, ".120.txt")]
    [InlineData("md", 0, ".md")]
    [InlineData("json", 0, ".json")]
    public void It_is_written_in_each_format(string format, int width, string extension)
    {
        var report = Report(
            Manifest,
            [
                Found("remote-token-unverified", Confidence.High),
                Found("webtrigger-unauthenticated", Confidence.Low, "webtrigger \u001b[31mon-build <img src=x> | `code` has no request.authentication"),
            ],
            Judged("remote-token-unverified", Verdict.Fail),
            Judged("webtrigger-unauthenticated", Verdict.Fail),
            Judged("authorization-missing", Verdict.Pass),
            Judged("data-authorization-missing", Verdict.Inconclusive),
            Judged("manifest-plain-http", Verdict.Pass),
            Judged("runtime-outdated", Verdict.NotApplicable)
        );
        using var stream = new MemoryStream();
        var options = new ReportOptions
        {
            Page = _ => null,
            Text = new TextStyle { Width = width },
        };
        ApprovalFormats.Find(format)!.Write(report, options, stream);
        var written = Encoding.UTF8.GetString(stream.ToArray());
        Assert.DoesNotContain('\u001b', written);
        if (format == "json")
        {
            Assert.Equal(1, (int)JsonNode.Parse(written)!["exitCode"]!);
        }

        Golden.Matches(written, extension);
    }

    private static ApprovalAnswer Answer(string question, ScanReport report) =>
        Assert.Single(Questionnaire.Of(report)).Answers.Single(answer => answer.Question.Id == question);

    private static Rule RuleOf(string id) => new(id, $"The rule {id}", Requirement.Forge1, Cvss: 5.3, Cwe: 306);

    private static Finding Found(string rule, Confidence confidence, string observed = "what was seen") =>
        new()
        {
            Rule = RuleOf(rule),
            Location = Location.OfFile("src/index.js", rule, 3, 1),
            Evidence = new Evidence(observed, "what is right"),
            Message = observed,
            Confidence = confidence,
            Fingerprint = rule,
        };

    private static RuleVerdict Judged(string rule, Verdict verdict) =>
        new(RuleOf(rule), verdict, $"{rule} because", [new PlaceVerdict(RuleOf(rule), verdict, null, $"{rule} because")]);

    private static ScanReport Report(string manifest, IReadOnlyList<Finding> findings, params IReadOnlyList<RuleVerdict> verdicts) =>
        new()
        {
            ToolVersion = "0.0.0",
            RunId = "test",
            Apps =
            [
                new AppReport
                {
                    App = new ForgeApp("1", "Notes")
                    {
                        Source = "notes/manifest.yml",
                        Manifest = Manifests.Read(manifest),
                        Folder = "notes",
                    },
                    Started = DateTimeOffset.UnixEpoch,
                    Duration = TimeSpan.Zero,
                    Scanners = [],
                    Findings = findings,
                    Verdicts = verdicts,
                    Coverage = Coverage.None,
                    Traffic = Traffic.None,
                },
            ],
        };
}
