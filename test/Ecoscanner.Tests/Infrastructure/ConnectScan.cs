using System.Security.Cryptography.X509Certificates;
using Ecoscanner.Apps;
using Ecoscanner.Cli.Samples;
using Ecoscanner.Probing;
using Ecoscanner.Scanners.ConnectAuthentication;
using Ecoscanner.Scanning;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>Scans a loopback app through the real way out, at any pace.</summary>
internal static class ConnectScan
{
    /// <summary>Scans with the authentication scanner alone.</summary>
    public static Task<AppReport> RunAsync(ConnectAppServer server, ScanOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(server.DescriptorUrl, [server.Authority], [new ConnectAuthenticationScanner()], options ?? new ScanOptions(), cancellationToken);

    /// <summary>Scans a sample with every scanner.</summary>
    public static Task<AppReport> RunAsync(Sample sample, bool withTenant, CancellationToken cancellationToken)
    {
        var options = new ScanOptions
        {
            AllowStateChange = true,
            InstallBaseUrl = new Uri("https://samples.atlassian.net"),
            Tenant = withTenant && sample.TenantFile is { } file ? TestTenantReader.ReadFile(file, out _) : null,
            TrustedRoots = X509CertificateLoader.LoadCertificateFromFile(sample.TrustRoot) is var root ? [root] : [],
        };
        var scanners = ScannerCatalog.Of(typeof(ConnectAuthenticationScanner).Assembly).Scanners;
        return RunAsync(sample.DescriptorUrl, [.. sample.Origins.Select(origin => origin.Authority)], scanners, options, cancellationToken);
    }

    private static async Task<AppReport> RunAsync(
        Uri descriptor,
        IReadOnlyList<string> allowed,
        IReadOnlyList<IScanner> scanners,
        ScanOptions options,
        CancellationToken cancellationToken
    )
    {
        var probing = new ProbeOptions
        {
            RunId = "test",
            Rate = 10_000,
            Burst = 10_000,
            AllowedPrivate = allowed,
            RequestTimeout = TimeSpan.FromSeconds(10),
            TrustedRoots = options.TrustedRoots,
        };
        using var session = new ProbeSession(probing, TimeProvider.System);
        session.Scope.Name(descriptor);
        var answer = await session.Http.SendAsync(
            new ProbeRequest("GET", descriptor) { Budget = BudgetLine.Initial, Purpose = "descriptor" },
            cancellationToken
        );
        var app = ConnectDescriptorReader.Read(answer.Body, "test", descriptor);
        session.Scope.Prove(descriptor.Host, descriptor.Port);
        return await new ScanEngine(scanners, TimeProvider.System).ScanAsync(app, session, options, progress: null, cancellationToken);
    }
}
