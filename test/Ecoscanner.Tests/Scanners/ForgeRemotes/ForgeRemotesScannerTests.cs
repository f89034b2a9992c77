using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Scanners.ForgeRemotes;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners.ForgeRemotes;

public sealed class ForgeRemotesScannerTests : IDisposable
{
    private const string Rule = "remote-token-unverified";
    private const string AppId = "ari:cloud:ecosystem::app/11111111-1111-1111-1111-111111111111";

    private static readonly ScanOptions Allowed = new() { AllowStateChange = true };

    private readonly Desk desk = new();
    private readonly RSA atlassian = RSA.Create(2048);

    [Fact]
    public async Task A_remote_that_verifies_its_tokens_passes_and_would_let_the_platform_in()
    {
        await using var server = LoopbackServer.Http(request => Answer(request, Verifies));
        var report = await ScanAsync(server, Allowed);
        Assert.True(report.VerdictOf(Rule) == Verdict.Pass, report.ReasonOf(Rule));
        Assert.Equal(["", "none", "RS256", "RS256", "RS256", "RS256"], server.Requests.Select(request => TokenOf(request) is { } token ? token.Algorithm : ""));
        Assert.Equal(200, Answer(new LoopbackRequest("POST", "/api/notes", [new("Authorization", $"Bearer {Genuine()}")], []), Verifies).Status);
    }

    public static TheoryData<string, string, Confidence, int> Flaws =>
        new()
        {
            { "looks at nothing", "a call without a token gets 200", Confidence.Medium, 2 },
            { "wants any text", "a token with alg none gets 200, while no token gets 401 and a text that is no token 200", Confidence.Medium, 4 },
            { "reads the claims only", "a token with alg none gets 200, while no token gets 401 and a text that is no token 401", Confidence.High, 4 },
            { "takes any RS256", "a token signed with a key that is not Atlassian's gets 200", Confidence.High, 5 },
            { "takes other apps", "a token for another app, signed with a key that is not Atlassian's gets 200", Confidence.High, 7 },
        };

    [Theory]
    [MemberData(nameof(Flaws))]
    public async Task A_remote_that_lets_strangers_in_fails_with_the_requests_that_show_it(string flaw, string observed, Confidence confidence, int requests)
    {
        Func<Jwt?, string?, bool> accepts = flaw switch
        {
            "looks at nothing" => (_, _) => true,
            "wants any text" => (_, text) => text is not null,
            "reads the claims only" => (token, _) => token is not null && Says(token, "aud", AppId) && Says(token, "iss", "forge/invocation-token"),
            "takes any RS256" => (token, _) => token?.Algorithm == "RS256",
            "takes other apps" => (token, _) => token is not null && !Says(token, "aud", AppId),
            _ => throw new ArgumentOutOfRangeException(nameof(flaw)),
        };
        await using var server = LoopbackServer.Http(request => Answer(request, accepts));
        var report = await ScanAsync(server, Allowed);
        var finding = Assert.Single(report.Findings);
        Assert.Contains(observed, finding.Message, StringComparison.Ordinal);
        Assert.Equal((Rule, confidence, "endpoint/notes"), (finding.Rule.Id, finding.Confidence, finding.Location.Component));
        Assert.Equal(requests, server.Requests.Count);
        Assert.InRange(server.Requests.Count, 1, new ForgeRemotesScanner().PlannedRequests(report.App, Allowed));
        Assert.NotEmpty(finding.Evidence.Exchanges);
    }

    public static TheoryData<string, string> Doubts =>
        new()
        {
            { "everything gets 200", "a path that cannot exist gets 200: it may answer everything alike" },
            { "nothing is said", "says nothing, which does not show whether it acted" },
            { "everything gets 403", "something in front may refuse us altogether" },
            { "everything gets 404", "404, which does not say whether it was the token" },
            { "everything gets 500", "500, which does not say whether it was the token" },
            { "a redirect", "302, which does not say whether it was the token" },
        };

    [Theory]
    [MemberData(nameof(Doubts))]
    public async Task An_answer_that_proves_nothing_is_no_verdict(string kind, string reason)
    {
        await using var server = LoopbackServer.Http(request =>
            kind switch
            {
                "everything gets 200" => new(200, "{}"),
                "nothing is said" => request.Target == "/api/notes" ? new(204) : new(404),
                "everything gets 403" => new(403),
                "everything gets 404" => new(404),
                "everything gets 500" => new(500),
                _ => new(302, "", new HeaderField("Location", "/login")),
            }
        );
        var report = await ScanAsync(server, Allowed);
        Assert.Equal(Verdict.Inconclusive, report.VerdictOf(Rule));
        Assert.Contains(reason, report.ReasonOf(Rule), StringComparison.Ordinal);
        Assert.True(report.Complete);
    }

    [Fact]
    public async Task A_remote_that_cannot_be_reached_leaves_the_scan_incomplete()
    {
        await using var server = LoopbackServer.Tcp((_, _) => Task.CompletedTask);
        var report = await ScanAsync(server, Allowed);
        Assert.Equal(Verdict.Inconclusive, report.VerdictOf(Rule));
        Assert.False(report.Complete);
    }

    [Theory]
    [InlineData(true, false, "allow it with --allow-state-change")]
    [InlineData(false, true, "approve it with --approve-host")]
    public async Task Without_consent_nothing_is_sent_and_the_way_out_is_said(bool approves, bool allows, string reason)
    {
        await using var server = LoopbackServer.Http(_ => new(200, "{}"));
        var report = await ScanAsync(server, new ScanOptions { AllowStateChange = allows }, approves ? null : []);
        Assert.Equal(0, server.Connections);
        Assert.Contains(reason, report.ReasonOf(Rule), StringComparison.Ordinal);
        Assert.True(report.Complete);
        Assert.Contains(report.Coverage.Gaps, gap => gap.Place.StartsWith("POST http", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_request_names_exists_nowhere()
    {
        await using var server = LoopbackServer.Http(request => Answer(request, Verifies));
        await ScanAsync(server, Allowed);
        var token = TokenOf(server.Requests[2])!;
        Assert.StartsWith("forge/invocation-token/wf-", token.KeyId);
        Assert.All(
            (string[])["installationId", "apiBaseUrl"],
            name => Assert.Contains(FakeIdentity.Prefix, token.Claims.GetProperty("app").GetProperty(name).GetString(), StringComparison.Ordinal)
        );
        Assert.All(server.Requests, request => Assert.Contains(FakeIdentity.Prefix, JsonNode.Parse(request.Body)!["context"]!["cloudId"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_remote_without_endpoints_is_not_passed()
    {
        var app = RemoteScan.Read(desk, $"app: {{id: '{AppId}'}}\nmodules: {{}}\nremotes: [{{key: r, baseUrl: 'https://notes.example.com'}}]\n");
        var report = await RemoteScan.RunAsync(app, Allowed, [], new ForgeRemotesScanner());
        Assert.Contains("does not tell which of their paths are called", report.ReasonOf(Rule), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        desk.Dispose();
        atlassian.Dispose();
    }

    private bool Verifies(Jwt? token, string? text) =>
        token is not null
        && token.IsSignedBy(JwtKey.Asymmetric(atlassian, null))
        && Says(token, "aud", AppId)
        && Says(token, "iss", "forge/invocation-token")
        && token.Claims.GetProperty("exp").GetInt64() > TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private string Genuine() =>
        Jwt.Make(
            new JsonObject
            {
                ["aud"] = AppId,
                ["iss"] = "forge/invocation-token",
                ["exp"] = TimeProvider.System.GetUtcNow().AddMinutes(1).ToUnixTimeSeconds(),
            },
            JwtKey.Asymmetric(atlassian, "forge/invocation-token/wf-1")
        );

    private static LoopbackAnswer Answer(LoopbackRequest request, Func<Jwt?, string?, bool> accepts) =>
        request is not { Method: "POST", Target: "/api/notes" } ? new(404, "{}")
        : accepts(TokenOf(request), request.Header("Authorization")) ? new(200, "{\"notes\":[1]}")
        : new(401, "{}");

    private static Jwt? TokenOf(LoopbackRequest request) =>
        request.Header("Authorization") is { } header && Jwt.TryRead(header.Replace("Bearer ", "", StringComparison.Ordinal), out var token) ? token : null;

    private static bool Says(Jwt token, string claim, string value) =>
        token.Claims.TryGetProperty(claim, out var found) && found.ValueKind == JsonValueKind.String && found.GetString() == value;

    private Task<AppReport> ScanAsync(LoopbackServer server, ScanOptions options, IReadOnlyList<string>? approved = null) =>
        RemoteScan.RunAsync(
            RemoteScan.Read(
                desk,
                $$"""
                app:
                  id: '{{AppId}}'
                modules:
                  scheduledTrigger: [{key: s, endpoint: notes, interval: hour}]
                  endpoint: [{key: notes, remote: server, route: {path: /api/notes} }]
                remotes:
                  - key: server
                    baseUrl: '{{server.Url().AbsoluteUri.TrimEnd('/')}}'
                """
            ),
            options,
            approved,
            new ForgeRemotesScanner()
        );
}
