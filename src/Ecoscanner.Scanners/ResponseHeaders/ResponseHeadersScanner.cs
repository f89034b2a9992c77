using Ecoscanner.Apps;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.ResponseHeaders;

/// <summary>Judges the headers of the answers that other scanners got, refusals included (Connect 7.2, 7.3 and 7.4). Sends nothing itself.</summary>
public sealed class ResponseHeadersScanner : IScanner
{
    public static readonly Rule WeakReferrerPolicy = new(
        "referrer-policy-weak",
        "Pages should keep their URL to themselves",
        Requirement.Connect72,
        Cvss: 3.1,
        Cwe: 200
    );
    public static readonly Rule WeakCacheControl = new(
        "cache-control-weak",
        "Answers with users' data should not be stored",
        Requirement.Connect73,
        Cvss: 3.1,
        Cwe: 525
    );
    public static readonly Rule WeakCookies = new(
        "cookie-attributes-weak",
        "Session cookies should be Secure, HttpOnly and SameSite",
        Requirement.Connect74,
        Cvss: 4.3,
        Cwe: 614
    );

    public string Name => "response-headers";

    public int Version => 1;

    public IReadOnlyList<Rule> Rules => [WeakReferrerPolicy, WeakCacheControl, WeakCookies];

    public TimeSpan TimeLimit => TimeSpan.FromMinutes(1);

    public bool RunsLast => true;

    public bool AppliesTo(App app) => app is ConnectApp or ForgeApp { HasServers: true };

    public int PlannedRequests(App app, ScanOptions options) => 0;

    public Task ScanAsync(ScanContext context, CancellationToken cancellationToken)
    {
        var answers = AppAnswer.Of(context.App, context.Http.Exchanges).ToList();
        // One verdict an endpoint, however often it was asked: the worst answer speaks for it.
        foreach (var endpoint in answers.GroupBy(answer => answer.Location.Identity, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            JudgeReferrerPolicy(context, [.. endpoint.Where(answer => answer.IsPage)]);
            JudgeCacheControl(context, [.. endpoint.Where(answer => answer.IsPage || answer.IsJson)]);
        }

        JudgeCookies(context, answers);
        foreach (var rule in Rules.Where(rule => answers.Count == 0))
        {
            // Whether that makes the scan incomplete is said by those who asked.
            context.Undecide(rule, null, "no URL of the app gave an answer", InconclusiveCause.Ambiguous);
        }

        if (answers.Count > 0 && !answers.Exists(answer => answer.IsPage))
        {
            context.NotApplicable(WeakReferrerPolicy, null, "no answer was a page");
        }

        if (answers.Count > 0 && !answers.Exists(answer => answer.IsPage || answer.IsJson))
        {
            context.NotApplicable(WeakCacheControl, null, "no answer was a page or JSON");
        }

        return Task.CompletedTask;
    }

    private static void JudgeReferrerPolicy(ScanContext context, IReadOnlyList<AppAnswer> answers)
    {
        var weak = answers.FirstOrDefault(answer =>
            ReferrerPolicy.Effective(answer.Values("Referrer-Policy")) is not { } policy || ReferrerPolicy.Leaks(policy)
        );
        if (weak is not null)
        {
            var observed = ReferrerPolicy.Effective(weak.Values("Referrer-Policy")) is { } policy ? $"Referrer-Policy is {policy}" : "no valid Referrer-Policy";
            Report(context, WeakReferrerPolicy, weak, observed, "Referrer-Policy: strict-origin-when-cross-origin, or stricter");
        }
        else if (answers is [var first, ..])
        {
            context.Pass(WeakReferrerPolicy, first.Place, $"Referrer-Policy is {ReferrerPolicy.Effective(first.Values("Referrer-Policy"))}");
        }
    }

    private static void JudgeCacheControl(ScanContext context, IReadOnlyList<AppAnswer> answers)
    {
        if (answers is not [var first, ..])
        {
            return;
        }

        if (first.MayBeCached is { } why)
        {
            context.NotApplicable(WeakCacheControl, first.Place, why);
        }
        else if (answers.FirstOrDefault(answer => !CacheControl.ForbidsStoring(answer.Values("Cache-Control"))) is { } weak)
        {
            var value = string.Join(", ", weak.Values("Cache-Control"));
            Report(context, WeakCacheControl, weak, value.Length == 0 ? "no Cache-Control" : $"Cache-Control is {value}", "Cache-Control: no-store");
        }
        else
        {
            context.Pass(WeakCacheControl, first.Place, "Cache-Control has no-store");
        }
    }

    private static void JudgeCookies(ScanContext context, IReadOnlyList<AppAnswer> answers)
    {
        var now = context.Time.GetUtcNow();
        foreach (var host in answers.GroupBy(answer => answer.Host.Identity, StringComparer.Ordinal))
        {
            var cookies = host.SelectMany(answer => answer.Values("Set-Cookie").Select(header => (Answer: answer, Cookie: SetCookie.Parse(header, now))))
                .Where(set => set.Cookie is { IsSession: true, Removed: false })
                .DistinctBy(set => set.Cookie!)
                .ToList();
            var weak = cookies.Where(set => set.Cookie!.Lacks.Count > 0).ToList();
            var location = host.First().Host;
            if (weak.Count > 0)
            {
                context.Report(
                    WeakCookies,
                    location,
                    new Evidence(
                        string.Join("; ", weak.Select(set => $"cookie {set.Cookie!.Name} lacks {string.Join(", ", set.Cookie.Lacks)}")),
                        "Secure, HttpOnly and SameSite on every session cookie"
                    )
                    {
                        Exchanges = [.. weak.Select(set => set.Answer.Exchange).Distinct()],
                    },
                    Confidence.Medium
                );
            }
            else
            {
                context.Pass(
                    WeakCookies,
                    location.ToString(),
                    cookies.Count == 0 ? "no answer sets a session cookie" : $"each of {cookies.Count} session cookies has Secure, HttpOnly and SameSite"
                );
            }
        }
    }

    private static void Report(ScanContext context, Rule rule, AppAnswer answer, string observed, string expected) =>
        context.Report(
            rule,
            answer.Location,
            new Evidence($"{observed}, on an answer with status {answer.Exchange.Status}", expected) { Exchanges = [answer.Exchange] },
            // What holds for a refusal may not hold for the page behind it.
            answer.Exchange.Status < 400
                ? Confidence.Medium
                : Confidence.Low
        );
}
