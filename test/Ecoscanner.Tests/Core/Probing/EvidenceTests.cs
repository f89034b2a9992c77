using System.Security.Cryptography;
using System.Text;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing;

/// <summary>What of a request and its answer is kept, and what never is.</summary>
public sealed class EvidenceTests : IDisposable
{
    private const string Genuine = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJ0ZW5hbnQifQ.signature";

    private readonly string folder = Directory.CreateTempSubdirectory("ecoscanner-bodies-").FullName;

    [Theory]
    [InlineData("Set-Cookie", "session=abc=; Path=/; Secure; HttpOnly; SameSite=None", "session=***; Path=/; Secure; HttpOnly; SameSite=None")]
    [InlineData("set-cookie", "abc", "***")]
    [InlineData("Location", "https://login.example/x?next=%2Fa&token=abc&flag#access_token=abc", "https://login.example/x?next=***&token=***&***#***")]
    [InlineData("Location", "https://user:password@login.example/?a=b", "https://***@login.example/?a=***")]
    [InlineData("Location", "//login.example", "//login.example")]
    [InlineData("Location", "/a@b?c", "/a@b?***")]
    [InlineData("WWW-Authenticate", "JWT realm=\"app\"", "JWT realm=\"app\"")]
    [InlineData("Strict-Transport-Security", "max-age=1", "max-age=1")]
    [InlineData("X-Customer", "Jane", null)]
    [InlineData("ETag", "\"v1\"", null)]
    public void Of_headers_only_what_says_nothing_about_users_is_kept(string name, string value, string? kept) =>
        Assert.Equal(kept, KeptHeaders.Of([new HeaderField(name, value)], []).Select(header => header.Value).SingleOrDefault());

    [Fact]
    public void Long_values_and_many_headers_are_cut()
    {
        var kept = KeptHeaders.Of(Enumerable.Repeat(new HeaderField("Server", new string('a', 100_000)), 500), []);
        Assert.Equal((64, 1001), (kept.Count, kept[0].Value.Length));
    }

    [Fact]
    public void Many_cookies_push_no_other_header_out()
    {
        var cookies = Enumerable.Range(0, 200).Select(i => new HeaderField("Set-Cookie", $"c{i}=1"));
        var kept = KeptHeaders.Of([.. cookies, new HeaderField("Strict-Transport-Security", "max-age=1")], []);
        Assert.Equal((65, "max-age=1"), (kept.Count, kept[^1].Value));
    }

    [Theory]
    [InlineData("Cache-Control")]
    [InlineData("Location")]
    [InlineData("referrer-policy")]
    [InlineData("Set-Cookie")]
    [InlineData("Strict-Transport-Security")]
    public void Of_values_that_a_verdict_rests_on_more_is_kept(string name)
    {
        var padded = $"a=***;{new string(' ', 8_000)};Secure";
        Assert.Equal(padded, KeptHeaders.Of([new HeaderField(name, padded)], [])[0].Value);
        Assert.Equal(8_193, KeptHeaders.Of([new HeaderField(name, $"{padded}{padded}")], [])[0].Value.Length);
    }

    [Theory]
    [InlineData("""{"id":1,"user":{"name":"Jane","mail":[{"to":"x"}]},"":2}""", "id,user,")]
    [InlineData("""  {"ünï":null}  """, "ünï")]
    [InlineData("""[{"a":1}]""", null)]
    [InlineData("\"text\"", null)]
    [InlineData("""{"a":1""", null)]
    [InlineData("""{"a":1}{"b":2}""", null)]
    [InlineData("""{"\ud800":1}""", null)]
    [InlineData("<html>", null)]
    [InlineData("", null)]
    public void Of_a_json_object_the_top_names_are_kept(string body, string? names) =>
        Assert.Equal(names?.Split(',') ?? [], JsonKeys.Of(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Names_of_json_have_a_limit_of_count_length_and_depth()
    {
        var many = $"{{{string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"{new string('k', 500)}{i}\":0"))}}}";
        var keys = JsonKeys.Of(Encoding.UTF8.GetBytes(many));
        Assert.Equal((50, 100), (keys.Count, keys[0].Length));
        Assert.Empty(JsonKeys.Of(Encoding.UTF8.GetBytes($"{{\"a\":{new string('[', 100_000)}")));
    }

    [Fact]
    public async Task The_kept_exchange_has_the_hash_and_length_but_no_value()
    {
        const string Body = """{"displayName":"Jane Doe","mail":"jane@example"}""";
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200, Body, new HeaderField("Set-Cookie", "sid=jane-session; Secure")));
        using var session = Probes.For(server);

        var exchange = (await session.Http.SendAsync(Probes.Get(server.Url("/x")), CancellationToken.None)).Exchange;

        Assert.Equal(Body.Length, exchange.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Body))), exchange.Hash);
        Assert.Equal(["displayName", "mail"], exchange.JsonKeys);
        var all = System.Text.Json.JsonSerializer.Serialize(session.Traffic(1));
        Assert.DoesNotContain("Jane", all, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_genuine_credential_is_kept_nowhere_even_where_the_app_echoes_it()
    {
        await using var server = LoopbackServer.Http(request => new LoopbackAnswer(
            302,
            $$"""{"{{Genuine}}":1}""",
            new HeaderField("Location", $"/{Genuine}?jwt={Genuine}"),
            new HeaderField("Server", $"echo {request.Header("Authorization")}"),
            new HeaderField("Content-Type", $"text/{Uri.EscapeDataString(Genuine)}")
        ));
        using var session = Probes.For(server);
        var request = Probes.Get(server.Url($"/{Genuine}?jwt={Genuine}"), new HeaderField("Authorization", $"JWT {Genuine}")) with
        {
            Secrets = [new ProbeSecret(Genuine, "$(ecoscanner connect token)")],
        };

        var answer = await session.Http.SendAsync(request, CancellationToken.None);

        Assert.Equal($"JWT {Genuine}", server.Requests[0].Header("Authorization"));
        Assert.Equal(302, answer.Status);
        var all = System.Text.Json.JsonSerializer.Serialize(session.Traffic(1));
        Assert.DoesNotContain("signature", all, StringComparison.Ordinal);
        Assert.Contains("?jwt=$(ecoscanner connect token)", answer.Exchange.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Raw_bodies_are_kept_only_where_the_operator_asks_for_them()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200, "raw"));
        using (var session = Probes.For(server))
        {
            await session.Http.SendAsync(Probes.Get(server.Url()), CancellationToken.None);
        }

        Assert.Empty(Directory.GetFileSystemEntries(folder));
        using (var session = Probes.For(server, options => options with { KeepBodiesIn = folder }))
        {
            await session.Http.SendAsync(Probes.Get(server.Url()), CancellationToken.None);
        }

        var file = Assert.Single(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
        Assert.Equal(Path.Combine(folder, "run-1", "0001.body"), file);
        Assert.Equal("raw", await File.ReadAllTextAsync(file));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task A_folder_for_bodies_that_cannot_be_written_is_noted_and_stops_nothing()
    {
        var file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "");
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200, "raw"));
        using var session = Probes.For(server, options => options with { KeepBodiesIn = Path.Combine(file, "below") });

        var answer = await session.Http.SendAsync(Probes.Get(server.Url()), CancellationToken.None);

        Assert.Equal(200, answer.Status);
        Assert.Contains("below", Assert.Single(session.Traffic(1).Notes), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
