using System.Security.Cryptography.X509Certificates;
using Ecoscanner.Apps;
using Ecoscanner.Cli.Samples;
using Ecoscanner.Probing;
using Ecoscanner.Scanners.ConnectAuthentication;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli.Samples;

/// <summary>The engine against the samples: every planted flaw is found, and nothing else.</summary>
public sealed class SampleScanTests(SampleFleetFixture fixture)
{
    private static readonly ScannerCatalog Catalog = ScannerCatalog.Of(typeof(ConnectAuthenticationScanner).Assembly);

    [Fact]
    public Task From_outside_each_sample_fails_the_rules_it_is_labelled_with_and_no_other() => CompareAsync(withTenant: false);

    [Fact]
    public Task With_a_test_tenant_each_sample_fails_the_rules_it_is_labelled_with_and_no_other() => CompareAsync(withTenant: true);

    private async Task CompareAsync(bool withTenant)
    {
        var samples = (await fixture.FleetAsync()).Samples;
        var reports = await Task.WhenAll(samples.Select(sample => ScanAsync(sample, withTenant)));

        var expected = samples.Select(sample => $"{sample.Name}: {Words(Labels(sample, withTenant))}");
        var found = samples.Zip(reports, (sample, report) => $"{sample.Name}: {Words(Failures(report))}");
        Assert.Equal(expected, found);
    }

    private static IEnumerable<string> Labels(Sample sample, bool withTenant) =>
        (withTenant ? sample.Expected.Fails.WithTenant : sample.Expected.Fails.WithoutTenant).Where(rule => Catalog.Rule(rule) is not null);

    private static IEnumerable<string> Failures(AppReport report) =>
        report.Findings.Where(finding => finding.Rule.RaisesTickets).Select(finding => finding.Rule.Id);

    private static string Words(IEnumerable<string> rules) => string.Join(", ", rules.Distinct().Order(StringComparer.Ordinal));

    private static async Task<AppReport> ScanAsync(Sample sample, bool withTenant)
    {
        var origin = sample.Origins[0];
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(sample.TrustRoot);
        using var session = new ProbeSession(
            new ProbeOptions
            {
                RunId = "samples",
                Rate = 10_000,
                Burst = 1_000,
                RequestTimeout = TimeSpan.FromMinutes(2), // the machine may be busy; no sample hangs
                AllowedPrivate = [origin.Authority],
                TrustedRoots = roots,
            },
            TimeProvider.System
        );
        var options = new ScanOptions
        {
            AllowStateChange = true,
            InstallBaseUrl = new Uri("https://samples.example"),
            Tenant = withTenant && sample.TenantFile is { } file ? TestTenantReader.ReadFile(file, out _) : null,
            TrustedRoots = roots,
        };

        session.Scope.Prove(origin.Host, origin.Port);
        var request = new ProbeRequest("GET", sample.DescriptorUrl) { Budget = BudgetLine.Initial, Purpose = "descriptor" };
        var descriptor = await session.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(descriptor.Succeeded, $"{sample.Name}: {descriptor.Failure?.Message}");
        var app = ConnectDescriptorReader.Read(descriptor.Body, sample.DescriptorUrl.AbsoluteUri, sample.DescriptorUrl, options.Tenant?.Context);
        return await new ScanEngine(Catalog.Scanners, TimeProvider.System).ScanAsync(
            app,
            session,
            options,
            progress: null,
            TestContext.Current.CancellationToken
        );
    }
}
