using System.Security.Cryptography.X509Certificates;
using Ecoscanner.Probing;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>Ways out to loopback servers of a test.</summary>
internal static class TlsSessions
{
    /// <summary>A session in whose scope these ports of loopback are, in a hurry.</summary>
    public static ProbeSession To(TimeSpan? timeout = null, X509Certificate2Collection? roots = null, params int[] ports)
    {
        string[] hosts = ["localhost", "127.0.0.1"];
        var session = new ProbeSession(
            new ProbeOptions
            {
                RunId = "test",
                Rate = 10_000,
                Burst = 10_000,
                RequestTimeout = timeout ?? TimeSpan.FromSeconds(10),
                AllowedPrivate = [.. ports.SelectMany(port => hosts.Select(host => $"{host}:{port}"))],
                TrustedRoots = roots ?? [],
            },
            TimeProvider.System
        );
        foreach (var port in ports)
        {
            foreach (var host in hosts)
            {
                session.Scope.Prove(host, port);
            }
        }

        return session;
    }
}
