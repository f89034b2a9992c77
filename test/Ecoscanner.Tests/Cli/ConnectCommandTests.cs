using Ecoscanner.Apps;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

public sealed class ConnectCommandTests : IDisposable
{
    private const string Secret = "the-tenants-own-secret";
    private const string Url = "https://app.example.com/page?a=1";

    private readonly Desk desk = new();

    public ConnectCommandTests()
    {
        desk.Write(
            "tenant.json",
            $$$"""{"app": "a", "host": "app.example.com", "clientKey": "tenant-1", "sharedSecret": "{{{Secret}}}", "adminAccountId": "admin", "second": {"clientKey": "tenant-2", "sharedSecret": "other"}}"""
        );
        desk.Restrict("tenant.json", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        desk.Environment["ECOSCANNER_TENANT"] = "tenant.json";
    }

    [Theory]
    [InlineData("", "tenant-1", "admin", true)]
    [InlineData("--sub user", "tenant-1", "user", true)]
    [InlineData("--kind wrong-secret", "tenant-1", "admin", false)]
    [InlineData("--kind unsigned", "tenant-1", "admin", false)]
    [InlineData("--second", "tenant-2", "admin", false)]
    public async Task A_token_is_the_tenants_and_signed_by_it_alone(string options, string issuer, string account, bool signed)
    {
        var jwt = await TokenAsync(options);
        Assert.Equal(issuer, jwt.Claims.GetProperty("iss").GetString());
        Assert.Equal(account, jwt.Claims.GetProperty("sub").GetString());
        Assert.Equal(signed, jwt.IsSignedBy(JwtKey.Shared(Secret)));
    }

    [Fact]
    public async Task A_token_is_bound_to_its_request_and_time()
    {
        var expected = QueryStringHash.Of("POST", new Uri(Url), new Uri("https://app.example.com/"));
        Assert.Equal(expected, (await TokenAsync("--method POST")).Claims.GetProperty("qsh").GetString());
        Assert.NotEqual(expected, (await TokenAsync("")).Claims.GetProperty("qsh").GetString());
        Assert.NotEqual(expected, (await TokenAsync("--method POST --kind other-url")).Claims.GetProperty("qsh").GetString());
        Assert.Equal("context-qsh", (await TokenAsync("--kind context")).Claims.GetProperty("qsh").GetString());
        Assert.True((await TokenAsync("--kind expired")).Claims.GetProperty("exp").GetInt64() < DateTimeOffset.UtcNow.ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData(
        "--url https://evil.example/page",
        "--url is on evil.example, and the test tenant's credentials are for app.example.com only; use that host's URL"
    )]
    [InlineData("--url /page", "--url \"/page\" is no URL; write it whole")]
    [InlineData("--url https://app.example.com/ --tenant none.json", "none.json cannot be read")]
    public async Task A_token_for_another_host_is_not_made(string options, string complaint)
    {
        var outcome = await desk.RunAsync(["connect", "token", .. options.Split(' ')]);
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith($"ecoscanner: {complaint}", outcome.Error);
    }

    [Fact]
    public async Task Without_credentials_it_says_where_to_put_them()
    {
        desk.Environment.Remove("ECOSCANNER_TENANT");
        var outcome = await desk.RunAsync("connect", "token", "--url", Url);
        Assert.Equal(
            (2, "ecoscanner: no test tenant is known; name its file with --tenant, or set ECOSCANNER_TENANT to it\n"),
            (outcome.ExitCode, outcome.Error)
        );
    }

    [Fact]
    public async Task Credentials_can_be_given_when_asked_for_and_are_not_repeated()
    {
        using var asked = new Desk { Input = $"a\napp.example.com\ntenant-1\n{Secret}\n" };
        var outcome = await asked.RunAsync("connect", "token", "--url", Url, "--tenant", "-");
        Assert.True(Jwt.TryRead(outcome.Output.Trim(), out var jwt), outcome.Error);
        Assert.True(jwt.IsSignedBy(JwtKey.Shared(Secret)));
        Assert.Contains("its shared secret (not shown): ", outcome.Error);
        Assert.DoesNotContain(Secret, outcome.Error);
    }

    private async Task<Jwt> TokenAsync(string options)
    {
        var outcome = await desk.RunAsync(["connect", "token", "--url", Url, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.True(Jwt.TryRead(outcome.Output.Trim(), out var jwt));
        return jwt;
    }

    public void Dispose() => desk.Dispose();
}
