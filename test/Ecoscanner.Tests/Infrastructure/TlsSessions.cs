using Ecoscanner.Probing;
using Ecoscanner.Tests.Core.Probing;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>Ways out to loopback servers of a test, by their ports.</summary>
internal static class TlsSessions
{
    private static readonly string[] Hosts = ["localhost", "127.0.0.1"];

    /// <summary>A session in whose scope these ports of loopback are, in a hurry.</summary>
    public static ProbeSession To(params IReadOnlyList<int> ports) => To(TimeSpan.FromSeconds(10), ports);

    public static ProbeSession To(TimeSpan timeout, params IReadOnlyList<int> ports)
    {
        var allowed = ports.SelectMany(port => Hosts.Select(host => $"{host}:{port}")).ToList();
        var options = Probes.Options with { RequestTimeout = timeout, AllowedPrivate = allowed, ApprovedHosts = allowed };
        return new ProbeSession(options, TimeProvider.System);
    }
}
