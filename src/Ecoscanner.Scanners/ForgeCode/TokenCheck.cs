using System.Text.RegularExpressions;
using Ecoscanner.Findings;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>Apps ask Atlassian's products with Forge's own calls, and never with a token of somebody's account.</summary>
internal static partial class TokenCheck
{
    private static readonly string[] HeaderNames = ["Authorization", "authorization", "AUTHORIZATION"];

    public static void Judge(CodeReview review)
    {
        var code = review.Code;
        var headers = new HeaderValues(code);
        // An app with an OAuth client of its own gets its tokens from there.
        var hasOwnClient = code.Places.Calls.Any(call =>
            call.Arguments.Count > 0 && UrlsOf(code, call.Arguments[0]).Any(url => url.Contains("auth.atlassian.com/oauth/token", StringComparison.Ordinal))
        );
        var count = 0;
        foreach (
            var (call, path) in code.CallsOf(path => Clients().IsMatch(path) || Products().IsMatch(path))
                .Where(call => call.Call.Kind is NodeKind.CallExpression or NodeKind.NewExpression)
        )
        {
            count++;
            Judge(review, call, path, headers.At(call), hasOwnClient);
        }

        if (count == 0)
        {
            review.OtherwiseNotApplicable(ForgeCodeScanner.TokenCollected, "the code sends no requests");
        }

        review.Otherwise(
            ForgeCodeScanner.TokenCollected,
            $"none of {count} {(count == 1 ? "request" : "requests")} goes to Atlassian with a token of an account"
        );
    }

    private static void Judge(CodeReview review, Node call, string path, SentHeaders sent, bool hasOwnClient)
    {
        var schemes = sent.Authorizations.Select(SchemeOf).OfType<string>().Concat(sent.HasPassword ? ["Basic"] : []).Distinct(StringComparer.Ordinal).ToList();
        if (schemes.Count == 0)
        {
            return;
        }

        var isProduct = Products().IsMatch(path);
        var target = isProduct ? AtlassianHosts.Product : sent.Urls.Select(AtlassianHosts.Judge).DefaultIfEmpty(AtlassianTarget.None).Max();
        if (target is AtlassianTarget.None)
        {
            return;
        }

        var isBasic = schemes.Contains("Basic", StringComparer.Ordinal);
        var isContainer = !isBasic && target is AtlassianTarget.Administration;
        var kind =
            isContainer ? "an API key of an organization"
            : isBasic ? "an API token of an account"
            : "a token";
        var isSure =
            target is not AtlassianTarget.Likely
            && (isBasic || isContainer || !hasOwnClient)
            && sent.Urls.All(url => isProduct || AtlassianHosts.Judge(url) > AtlassianTarget.None);
        var confidence =
            !isSure ? Confidence.Low
            : isBasic || isContainer ? Confidence.High
            : Confidence.Medium;
        var entries = review.Code.Reach.EntriesTo(call);
        review.Report(
            ForgeCodeScanner.TokenCollected,
            call,
            CodeSink.NameOf(call),
            new(
                $"{CodeSink.NameOf(call)} at {review.PlaceOf(call)} sends {kind} ({string.Join(", ", schemes)}) to {AtlassianHosts.Words(target)}{CodeReview.From(entries)}",
                "api.asUser().requestJira(route`…`) or api.asApp(), with the scopes of the manifest; Forge's own OAuth for what needs more"
            ),
            confidence
        );
    }

    private static string? SchemeOf(Value value) =>
        value.Pieces is [var first, ..] && Schemes().Match(first) is { Success: true } match
            ? char.ToUpperInvariant(match.Value[0]) + match.Value[1..].Trim().ToLowerInvariant()
            : null;

    internal static IEnumerable<string> UrlsOf(AppCode code, Node expression) =>
        code.Program.Values.Of(expression).Where(value => value.Pieces.Count > 0).Select(value => string.Join('\0', value.Pieces));

    internal static IEnumerable<Value> AuthorizationsIn(ValueSet headers) => headers.SelectMany(value => HeaderNames.SelectMany(name => value.Member(name)));

    [GeneratedRegex("^\\s*(basic|bearer) ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Schemes();

    [GeneratedRegex(
        """^(fetch|require\("@forge/api"\)(\.default)?\.fetch|require\("(axios|got|ky|superagent|needle|request|request-promise|request-promise-native|node-fetch|cross-fetch|isomorphic-fetch|undici)"\)(\.default)?(\.(create|extend|defaults)\(\))?(\.(get|post|put|patch|delete|head|options|request|fetch|stream|create|extend|defaults))?|require\("(node:)?https?"\)(\.default)?\.(get|request)|Request)$""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Clients();

    [GeneratedRegex(
        """^require\("@forge/(api|bridge)"\)(\.default)?(\.as(App|User)\(\))?\.request(Jira|Confluence|Bitbucket|Graph)$""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Products();
}
