using System.Buffers;
using System.CommandLine;
using System.Text;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Apps;
using Ecoscanner.Apps.DataCenter;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Cli.Help;
using Ecoscanner.Cli.Scans;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Packages;
using Ecoscanner.Packages.Sbom;
using Ecoscanner.Probing;
using Ecoscanner.Reports;
using Ecoscanner.Scanning;
using Ecoscanner.Service.Scheduling;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner run-worker</c>: the process of one run of the platform. It reads a request, scans as <c>ecoscanner scan</c> does, and leaves its report.</summary>
internal static class RunWorkerCommand
{
    public const string Name = "run-worker";

    public static Command Create(Terminal terminal)
    {
        var command = new Command(Name, "Scan for the platform: the request stands on standard input.") { Hidden = true };
        command.SetAction((_, _) => RunAsync(terminal, TimeProvider.System));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, TimeProvider time)
    {
        using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        if (await input.ReadLineAsync() is not { } line || RunInput.Parse(line) is not { } request)
        {
            throw new ExitException(ExitCode.Usage, "standard input holds no request; the platform starts this command by itself");
        }

        var signatures = new RunSignatures(asked => Lines.Say(terminal, asked), time);
        Follow(input, signatures);
        WorkerFault.Commit();
        var setup = Setup(request, signatures);
        using var scan = new DeskScan(terminal, request.RunId, time) { ShowsPlan = false, Progress = new Lines(terminal) };
        var report = await scan.ScanAsync(request.Artifact ?? request.DescriptorUrl ?? "", setup);
        if (report is not null && InventoryOf(report.App, scan.Token) is { } inventory)
        {
            Write(RunEvent.InventoryFile, stream => stream.Write(CycloneDx(report.App, inventory, time).Span));
        }

        Write(RunEvent.ReportFile, stream => ReportFormats.Find("json")!.Write(scan.Report, setup.Reporting, stream));
        Lines.Say(
            terminal,
            new RunEvent(RunEvent.Done)
            {
                Code = scan.Failures.Count == 0 ? ExitCode.Clean : scan.Failures.Max(),
                ProcessorMs = (long)Environment.CpuUsage.TotalTime.TotalMilliseconds,
            }
        );
        return ExitCode.Clean;
    }

    // The platform holds the other end as long as it lives; nobody wants the report without it.
    private static void Follow(StreamReader input, RunSignatures signatures) =>
        _ = Task.Factory.StartNew(
            () =>
            {
                while (input.ReadLine() is { } line)
                {
                    signatures.Take(line);
                }

                Environment.Exit(ExitCode.Interrupted);
            },
            CancellationToken.None,
            // A thread of its own: those who wait for a signature may hold all others.
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    private static ScanSetup Setup(RunInput request, RunSignatures signatures)
    {
        var advisories = Advisories(request.AdvisoryIndex);
        var roots = ScanSetup.TrustedRoots(request.TrustedRoots);
        return new ScanSetup
        {
            Probing = new ProbeOptions
            {
                RunId = request.RunId,
                Signer = request.SignedAs is null ? null : signatures.Sign,
                SignedAs = request.SignedAs,
                Offline = request.Offline,
                ApprovedHosts = request.ApprovedHosts,
                DeniedHosts = request.DeniedHosts,
                AllowedPrivate = request.AllowedPrivate,
                TrustedRoots = roots,
                LedgerFolder = request.LedgerFolder,
            },
            Scanning = new ScanOptions
            {
                AllowStateChange = request.AllowStateChange,
                InstallBaseUrl = request.InstallBaseUrl is { } url ? new Uri(url) : null,
                KnownOpen = request.KnownOpen.ToHashSet(StringComparer.Ordinal),
                Tenant = request.Tenant,
                Scanners = ScannersOf(request),
                Rules = request.OnlyRules,
                Places = request.OnlyPlaces,
                TrustedRoots = roots,
                Advisories = advisories.Index,
                NoAdvisories = advisories.Problem,
            },
            Reporting = new ReportOptions { Page = static _ => null },
            Outputs = [],
            ExitZero = true,
        };
    }

    // A scanner that judges none of the rules sends nothing, unless one that does judges what others were answered.
    private static IReadOnlyList<string> ScannersOf(RunInput request)
    {
        if (request is { OnlyRules: [], Scanners: [], ExcludedScanners: [] })
        {
            return [];
        }

        bool Judges(IScanner scanner) => scanner.Rules.Any(rule => request.OnlyRules.Contains(rule.Id, StringComparer.Ordinal));
        var allowed = Catalog
            .Scanners.Scanners.Where(scanner =>
                (request.Scanners.Count == 0 || request.Scanners.Contains(scanner.Name, StringComparer.Ordinal))
                && !request.ExcludedScanners.Contains(scanner.Name, StringComparer.Ordinal)
            )
            .ToList();
        var needsAll = request.OnlyRules.Count == 0 || allowed.Exists(scanner => scanner.RunsLast && Judges(scanner));
        // To the engine an empty list is all of them.
        return [.. allowed.Where(scanner => needsAll || Judges(scanner)).Select(scanner => scanner.Name).DefaultIfEmpty("none")];
    }

    private static AdvisorySource Advisories(string? path)
    {
        try
        {
            return new AdvisorySource(path is null ? null : AdvisoryIndex.Open(path), null);
        }
        catch (AdvisoryIndexException e)
        {
            return new AdvisorySource(null, e.Message);
        }
    }

    private static Inventory? InventoryOf(App app, CancellationToken cancellation) =>
        app switch
        {
            DataCenterApp archive => archive.Inventory,
            SbomApp bill => bill.Inventory,
            ForgeApp forge => ForgeInventory.Of(forge, cancellation),
            _ => null,
        };

    private static ReadOnlyMemory<byte> CycloneDx(App app, Inventory inventory, TimeProvider time)
    {
        var subject = new SbomSubject(app.Name, (app as DataCenterApp)?.Version, VersionLine.Version, time.GetUtcNow())
        {
            Sha256 = (app as DataCenterApp)?.Sha256,
        };
        var document = new ArrayBufferWriter<byte>();
        CycloneDxWriter.Write(document, subject, inventory, []);
        return document.WrittenMemory;
    }

    // Whole under its name, or not there.
    private static void Write(string name, Action<Stream> write)
    {
        var part = $"{name}.part";
        using (var stream = File.Create(part))
        {
            write(stream);
        }

        File.Move(part, name, overwrite: true);
    }

    private sealed class Lines(Terminal terminal) : IProgress<ScanProgress>
    {
        private static readonly Lock Gate = new();

        public void Report(ScanProgress value) => Say(terminal, new RunEvent(RunEvent.Progress) { Scanner = value.Scanner, What = value.What });

        public static void Say(Terminal terminal, RunEvent said)
        {
            lock (Gate)
            {
                terminal.Output.Write(said.ToJson());
                terminal.Output.Write('\n');
                terminal.Output.Flush();
            }
        }
    }
}
