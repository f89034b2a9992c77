using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Ecoscanner.Apps;
using Ecoscanner.Cli.Configuration;
using Ecoscanner.Cli.Samples;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Scans;

/// <summary>
/// Scans the sample apps and compares what is found with what was planted. Connect samples are started on the loopback, and exactly their origins allowed;
/// those of Forge and Data Center are read from their files, and nothing is sent.
/// </summary>
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
        var files = SampleFolder.Files();
        await using var fleet = await SampleFolder.StartAsync(terminal, null, scan.Token);
        var rows = new List<SampleRow>();
        foreach (var sample in fleet.Samples)
        {
            Say($"Connect: {sample.Name}");
            rows.Add(SampleRow.Of(sample, await scan.ScanAsync(sample.DescriptorUrl.AbsoluteUri, For(sample, setup))));
        }

        using var packed = new PackedSamples();
        using var advisories = SampleAdvisories.Index(SampleFolder.Advisories(), packed.Folder, time.GetUtcNow(), scan.Token);
        var offline = setup with
        {
            Probing = setup.Probing with { Offline = true, LedgerFolder = null },
            Scanning = setup.Scanning with { Advisories = advisories, NoAdvisories = null },
        };
        foreach (var sample in files)
        {
            Say($"{sample.Hosting}: {sample.Name}");
            rows.Add(SampleRow.Of(sample, await scan.ScanAsync(packed.Target(sample), offline)));
        }

        var report = scan.Report;

        // The text of all samples is a thousand lines; who wants it says so, and gets it instead of the table.
        if (settings[Settings.Format].Origin == SettingValue.DefaultOrigin && !terminal.IsVerbose)
        {
            foreach (var line in SampleTable.Lines(rows, terminal.Width, new Paint(terminal.OutputHasColour)))
            {
                terminal.Output.WriteLine(line);
            }
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

        void Say(string sample) =>
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"scanning sample {rows.Count + 1} of {fleet.Samples.Count + files.Count}, {sample}"));
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
