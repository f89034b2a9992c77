using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecoscanner.Cli.Configuration;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Probing;
using Ecoscanner.Probing.Signing;
using Ecoscanner.Reports;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Cli.Scans;

/// <summary>A scan as the settings want it, everything read and checked before the first request.</summary>
internal sealed record ScanSetup
{
    public required ProbeOptions Probing { get; init; }

    public required ScanOptions Scanning { get; init; }

    public required ReportOptions Reporting { get; init; }

    public required IReadOnlyList<ReportOutput> Outputs { get; init; }

    /// <summary>Findings do not change the exit code.</summary>
    public required bool ExitZero { get; init; }

    // Given as flags, another scan of the same app needs them again; from the environment or the file they come by themselves.
    private static readonly Setting[] AgainNeeded =
    [
        Settings.ApproveHost,
        Settings.AllowPrivate,
        Settings.Trust,
        Settings.Vex,
        Settings.Tenant,
        Settings.AllowStateChange,
        Settings.InstallBaseUrl,
    ];

    /// <summary>Turns settings into a scan, and tells the person about ignores that no longer hold.</summary>
    /// <exception cref="ExitException">Something they name cannot be used.</exception>
    public static ScanSetup Of(ResolvedSettings settings, Terminal terminal, TimeProvider time)
    {
        TellExpired(settings.File, terminal, time);
        var report = Report(settings, terminal);
        var roots = TrustedRoots(settings.Many(Settings.Trust));
        var advisories = AdvisorySource.Open();
        return new ScanSetup
        {
            Probing = Identified(terminal, time) with
            {
                Rate = double.Parse(settings.One(Settings.Rate)!, CultureInfo.InvariantCulture),
                Burst = int.Parse(settings.One(Settings.Burst)!, CultureInfo.InvariantCulture),
                RequestTimeout = Durations.Parse(settings.One(Settings.Timeout)!)!.Value,
                Offline = settings.IsOn(Settings.Offline),
                ApprovedHosts = settings.Many(Settings.ApproveHost),
                DeniedHosts = settings.Many(Settings.DenyHost),
                AllowedPrivate = settings.Many(Settings.AllowPrivate),
                TrustedRoots = roots,
                KeepBodiesIn = settings.One(Settings.KeepBodies),
                LedgerFolder = DeskKey.Folder(),
            },
            Scanning = new ScanOptions
            {
                AllowStateChange = settings.IsOn(Settings.AllowStateChange),
                InstallBaseUrl = settings.One(Settings.InstallBaseUrl) is { } url ? new Uri(url) : null,
                KnownOpen = report.Policy.Baseline?.Fingerprints ?? new HashSet<string>(StringComparer.Ordinal),
                Tenant = Credentials.Read(settings.One(Settings.Tenant), terminal),
                Exemptions = [.. settings.File?.Ignores.Select(ignore => ignore.Exemption) ?? []],
                Scanners = settings.Many(Settings.Scanner),
                Rules = settings.Many(Settings.Rule),
                ExcludedRules = settings.Many(Settings.Exclude),
                TrustedRoots = roots,
                Advisories = advisories.Index,
                NoAdvisories = advisories.Problem,
                Claims = VexFiles.Read(settings.Many(Settings.Vex), terminal),
            },
            Reporting = report,
            Outputs = ReportOutput.All(settings.Many(Settings.Format)),
            ExitZero = settings.IsOn(Settings.ExitZero),
        };
    }

    private static ReportOptions Report(ResolvedSettings settings, Terminal terminal)
    {
        var baseline = settings.One(Settings.Baseline) is { } file ? ReportFiles.Baseline(file) : null;
        if (settings.IsOn(Settings.FailOnNew) && baseline is null)
        {
            throw new ExitException(ExitCode.Usage, "fail-on-new needs a baseline to tell new from old; name an earlier report with --baseline");
        }

        return ReportFiles.Options(terminal) with
        {
            ScanFlags = [.. AgainNeeded.SelectMany(setting => Flags(settings, setting))],
            Policy = new FailPolicy
            {
                FailOn = Severity(settings, Settings.FailOn) is var severity and not Rules.Severity.None ? severity : null,
                OnlyNew = settings.IsOn(Settings.FailOnNew),
                Baseline = baseline,
            },
            Text = ReportFiles.Style(terminal) with
            {
                LeastSeverity = Severity(settings, Settings.Severity),
                ShowExempt = settings.IsOn(Settings.ShowSuppressed),
                ShowSafe = settings.IsOn(Settings.ShowSafe),
            },
        };
    }

    private static IEnumerable<string> Flags(ResolvedSettings settings, Setting setting) =>
        settings[setting] is not { Values: var values, Origin: var origin } || origin != setting.Flag ? []
        : setting.Kind == SettingKind.Switch
            ? settings.IsOn(setting) ? [setting.Flag]
                : []
        : values.SelectMany(value => (string[])[setting.Flag, value]);

    private static Severity Severity(ResolvedSettings settings, Setting setting) => Enum.Parse<Severity>(settings.One(setting)!, ignoreCase: true);

    /// <summary>Who our traffic says it is from: this installation, where it can sign.</summary>
    private static ProbeOptions Identified(Terminal terminal, TimeProvider time)
    {
        var options = new ProbeOptions { RunId = Guid.CreateVersion7(time.GetUtcNow()).ToString() };
        if (Ed25519.UnavailableReason is { } reason)
        {
            terminal.Complain($"traffic is not signed: {reason}");
            return options;
        }

        try
        {
            var signer = MessageSigner.ForDesk(DeskKey.LoadOrCreate(DeskKey.Folder()), time);
            return options with { Signer = signer.Sign, SignedAs = signer.SignedAs };
        }
        catch (InvalidDataException e)
        {
            throw new ExitException(ExitCode.Usage, e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A build server's home may be read-only; that is no reason not to scan.
            terminal.Complain(
                $"traffic is not signed: no key can be kept in {DeskKey.Folder()} ({e.Message.TrimEnd('.')}); set XDG_STATE_HOME to a folder of yours"
            );
            return options;
        }
    }

    /// <summary>The certificates of PEM files that a person named.</summary>
    /// <exception cref="ExitException">One cannot be read, or holds none.</exception>
    public static X509Certificate2Collection TrustedRoots(IReadOnlyList<string> files)
    {
        var roots = new X509Certificate2Collection();
        foreach (var file in files)
        {
            try
            {
                var before = roots.Count;
                roots.ImportFromPemFile(file);
                if (roots.Count == before)
                {
                    throw new ExitException(ExitCode.Usage, $"{file} holds no certificate; a PEM file has -----BEGIN CERTIFICATE----- in it");
                }
            }
            catch (CryptographicException e)
            {
                throw new ExitException(ExitCode.Usage, $"{file} holds a certificate that cannot be read; check that it is PEM", e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw TextFiles.Unreadable(file, e);
            }
        }

        return roots;
    }

    private static void TellExpired(ConfigurationFile? file, Terminal terminal, TimeProvider time)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        foreach (var ignore in file?.Ignores.Where(ignore => ignore.Exemption.Expires <= today) ?? [])
        {
            terminal.Complain(
                $"{file!.Path}:{ignore.Line}: the ignore of {ignore.Subject} expired on {ignore.Exemption.Expires:yyyy-MM-dd}, so its findings count again; renew or remove it"
            );
        }
    }
}
