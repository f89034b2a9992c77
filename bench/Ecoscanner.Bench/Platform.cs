using System.Diagnostics;
using System.Globalization;
using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Rules;
using Ecoscanner.Scanners.BundledLibraries;
using Ecoscanner.Scanning;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Inventories;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Bench;

/// <summary>The platform's database with 1,000,000 findings, 50,000 apps and 12,000,000 components: lists with 20 readers, taking reports in, searching inventories.</summary>
internal static class Platform
{
    private const int Readers = 20;
    private const int Results = 5_000;
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(20);
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    private static readonly RowScope All = Principal.Platform.ScopeOf(Capability.ReadFindings);

    /// <summary>What this program is called with to make the data.</summary>
    public const string MakesData = "platform-data";

    public static bool Make(string file)
    {
        var making = Stopwatch.StartNew();
        using var made = Database.Open(file, TimeProvider.System);
        MadePlatform.Write(made);
        Console.WriteLine(string.Create(Culture, $"in {making.Elapsed.TotalSeconds:0} s, {new FileInfo(file).Length / 1048576.0:0} MB\n"));
        return true;
    }

    public static async Task<bool> RunAsync()
    {
        // A folder that is named is kept, so that the data is made once.
        var kept = Environment.GetEnvironmentVariable("ECOSCANNER_BENCH_PLATFORM");
        var folder = kept ?? Directory.CreateTempSubdirectory("ecoscanner-bench-").FullName;
        try
        {
            Directory.CreateDirectory(folder);
            var file = Path.Combine(folder, "platform.db");
            if (!File.Exists(file))
            {
                // By a process of its own, whose memory is none of what is measured.
                using var maker = Process.Start(Environment.ProcessPath!, [MakesData, file]);
                await maker.WaitForExitAsync();
            }

            ResetMemory();
            using var database = Database.Open(file, TimeProvider.System);
            Console.WriteLine("| what | measured | limit | |");
            Console.WriteLine("|---|--:|--:|---|");
            var isGood = await ReadListsAsync(database);
            isGood &= SearchInventories(database);
            isGood &= await IngestAsync(database, folder);
            isGood &= Say("peak memory", PeakMegabytes(), 500, "MB");
            return isGood;
        }
        finally
        {
            if (kept is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task<bool> ReadListsAsync(Database database)
    {
        var lists = Lists();
        foreach (var (name, read) in lists)
        {
            // What is read for the first time comes from the disk, and its code was never run.
            database.Read(session => read(session, new Random(1)));
            // The time of the processor, since others may work on the machine.
            const int Times = 50;
            var random = new Random(2);
            var (time, processor) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
            for (var i = 0; i < Times; i++)
            {
                database.Read(session => read(session, random));
            }

            var used = Process.GetCurrentProcess().TotalProcessorTime - processor;
            Console.WriteLine(
                string.Create(
                    Culture,
                    $"| {name}, alone | {time.Elapsed.TotalMilliseconds / Times:0.0} ms (processor {used.TotalMilliseconds / Times:0.00} ms) | | |"
                )
            );
        }

        var times = lists.ToDictionary(list => list.Name, _ => new List<double>(), StringComparer.Ordinal);
        var end = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, Readers)
                .Select(reader =>
                    Task.Factory.StartNew(
                        () =>
                        {
                            var random = new Random(reader);
                            while (end.Elapsed < Reading)
                            {
                                var (name, read) = lists[random.Next(lists.Count)];
                                var time = Stopwatch.StartNew();
                                database.Read(session => read(session, random));
                                lock (times)
                                {
                                    times[name].Add(time.Elapsed.TotalMilliseconds);
                                }
                            }
                        },
                        TaskCreationOptions.LongRunning
                    )
                )
        );
        var isGood = true;
        foreach (var (name, measured) in times)
        {
            measured.Sort();
            isGood &= Say($"{name}, {Readers} readers, median of {measured.Count}", measured[measured.Count / 2], 50, "ms");
            isGood &= Say($"{name}, p99", measured[(int)(measured.Count * 0.99)], 150, "ms");
        }

        return isGood;
    }

    private static List<(string Name, Func<Session, Random, object> Read)> Lists()
    {
        static object Page(Session session, RowScope scope, FindingFilter filter) => FindingList.Part(session, scope, filter, null, 50);
        return
        [
            ("findings, all open", (session, _) => Page(session, All, new FindingFilter())),
            ("findings, any state", (session, _) => Page(session, All, new FindingFilter { States = [] })),
            ("findings, of a severity", (session, random) => Page(session, All, new FindingFilter { Severity = random.Next(1, 5) })),
            ("findings, of a rule", (session, random) => Page(session, All, new FindingFilter { Rule = MadePlatform.Rules[random.Next(10)].Rule })),
            (
                "findings, of a requirement",
                (session, random) => Page(session, All, new FindingFilter { Requirement = MadePlatform.Rules[random.Next(10)].Requirement })
            ),
            ("findings, of a kind of app", (session, _) => Page(session, All, new FindingFilter { Hosting = "forge" })),
            (
                "findings, of a requirement and a kind of app",
                (session, random) =>
                    Page(
                        session,
                        All,
                        new FindingFilter
                        {
                            Requirement = MadePlatform.Rules[random.Next(10)].Requirement,
                            Hosting = "forge",
                            States = [],
                        }
                    )
            ),
            (
                "findings, of a rule and a kind of app that it never has",
                (session, _) =>
                    Page(
                        session,
                        All,
                        new FindingFilter
                        {
                            Rule = "hsts-missing",
                            Hosting = "forge",
                            States = [],
                        }
                    )
            ),
            ("findings, a partner's own", (session, random) => Page(session, Own(random), new FindingFilter())),
            ("findings, a partner's own of a rule", (session, random) => Page(session, Own(random), new FindingFilter { Rule = "hsts-missing" })),
            ("findings, of an app", (session, random) => Page(session, All, new FindingFilter { AppId = random.Next(1, MadePlatform.Apps), States = [] })),
            (
                "findings, a later page",
                (session, random) => FindingList.Part(session, All, new FindingFilter(), string.Create(Culture, $"3:{random.Next(MadePlatform.Findings)}"), 50)
            ),
            ("findings, counted", (session, _) => FindingList.Count(session, All, new FindingFilter())),
            ("tickets, open", (session, _) => Tickets(session, Staff, new TicketFilter())),
            ("tickets, closed", (session, _) => Tickets(session, Staff, new TicketFilter { Open = false })),
            (
                "tickets, closed of a rule",
                (session, random) => Tickets(session, Staff, new TicketFilter { Rule = MadePlatform.Rules[random.Next(10)].Rule, Open = false })
            ),
            ("tickets, open of a severity and more", (session, random) => Tickets(session, Staff, new TicketFilter { AtLeast = (Severity)random.Next(1, 5) })),
            ("tickets, of a source that has none open", (session, _) => Tickets(session, Staff, new TicketFilter { Source = "pentest" })),
            ("tickets, staff's move, overdue", (session, _) => Tickets(session, Staff, new TicketFilter { Move = Side.Staff, Overdue = true })),
            ("tickets, a partner's own", (session, random) => Tickets(session, Responder(random), new TicketFilter())),
            ("apps, all", (session, random) => AppList.List(session, Staff, null, random.Next(MadePlatform.Apps), 51)),
            ("apps, a partner's", (session, random) => AppList.List(session, Responder(random), null, 0, 51)),
            ("runs, all", (session, _) => RunList.Part(session, All, null, null, null, 50)),
            ("runs, of a partner", (session, random) => RunList.Part(session, Own(random), null, null, null, 50)),
            (
                "inventory search, first page",
                (session, random) => InventorySearch.Part(session, All, Query(random.Next(2_000), "<2"), onlyNewest: false, null, 50)
            ),
        ];
    }

    private static object Tickets(Session session, Principal by, TicketFilter filter) => TicketList.Page(session, by, filter, null, 51);

    private static readonly Principal Staff = Who(Role.Triager, null);

    private static Principal Responder(Random random) => Who(Role.PartnerResponder, random.Next(1, MadePlatform.Partners));

    private static Principal Who(Role role, long? partner) =>
        new()
        {
            Kind = "account",
            Id = "made",
            Grants = [new Grant(role, partner, null)],
        };

    private static RowScope Own(Random random) => new([new(random.Next(1, MadePlatform.Partners), null)]);

    private static LibraryQuery Query(int package, string range) =>
        LibraryQuery.Parse($"pkg:maven/{MadePlatform.PackageName(package).Replace(':', '/')} {range}", null, out _)!;

    private static bool SearchInventories(Database database)
    {
        var isGood = true;
        foreach (
            var (name, query) in ((string, LibraryQuery)[])
                [
                    ("the commonest library, any old version", Query(0, "<6")),
                    ("the commonest library, one rare version", Query(0, "=3.7.3")),
                    ("a rare library", Query(50_000, "<6")),
                ]
        )
        {
            var time = Stopwatch.StartNew();
            var summary = database.Read(session => InventorySearch.Summary(session, All, query, onlyNewest: true));
            isGood &= Say($"search and count all, {name}: {summary.Apps:N0} apps", time.Elapsed.TotalMilliseconds, 2000, "ms");
            time.Restart();
            database.Read(session => InventorySearch.Part(session, All, query, onlyNewest: false, null, 50));
            isGood &= Say($"its first page", time.Elapsed.TotalMilliseconds, 2000, "ms");
        }

        return isGood;
    }

    private static async Task<bool> IngestAsync(Database database, string folder)
    {
        var keys = PartnerKeys.Open(Path.Combine(folder, "keys"));
        var blobs = new Blobs(Path.Combine(folder, "blobs"), keys, TimeProvider.System);
        var ingestion = new Ingestion(database, keys, blobs, (_, _, _) => { });
        // The first takes code that was never run.
        await IngestAsync(database, ingestion, 1, Report(1, 100, "warm"));
        var isGood = Say($"ingest of {Results:N0} results, all new", await IngestAsync(database, ingestion, 2, Report(2, Results, "a")), 3000, "ms");
        var again = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            again.Add(await IngestAsync(database, ingestion, 2, Report(2, Results, i % 2 == 0 ? "a" : "b")));
        }

        isGood &= Say("the same again, or in other words, median of 7", again.Order().ElementAt(3), 300, "ms");
        Say("all gone", await IngestAsync(database, ingestion, 2, Report(2, 0, "b")), 3000, "ms");
        return isGood;
    }

    private static async Task<double> IngestAsync(Database database, Ingestion ingestion, long hosting, ScanReport report)
    {
        var run = database.Write(session =>
        {
            var id = RunLog.Queue(session, new RunRequest(hosting, $"bench:{Guid.NewGuid()}", RunReason.Scheduled, "bench"));
            RunLog.Start(session, id);
            return id;
        });
        var (time, processor) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        var result = await ingestion.IngestAsync(run, report, IngestOptions.None, CancellationToken.None);
        var used = Process.GetCurrentProcess().TotalProcessorTime - processor;
        Console.WriteLine(
            string.Create(Culture, $"| {result.Outcome}: {result.Opened} opened, {result.Closed} closed (processor {used.TotalMilliseconds:0} ms) | | | |")
        );
        return time.Elapsed.TotalMilliseconds;
    }

    private static ScanReport Report(long app, int results, string words)
    {
        var key = $"com.example.app{app}";
        var findings = Enumerable
            .Range(0, results)
            .Select(i => (Location: Location.OfPackage("app.jar", $"pkg:maven/org.example/lib-{i % 1000}", $"CVE-2026-{i / 1000}", $"lib-{i} {words}"), i))
            .Select(pair => new Finding
            {
                Rule = BundledLibrariesScanner.Vulnerable,
                Location = pair.Location,
                Evidence = new Evidence($"library {pair.i} is affected, {words}", "a later one")
                {
                    Facts = [.. Enumerable.Range(0, 8).Select(fact => new Fact("Lies in", $"app.jar!/META-INF/lib/{words}-{pair.i}-{fact}.jar"))],
                },
                Message = $"library {pair.i} has a vulnerability that is long enough to describe, {words}",
                Confidence = Confidence.High,
                OwnCvss = 7.5,
                Fingerprint = Fingerprint.Of(key, BundledLibrariesScanner.Vulnerable, pair.Location),
            })
            .ToList();
        var scanner = new BundledLibrariesScanner();
        return new ScanReport
        {
            ToolVersion = "bench",
            RunId = "bench",
            Apps =
            [
                new AppReport
                {
                    App = new SbomApp(key, key) { Source = "bench", Inventory = Packages.Inventory.Empty },
                    Started = DateTimeOffset.UtcNow,
                    Duration = TimeSpan.FromSeconds(1),
                    Scanners = [new ScannerRun(scanner.Name, scanner.Version, scanner.Rules, TimeSpan.FromSeconds(1), null)],
                    Findings = findings,
                    Verdicts =
                    [
                        .. scanner.Rules.Select(rule =>
                        {
                            List<PlaceVerdict> places =
                            [
                                .. findings
                                    .Where(finding => finding.Rule == rule)
                                    .Select(finding => new PlaceVerdict(rule, Verdict.Fail, finding.Location.ToString(), finding.Message)),
                            ];
                            return places.Count > 0
                                ? new RuleVerdict(rule, Verdict.Fail, places[0].Reason, places)
                                : new RuleVerdict(rule, Verdict.Pass, "good", [new PlaceVerdict(rule, Verdict.Pass, null, "good")]);
                        }),
                    ],
                    Coverage = new Coverage([new CoveredPlace(scanner.Name, "app.jar")], []),
                    Traffic = Traffic.None,
                },
            ],
        };
    }

    private static bool Say(string what, double value, double limit, string unit)
    {
        Console.WriteLine(string.Create(Culture, $"| {what} | {value:0.0} {unit} | {limit:0} {unit} | {(value <= limit ? "good" : "MISSED")} |"));
        return value <= limit;
    }

    private static double PeakMegabytes()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], Culture) / 1024.0;
    }

    private static void ResetMemory()
    {
        GC.Collect();
        File.WriteAllText("/proc/self/clear_refs", "5");
    }
}
