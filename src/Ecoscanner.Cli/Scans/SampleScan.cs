using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Ecoscanner.Apps;
using Ecoscanner.Cli.Configuration;
using Ecoscanner.Cli.Samples;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Scans;

/// <summary>Scans the sample apps: starts them on the loopback, allows exactly their origins, and compares what is found with what was planted.</summary>
internal static class SampleScan
{
    // The samples are ours and on this machine; nobody is disturbed.
    private const double Rate = 100;
    private const int Burst = 50;

    public static async Task<int> RunAsync(ResolvedSettings settings, Terminal terminal, TimeProvider time)
    {
        var setup = ScanSetup.Of(settings, terminal, time);
        if (settings[Settings.Rate].Origin == SettingValue.DefaultOrigin)
        {
            setup = setup with { Probing = setup.Probing with { Rate = Rate, Burst = Burst } };
        }

        // What was planted is no reason to fail.
        setup = setup with
        {
            Reporting = setup.Reporting with { Policy = setup.Reporting.Policy with { FailOn = null } },
        };
        using var scan = new DeskScan(terminal, setup.Probing.RunId, time) { ShowsPlan = false };
        await using var fleet = await SampleFolder.StartAsync(terminal, null, scan.Token);
        var rows = new List<SampleRow>();
        foreach (var sample in fleet.Samples)
        {
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"scanning sample {rows.Count + 1} of {fleet.Samples.Count}: {sample.Name}"));
            rows.Add(new SampleRow(sample, await scan.ScanAsync(sample.DescriptorUrl.AbsoluteUri, For(sample, setup))));
        }

        var report = scan.Report;

        // The text of all samples is a thousand lines; who wants it says so, and gets it instead of the table.
        if (settings[Settings.Format].Origin == SettingValue.DefaultOrigin && !terminal.IsVerbose)
        {
            SampleTable.Print(rows, terminal);
        }
        else
        {
            foreach (var output in setup.Outputs)
            {
                output.Write(report, setup.Reporting, terminal.OutputStream);
            }
        }

        return report.Cancelled ? ExitCode.Interrupted
            : rows.TrueForAll(row => row.IsAsPlanted) ? ExitCode.Clean
            : rows.Exists(row => !row.WasScanned) ? ExitCode.Incomplete
            : ExitCode.Findings;
    }

    /// <summary>Exactly what this sample needs: its origins, its root, its tenant; its state may change, for it ends with this command.</summary>
    private static ScanSetup For(Sample sample, ScanSetup setup)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(sample.TrustRoot);
        return setup with
        {
            Probing = setup.Probing with
            {
                AllowedPrivate = [.. sample.Origins.Select(origin => $"{origin.Host}:{origin.Port}")],
                TrustedRoots = roots,
                LedgerFolder = null,
            },
            Scanning = setup.Scanning with
            {
                AllowStateChange = true,
                Tenant = sample.TenantFile is null ? null : TestTenantReader.ReadFile(sample.TenantFile, out _),
                TrustedRoots = roots,
            },
        };
    }
}
