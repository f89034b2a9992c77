using Ecoscanner.Apps;
using Ecoscanner.Probing;
using Ecoscanner.Scanners.ConnectAuthentication;
using Ecoscanner.Scanning;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>Scans a loopback app with one scanner, through the real way out.</summary>
internal static class ConnectScan
{
    public static async Task<AppReport> RunAsync(
        ConnectAppServer server,
        ScanOptions? options = null,
        IScanner? scanner = null,
        CancellationToken cancellationToken = default
    )
    {
        using var session = new ProbeSession(
            new ProbeOptions
            {
                RunId = "test",
                Rate = 10_000,
                Burst = 10_000,
                AllowedPrivate = [server.Authority],
                RequestTimeout = TimeSpan.FromSeconds(5),
            },
            TimeProvider.System
        );
        session.Scope.Name(server.DescriptorUrl);
        var answer = await session.Http.SendAsync(
            new ProbeRequest("GET", server.DescriptorUrl) { Budget = BudgetLine.Initial, Purpose = "descriptor" },
            cancellationToken
        );
        var app = ConnectDescriptorReader.Read(answer.Body, "test", server.DescriptorUrl);
        session.Scope.Prove(server.BaseUrl.Host, server.BaseUrl.Port);
        return await new ScanEngine([scanner ?? new ConnectAuthenticationScanner()], TimeProvider.System).ScanAsync(
            app,
            session,
            options ?? new ScanOptions(),
            progress: null,
            cancellationToken
        );
    }
}
