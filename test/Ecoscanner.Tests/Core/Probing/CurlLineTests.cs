using System.Diagnostics;
using System.Text;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing;

/// <summary>The command line in the evidence, run by a real bash with a real curl against the same server: it must send what we sent.</summary>
public sealed class CurlLineTests : IDisposable
{
    private const string Genuine = "eyJ.genuine.token";

    private readonly string folder = Directory.CreateTempSubdirectory("ecoscanner-curl-").FullName;

    public static TheoryData<string, string, string, string?, string[]> Requests =>
        new()
        {
            { "GET", "/plain", "", null, [] },
            { "GET", "/a'b;rm -rf $HOME`id`?x={a,b}[1-3]&y=%27%22&z=$(id)#part", "", null, ["X-A: it's \"quoted\" $HOME `id` \\n !x"] },
            { "GET", "/%2e%2e/a/./b//c", "", null, ["X-Empty: ", "Accept: text/html"] },
            { "HEAD", "/head", "", null, [] },
            { "DELETE", "/delete", "", null, [] },
            { "POST", "/empty", "", null, [] },
            { "POST", "/json", "{\"a\":\"it's\",\n\t\"b\":\"$(id)\"}", "application/json", ["Authorization: JWT abc"] },
            { "POST", "/file", "@/etc/passwd", "text/plain", [] },
            { "POST", "/unicode", "ü\u202e\u001b[31m\\'", "text/plain; charset=utf-8", [] },
            { "PUT", "/untyped", "a=b", null, [] },
            { "POST", "/binary", "\0\u0080BINARY", "application/octet-stream", [] },
        };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task The_line_repeats_the_request(string method, string target, string body, string? type, string[] headers)
    {
        await using var server = LoopbackServer.Http(request => request.Method == "HEAD" ? new LoopbackAnswer(200) : new LoopbackAnswer(200, "ok"));
        using var session = Probes.For(server);
        var request = Probes.Get(
            server.Url(target),
            [.. headers.Select(header => header.Split(": ", 2)).Select(pair => new HeaderField(pair[0], pair[1]))]
        ) with
        {
            Method = method,
            Body = body.Contains("BINARY", StringComparison.Ordinal) ? Encoding.Latin1.GetBytes(body) : Encoding.UTF8.GetBytes(body),
            ContentType = type,
        };
        var curl = (await session.Http.SendAsync(request, CancellationToken.None)).Exchange.Curl;

        Assert.DoesNotContain(curl, c => c is < ' ' or > '~');
        var (status, output) = await BashAsync(curl);

        Assert.True(status == 0, $"{curl}\n{output}");
        Assert.Equal(2, server.Requests.Count);
        var (ours, theirs) = (server.Requests[0], server.Requests[1]);
        Assert.Equal((ours.Method, ours.Target), (theirs.Method, theirs.Target));
        Assert.Equal(ours.Body, theirs.Body);
        Assert.Equal(Told(ours), Told(theirs));
        Assert.StartsWith("curl/", theirs.Header("User-Agent"), StringComparison.Ordinal);
        Assert.Null(theirs.Header("X-Ecoscanner-Run"));
    }

    [Fact]
    public async Task Genuine_credentials_are_made_anew_by_the_command_in_the_line()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200));
        using var session = Probes.For(server);
        var placeholder = $"$(ecoscanner connect token --url {ShellWord.Of(server.Url("/it's?a=b").AbsoluteUri)} --claim \"a b\")";
        var request = Probes.Get(
            server.Url($"/it's?a=b&jwt={Genuine}&c=d"),
            new HeaderField("Authorization", $"JWT {Genuine}"),
            new HeaderField("X-Fake", "fake.token")
        ) with
        {
            Method = "POST",
            Body = Encoding.UTF8.GetBytes($"token={Genuine}'&x=1"),
            Secrets = [new ProbeSecret(Genuine, placeholder)],
        };
        var exchange = (await session.Http.SendAsync(request, CancellationToken.None)).Exchange;

        Assert.DoesNotContain(Genuine, exchange.ToString(), StringComparison.Ordinal);
        Assert.Contains("fake.token", exchange.Curl, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "ecoscanner"),
            "#!/bin/sh\nprintf '%s|' \"$@\" >> \"$(dirname \"$0\")/calls\"; echo >> \"$(dirname \"$0\")/calls\"; echo made.anew\n"
        );
        var (status, output) = await BashAsync($"chmod +x '{folder}/ecoscanner'; {exchange.Curl}");

        Assert.True(status == 0, output);
        var theirs = server.Requests[1];
        Assert.Equal("JWT made.anew", theirs.Header("Authorization"));
        Assert.Equal("/it's?a=b&jwt=made.anew&c=d", theirs.Target);
        Assert.Equal("token=made.anew'&x=1", Encoding.UTF8.GetString(theirs.Body));
        var calls = await File.ReadAllLinesAsync(Path.Combine(folder, "calls"));
        Assert.Equal(Enumerable.Repeat($"connect|token|--url|{server.Url("/it's?a=b")}|--claim|a b|", 3), calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Curl_is_told_to_go_on_where_only_the_operators_root_or_nobody_vouches(bool trusted)
    {
        var answer = await SendAsync(trusted, request => request);
        Assert.Contains(" --insecure ", answer.Exchange.Curl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_genuine_token_is_repeated_only_to_where_the_operators_root_vouches()
    {
        var answer = await SendAsync(trusted: true, request => request with { Secrets = [new ProbeSecret("genuine", "$(ecoscanner connect token)")] });
        Assert.Contains(" --cacert \"$ECOSCANNER_TRUST\" ", answer.Exchange.Curl, StringComparison.Ordinal);
        Assert.DoesNotContain("--insecure", answer.Exchange.Curl, StringComparison.Ordinal);
    }

    private static async Task<ProbeAnswer> SendAsync(bool trusted, Func<ProbeRequest, ProbeRequest> change)
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200), TestCertificates.Server(TestCertificates.Root.Leaf()));
        using var session = Probes.For(server, options => trusted ? options with { TrustedRoots = [TestCertificates.Root.Certificate] } : options);
        return await session.Http.SendAsync(change(Probes.Get(server.Url())), CancellationToken.None);
    }

    [Fact]
    public async Task Any_text_is_one_word_of_the_shell()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        const string Alphabet = "abc019'\"\\$`!#&|;<>(){}[]*?~^%@=+-_ \t\n\r\0\u0007\u001b\u007füß\u202e漢😀";
        var texts = Enumerable
            .Range(0, 300)
            .Select(_ =>
                string.Concat(Enumerable.Range(0, random.Next(0, 20)).Select(_ => Rune.GetRuneAt(Alphabet, RuneStart(random.Next(Alphabet.Length))).ToString()))
            )
            .Select(text => text.Replace("\0", "", StringComparison.Ordinal))
            .ToList();
        var script = string.Concat(texts.Select(text => $"printf '%s\\0' {ShellWord.Of(text)}\n"));

        var (status, output) = await BashAsync(script);

        Assert.Equal(0, status);
        Assert.True(string.Concat(texts.Select(text => text + "\0")) == output, $"seed {seed}");

        static int RuneStart(int index) => char.IsLowSurrogate(Alphabet[index]) ? index - 1 : index;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>The headers that are the request's own.</summary>
    private static IEnumerable<HeaderField> Told(LoopbackRequest request) =>
        request
            .Headers.Where(header =>
                header.Name is not ("Host" or "User-Agent" or "Accept-Encoding" or "Connection")
                && !header.Name.StartsWith("X-Ecoscanner", StringComparison.Ordinal)
                && header != new HeaderField("Accept", "*/*")
            )
            .OrderBy(header => header.Name, StringComparer.Ordinal);

    private async Task<(int Status, string Output)> BashAsync(string script)
    {
        var start = new ProcessStartInfo("bash", ["--norc", "-u"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = folder;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(script + "\n");
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, process.ExitCode == 0 ? await output : await output + await errors);
    }
}
