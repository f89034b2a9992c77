using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ecoscanner.Apps;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Scanning;
using static Ecoscanner.Scanners.ForgeRemotes.ForgeRemotesScanner;

namespace Ecoscanner.Scanners.ForgeRemotes;

/// <summary>
/// Asks a route as a stranger does: without a token, then with forged ones, no further than the first that is let in. Nobody here has a genuine token,
/// so what an acceptance means is told by a path that cannot exist and by a text that is no token.
/// </summary>
internal sealed class RouteProbes(ScanContext context, ForgeApp app) : IDisposable
{
    private const string Nobody = "no token";

    private readonly InvocationTokens tokens = new(app, context.Time);

    // An empty object would be taken for a request about "undefined", which some databases take for everything.
    private readonly byte[] body = Encoding.UTF8.GetBytes(
        new JsonObject
        {
            ["call"] = new JsonObject
            {
                ["functionKey"] = $"{FakeIdentity.Prefix}function",
                ["payload"] = new JsonObject { ["id"] = FakeIdentity.FreshClientKey() },
            },
            ["context"] = new JsonObject { ["cloudId"] = FakeIdentity.FreshClientKey(), ["accountId"] = FakeIdentity.AccountId },
        }.ToJsonString()
    );

    public async Task ProbeAsync(ForgeRoute route, CancellationToken cancellationToken)
    {
        if (context.Http.Refusal(route.Url) is { } refusal)
        {
            Leave(route, refusal.Message, context.CauseOfSilence);
            return;
        }

        if (!context.Options.AllowStateChange)
        {
            Leave(route, "a POST to a route may change data at the remote: allow it with --allow-state-change", InconclusiveCause.NeedsOperator);
            return;
        }

        context.Progress($"asking {route.Component} without a token");
        var open = await SendAsync(route, Nobody, null, route.Url, cancellationToken);
        if (open.Failure is { } failure)
        {
            Leave(route, failure.Message, InconclusiveCause.CutShort);
        }
        else if (open.Succeeded)
        {
            await JudgeOpenAsync(route, open, cancellationToken);
            context.Cover(route.Place);
        }
        else
        {
            await ForgeAsync(route, open, cancellationToken);
            context.Cover(route.Place);
        }
    }

    public void Dispose() => tokens.Dispose();

    private async Task JudgeOpenAsync(ForgeRoute route, RouteAnswer open, CancellationToken cancellationToken)
    {
        var control = await SendAsync(route, "the same to a path that cannot exist", null, Sibling(route.Url), cancellationToken);
        if (control.Failure is not null || control.Succeeded)
        {
            Doubt(route, $"answers {open.Status} without a token, and a path that cannot exist gets {control.Words}: it may answer everything alike");
        }
        else if (!open.HasContent)
        {
            Doubt(route, $"answers {open.Status} without a token and says nothing, which does not show whether it acted");
        }
        else
        {
            Fail(route, $"a call without a token gets {open.Status} with content, a path that cannot exist {control.Words}", Confidence.Medium, open, control);
        }
    }

    private async Task ForgeAsync(ForgeRoute route, RouteAnswer open, CancellationToken cancellationToken)
    {
        context.Progress($"asking {route.Component} with forged tokens");
        var refused = new List<RouteAnswer> { open };
        foreach (var (purpose, token) in tokens.Forged())
        {
            var answer = await SendAsync(route, purpose, token, route.Url, cancellationToken);
            if (answer.Failure is { } failure)
            {
                context.Undecide(TokenUnverified, route.Place, $"{purpose}: {failure.Message}");
                return;
            }

            if (answer.Succeeded)
            {
                await JudgeAcceptedAsync(route, open, answer, token, cancellationToken);
                return;
            }

            refused.Add(answer);
        }

        await JudgeRefusedAsync(route, refused, cancellationToken);
    }

    private async Task JudgeAcceptedAsync(ForgeRoute route, RouteAnswer open, RouteAnswer accepted, string token, CancellationToken cancellationToken)
    {
        var garbage = await SendAsync(route, "a text that is no token", ImpossibleName(), route.Url, cancellationToken);
        var control = await SendAsync(route, "the same to a path that cannot exist", token, Sibling(route.Url), cancellationToken);
        if (control.Succeeded)
        {
            Doubt(route, $"{accepted.Purpose} gets {accepted.Status}, and so does a path that cannot exist: it may answer everything alike");
            return;
        }

        Fail(
            route,
            $"{accepted.Purpose} gets {accepted.Status}, while {Nobody} gets {open.Words} and a text that is no token {garbage.Words}",
            garbage is { Failure: null, Succeeded: false } ? Confidence.High : Confidence.Medium,
            open,
            accepted,
            garbage,
            control
        );
    }

    /// <summary>A refusal passes where it asks who is calling at least once, and where it is not what everything gets here.</summary>
    private async Task JudgeRefusedAsync(ForgeRoute route, List<RouteAnswer> refused, CancellationToken cancellationToken)
    {
        if (refused.Find(answer => answer.Status is < 400 or >= 500) is { } odd)
        {
            Doubt(route, $"{odd.Purpose}: {odd.Words}, which does not say whether it was the token that it missed");
            return;
        }

        if (refused.Find(answer => answer.AsksWho) is not { } refusal)
        {
            Doubt(route, $"{Nobody}: {refused[0].Words}, which does not say whether it was the token that it missed");
            return;
        }

        if (refused.TrueForAll(answer => answer.Status == 403))
        {
            var control = await SendAsync(route, "the same to a path that cannot exist", null, Sibling(route.Url), cancellationToken);
            if (control.Status == 403)
            {
                Doubt(route, "all get 403, and so does a path that cannot exist: something in front may refuse us altogether");
                return;
            }
        }

        context.Pass(TokenUnverified, route.Place, $"a call without a token and {refused.Count - 1} with forged ones refused: {refusal.Words}");
    }

    private async Task<RouteAnswer> SendAsync(ForgeRoute route, string purpose, string? token, Uri url, CancellationToken cancellationToken)
    {
        var request = new ProbeRequest("POST", url)
        {
            Purpose = purpose,
            Budget = BudgetLine.Route(route.Url),
            Headers = token is null ? [] : [new HeaderField("Authorization", $"Bearer {token}")],
            Body = body,
            ContentType = "application/json",
        };
        return RouteAnswer.Of(purpose, await context.Http.SendAsync(request, cancellationToken));
    }

    private static Uri Sibling(Uri url) => new(url, ImpossibleName());

    private static string ImpossibleName() => $"ecoscanner-control-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";

    private void Fail(ForgeRoute route, string observed, Confidence confidence, params IReadOnlyList<RouteAnswer> answers) =>
        context.Report(
            TokenUnverified,
            Location.OfEndpoint("POST", route.Url, route.Component),
            new Evidence(observed, "401 unless a token comes with it that Atlassian's key signed for this app")
            {
                Exchanges = [.. answers.Select(answer => answer.Exchange)],
            },
            confidence,
            $"{route.Component}: {observed}"
        );

    private void Doubt(ForgeRoute route, string reason) => context.Undecide(TokenUnverified, route.Place, reason, InconclusiveCause.Ambiguous);

    private void Leave(ForgeRoute route, string reason, InconclusiveCause cause)
    {
        context.Undecide(TokenUnverified, route.Place, reason, cause);
        context.Skip(route.Place, reason);
    }
}
