using System.Net;
using Ecoscanner.Probing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing;

/// <summary>
/// Ways to make a scanner connect to where it must not. Each host is approved, so that the guard alone stands between it and the canary. None of these
/// tests opens a connection: <see cref="NetworkNamespaceTests"/> runs them again where any would be seen.
/// </summary>
public sealed class SsrfTests
{
    /// <summary>URLs; PORT is the canary's. Every name resolves to where <see cref="Names"/> says, others to 127.0.0.1.</summary>
    public static TheoryData<string> Tricks =>
        [
            // spellings of 127.0.0.1
            "http://127.0.0.1:PORT/",
            "http://127.1:PORT/",
            "http://127.0.1:PORT/",
            "http://2130706433:PORT/",
            "http://0x7f000001:PORT/",
            "http://0x7F.0x0.0x0.0x1:PORT/",
            "http://0x7f.1:PORT/",
            "http://0177.0.0.1:PORT/",
            "http://017700000001:PORT/",
            "http://0177.1:PORT/",
            "http://127.000.000.001:PORT/",
            "http://127.0.0.1.:PORT/",
            "http://127.0.0.1..:PORT/",
            "http://127.255.255.254:PORT/",
            "http://4294967297:PORT/",
            "http://256.256.256.256:PORT/",
            "http://１２７.０.０.１:PORT/",
            "http://127。0。0。1:PORT/",
            "http://127．0．0．1:PORT/",
            "http://127｡0｡0｡1:PORT/",
            "http://①②⑦.⓪.⓪.①:PORT/",
            "http://1.2.3.4.5:PORT/",
            // this machine by other names
            "http://0:PORT/",
            "http://0.0.0.0:PORT/",
            "http://0x0:PORT/",
            "http://localhost:PORT/",
            "http://LOCALHOST.:PORT/",
            "http://app.localhost:PORT/",
            "http://localhost.localdomain:PORT/",
            "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/",
            // private and special IPv4
            "http://10.0.0.1:PORT/",
            "http://10.1:PORT/",
            "http://172.16.0.1:PORT/",
            "http://172.31.255.255:PORT/",
            "http://192.168.0.1:PORT/",
            "http://192.168.257:PORT/",
            "http://3232235777:PORT/",
            "http://100.64.0.1:PORT/",
            "http://198.18.0.1:PORT/",
            "http://192.0.0.170:PORT/",
            "http://192.0.2.1:PORT/",
            "http://192.88.99.1:PORT/",
            "http://224.0.0.1:PORT/",
            "http://239.255.255.250:PORT/",
            "http://240.0.0.1:PORT/",
            "http://255.255.255.255:PORT/",
            // metadata of clouds
            "http://169.254.169.254/latest/meta-data/",
            "http://0xa9fea9fe/",
            "http://2852039166/",
            "http://0251.0376.0251.0376/",
            "http://169.254.43518/",
            "http://169.254.170.2/",
            "http://168.63.129.16/",
            "http://100.100.100.200/",
            "http://192.0.0.192/",
            "http://[fd00:ec2::254]/",
            "http://[fd20:ce::254]/",
            "http://[::ffff:169.254.169.254]/",
            "http://metadata.google.internal/",
            // IPv6
            "http://[::1]:PORT/",
            "http://[0:0:0:0:0:0:0:1]:PORT/",
            "http://[0000::0001]:PORT/",
            "http://[::]:PORT/",
            "http://[::ffff:127.0.0.1]:PORT/",
            "http://[::ffff:7f00:1]:PORT/",
            "http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/",
            "http://[::127.0.0.1]:PORT/",
            "http://[::ffff:0:127.0.0.1]:PORT/",
            "http://[64:ff9b::127.0.0.1]:PORT/",
            "http://[64:ff9b::10.0.0.1]:PORT/",
            "http://[64:ff9b::a9fe:a9fe]/",
            "http://[64:ff9b:1::7f00:1]:PORT/",
            "http://[2002:7f00:1::]:PORT/",
            "http://[2002:808:808::1]:PORT/",
            "http://[2001:0:7f00:1::]:PORT/",
            "http://[2a00:1450::5efe:7f00:1]:PORT/",
            "http://[2a00:1450::200:5efe:a00:1]:PORT/",
            "http://[fe80::1]:PORT/",
            "http://[fe80::1%25lo]:PORT/",
            "http://[::1%25lo]:PORT/",
            "http://[::1%251]:PORT/",
            "http://[fc00::1]:PORT/",
            "http://[fec0::1]:PORT/",
            "http://[ff02::1]:PORT/",
            "http://[100::1]:PORT/",
            "http://[2001:db8::1]:PORT/",
            "http://[3fff::1]:PORT/",
            "http://[5f00::1]:PORT/",
            "http://[4000::1]:PORT/",
            // who is the host?
            "http://good.example@127.0.0.1:PORT/",
            "http://good.example:80@127.0.0.1:PORT/",
            "http://127.0.0.1:PORT@good.example/",
            "http://127.0.0.1:PORT%2f@good.example/",
            "http://127.0.0.1:PORT\\@good.example/",
            "http://good.example\\@127.0.0.1:PORT/",
            "http://good.example#@127.0.0.1:PORT/",
            "http://good.example?@127.0.0.1:PORT/",
            "http://good.example:PORT/@127.0.0.1/",
            "http:\\\\127.0.0.1:PORT\\",
            "http:/127.0.0.1:PORT/",
            "http:127.0.0.1:PORT",
            "http:///127.0.0.1:PORT/",
            "http://127.0.0.1:PORT:80/",
            "http://127.0.0.1\t:PORT/",
            "http://127.0.0.1%00.good.example:PORT/",
            "http://%31%32%37.0.0.1:PORT/",
            "http://127.0.0\r\n.1:PORT/",
            "\thttp://127.0.0.1:PORT/",
            "http://127.0.0.1\u00ad:PORT/",
            "http://12\u200b7.0.0.1:PORT/",
            "http://127.0.0.1\ud800:PORT/",
            "http://\udc00.example:PORT/",
            "http://127.0.0.1\ufffd:PORT/",
            // no HTTP at all
            "file:///etc/passwd",
            "ftp://127.0.0.1:PORT/",
            "gopher://127.0.0.1:PORT/_x",
            "ws://127.0.0.1:PORT/",
            "unix:/var/run/docker.sock",
            "javascript:fetch('http://127.0.0.1:PORT/')",
            "//127.0.0.1:PORT/",
            "/relative",
            // names that lead there
            "http://127.0.0.1.nip.io:PORT/",
            "https://loopback4.example:PORT/",
            "https://loopback6.example:PORT/",
            "https://private.example:PORT/",
            "https://metadata.example/",
            "https://mapped.example:PORT/",
            "https://nat64.example:PORT/",
            "https://many.example:PORT/",
            "https://LoopBack4.EXAMPLE.:PORT/",
            "https://xn--bcher-kva.example:PORT/",
            "https://bücher.example:PORT/",
        ];

    private static readonly Dictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        ["loopback6.example"] = ["::1"],
        ["private.example"] = ["10.0.0.7"],
        ["metadata.example"] = ["169.254.169.254"],
        ["metadata.google.internal"] = ["169.254.169.254"],
        ["mapped.example"] = ["::ffff:127.0.0.1"],
        ["nat64.example"] = ["64:ff9b::7f00:1"],
        ["many.example"] = ["127.0.0.1", "::1", "192.168.1.1", "fd00::1", "169.254.169.254", "0.0.0.0"],
    };

    /// <summary>Names resolve as the test says; connections, if there were any, would be real ones.</summary>
    private static readonly Network Resolved = Network.Machine with
    {
        Resolve = (host, _) => Task.FromResult(Names.GetValueOrDefault(host, ["127.0.0.1"]).Select(IPAddress.Parse).ToArray()),
    };

    [Theory]
    [MemberData(nameof(Tricks))]
    public async Task A_trick_ends_without_a_connection(string trick)
    {
        await using var canary = LoopbackServer.Http(_ => new LoopbackAnswer(200, "you are in"));
        await using var canary6 = LoopbackServer.Http(_ => new LoopbackAnswer(200, "you are in"), address: IPAddress.IPv6Loopback);
        foreach (var port in new[] { canary.Port, canary6.Port })
        {
            await AssertRefusedAsync(trick.Replace("PORT", $"{port}", StringComparison.Ordinal), Probes.Options);
        }

        Assert.Equal(0, canary.Connections + canary6.Connections);
    }

    [Theory]
    [InlineData("http://127.0.0.1:PORT/", "localhost:PORT")]
    [InlineData("http://localhost:PORT/", "127.0.0.1:PORT")]
    [InlineData("http://127.0.0.1:PORT/", "127.0.0.1:1")]
    [InlineData("http://[::ffff:127.0.0.1]:PORT/", "127.0.0.1:PORT")]
    [InlineData("http://[::1]:PORT/", "127.0.0.1:PORT")]
    [InlineData("https://metadata.example:PORT/", "metadata.example:PORT")]
    [InlineData("https://sub.loopback4.example:PORT/", "loopback4.example:PORT")]
    public async Task An_exception_covers_the_host_and_port_as_written_and_no_other(string trick, string exception)
    {
        await using var canary = LoopbackServer.Http(_ => new LoopbackAnswer(200, "you are in"));
        string Filled(string text) => text.Replace("PORT", $"{canary.Port}", StringComparison.Ordinal);

        await AssertRefusedAsync(Filled(trick), Probes.Options with { AllowedPrivate = [Filled(exception)] });

        Assert.Equal(0, canary.Connections);
    }

    private static async Task AssertRefusedAsync(string trick, ProbeOptions options)
    {
        if (!Uri.TryCreate(trick, UriKind.RelativeOrAbsolute, out var url))
        {
            return;
        }

        if (url.IsAbsoluteUri && HostName.Of(url) is { } host && url.Port > 0)
        {
            options = options with { ApprovedHosts = [host, new HostPort(host, url.Port).ToString()] };
        }

        using var session = new ProbeSession(options, TimeProvider.System, new Pace(TimeProvider.System), Resolved);
        var answer = await session.Http.SendAsync(Probes.Get(url), CancellationToken.None);

        Assert.NotNull(answer.Failure);
        Assert.True(answer.Failure.Refused, $"{trick}: {answer.Failure}");
        var traffic = session.Traffic(1);
        Assert.Equal(0, traffic.Requests);
        Assert.Single(traffic.Refused);
    }
}
