using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Ecoscanner.Probing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing;

/// <summary>The dialer with a resolver and a connector of the test: which addresses would be connected to.</summary>
public sealed class DialerTests
{
    private const string Public = "93.184.216.34";

    private readonly ConcurrentQueue<string> dialled = new();

    [Fact]
    public async Task A_name_is_resolved_once_and_a_second_answer_has_no_effect()
    {
        var answers = new Queue<string>([Public, "127.0.0.1"]);
        using var session = Session(_ => [answers.Dequeue()]);

        await session.Http.SendAsync(Probes.Get(new Uri("http://app.example/")), CancellationToken.None);

        // Once for the request, which fails; its paid repetition resolves anew and is judged anew.
        Assert.Equal([$"{Public}:80"], dialled);
        Assert.Empty(answers);
        Assert.Contains(session.Traffic(1).Refused, refused => refused.Reason.Contains("loopback", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_mixed_addresses_only_the_reachable_ones_are_dialled()
    {
        using var session = Session(_ => ["10.0.0.1", Public, "::1", "2a00:1450::1", "169.254.169.254"]);

        await session.Http.SendAsync(Probes.Get(new Uri("http://app.example/")) with { Method = "POST" }, CancellationToken.None);

        Assert.Equal([$"{Public}:80", "[2a00:1450::1]:80"], dialled.Distinct());
    }

    [Fact]
    public async Task The_next_address_is_tried_where_one_does_not_answer()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200));
        using var session = Session(_ => ["2a00:1450::1", Public], server);

        var answer = await session.Http.SendAsync(Probes.Get(new Uri("http://app.example/")), CancellationToken.None);

        Assert.Equal(200, answer.Status);
        Assert.Equal(["[2a00:1450::1]:80", $"{Public}:80"], dialled);
        Assert.Equal("app.example", server.Requests[0].Header("Host"));
    }

    [Fact]
    public async Task A_silent_address_is_given_up_after_its_time()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200));
        var time = new ManualTime();
        using var session = Session(_ => ["2a00:1450::1", Public], server, time, silent: "2a00:1450::1");

        var sending = session.Http.SendAsync(Probes.Get(new Uri("http://app.example/")), CancellationToken.None);
        await Until(() => !dialled.IsEmpty);
        time.Advance(Dialer.ConnectTimeout);

        Assert.Equal(200, (await sending).Status);
    }

    [Fact]
    public async Task A_denied_address_is_not_dialled_by_a_name_either()
    {
        using var session = Session(_ => [Public], change: options => options with { DeniedHosts = [Public] });

        var answer = await session.Http.SendAsync(Probes.Get(new Uri("http://app.example/")), CancellationToken.None);

        Assert.Equal(ProbeFailureKind.Denied, answer.Failure!.Kind);
        Assert.Empty(dialled);
    }

    [Fact]
    public async Task A_name_without_address_is_said_to_have_none()
    {
        using var session = Session(_ => []);

        var answer = await session.Http.SendAsync(Probes.Get(new Uri("http://app.example/")), CancellationToken.None);

        Assert.Equal(ProbeFailureKind.NameNotResolved, answer.Failure!.Kind);
        Assert.Contains("app.example", answer.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handshake_without_request_is_judged_and_counted_too()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200));
        using var session = Session(
            host => [host == "app.example" ? Public : "127.0.0.1"],
            server,
            change: options => options with { ApprovedHosts = ["inside.example"] }
        );
        var dialer = session.Dialer;

        await (await dialer.ConnectAsync("app.example", 443, CancellationToken.None)).DisposeAsync();
        var refusal = await Assert.ThrowsAsync<ProbeException>(() => dialer.ConnectAsync("inside.example", 443, CancellationToken.None));
        await Assert.ThrowsAsync<ProbeException>(() => dialer.ConnectAsync("foreign.example", 443, CancellationToken.None));

        Assert.Equal(ProbeFailureKind.PrivateAddress, refusal.Failure.Kind);
        Assert.Equal([$"{Public}:443"], dialled);
        var traffic = session.Traffic(0);
        Assert.Equal((0, 1, 2), (traffic.Requests, traffic.Handshakes, traffic.Refused.Count));
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }

    /// <summary>Connections to public addresses end at the server, where there is one.</summary>
    private ProbeSession Session(
        Func<string, string[]> resolve,
        LoopbackServer? server = null,
        TimeProvider? time = null,
        string silent = "",
        Func<ProbeOptions, ProbeOptions>? change = null
    )
    {
        async Task<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken token)
        {
            dialled.Enqueue(endPoint.ToString());
            if (endPoint.Address.ToString() == silent)
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            return server is null || endPoint.AddressFamily == AddressFamily.InterNetworkV6
                ? throw new SocketException((int)SocketError.ConnectionRefused)
                : await Network.Machine.Connect(new IPEndPoint(IPAddress.Loopback, server.Port), token);
        }

        var network = new Network((host, _) => Task.FromResult(resolve(host).Select(IPAddress.Parse).ToArray()), ConnectAsync);
        time ??= TimeProvider.System;
        var session = new ProbeSession(change?.Invoke(Probes.Options) ?? Probes.Options, time, new Pace(time), network);
        session.Scope.Prove("app.example", 80);
        return session;
    }
}
