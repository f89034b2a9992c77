using System.Diagnostics;
using System.Globalization;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Advisories.Reading;
using Ecoscanner.Advisories.Rematching;
using Ecoscanner.Findings;
using Ecoscanner.Packages;

namespace Ecoscanner.Bench;

/// <summary>The advisory index with 300,000 records: building, opening, asking, and matching 12 million stored components again.</summary>
internal static class Advisories
{
    private const int Records = 300_000;
    private const int Seed = 6;
    private const int Lookups = 2_000_000;
    private const int Apps = 40_000;
    private const int ComponentsOfApp = 300;

    // Made ones; every so manieth of 51,000 changes, which is a hundred.
    private const int ChangedOneIn = 510;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static async Task<bool> RunAsync(Scanner scanner)
    {
        var folder = Directory.CreateTempSubdirectory("ecoscanner-bench-");
        try
        {
            await Task.CompletedTask;
            Console.WriteLine("| what | measured | limit | |");
            Console.WriteLine("|---|--:|--:|---|");
            var (old, later) = (Path.Combine(folder.FullName, "old.index"), Path.Combine(folder.FullName, "new.index"));
            var isGood = Build(old, 0);
            isGood &= Open(old);
            isGood &= Ask(old);
            Write(later, ChangedOneIn);
            return isGood & Rematch(old, later, Path.Combine(folder.FullName, "inventories"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    internal static bool Build(string path, int changed)
    {
        Memory.Reset();
        var (time, processor) = (Stopwatch.StartNew(), Processor);
        Write(path, changed);
        return Say($"build of {Records} records", time.Elapsed.TotalSeconds, 20, "s", processor)
            & Say("its peak memory", Memory.PeakMegabytes, 500, "MB")
            & Say("its file", new FileInfo(path).Length / 1048576.0, 2048, "MB");
    }

    private static void Write(string path, int changed)
    {
        var epss = string.Join('\n', Enumerable.Range(0, 50_000).Select(i => $"CVE-{2015 + (i % 12)}-{10_000 + i},0.5,0.5"));
        AdvisoryIndexBuilder.Build(
            new MadeAdvisories(Records, Seed).Stream(changed),
            KnownExploited.None,
            ExploitPrediction.Read(new StringReader(epss), out _),
            [],
            DateTimeOffset.UtcNow,
            path
        );
    }

    private static bool Open(string path)
    {
        const int Rounds = 20;
        var (opened, asked) = (new List<double>(), new List<double>());
        for (var i = 0; i < Rounds; i++)
        {
            var time = Stopwatch.StartNew();
            using var index = AdvisoryIndex.Open(path);
            opened.Add(time.Elapsed.TotalMilliseconds);
            index.Matches(Ecosystem.Npm, "core-12", "1.0.0");
            asked.Add(time.Elapsed.TotalMilliseconds);
        }

        // The first meets code that was never run.
        return Say("open, the first time", opened[0], 20, "ms")
            & Say("open, median", Median(opened), 20, "ms")
            & Say("open and check and ask one, median", Median(asked), 20, "ms");
    }

    private static bool Ask(string path)
    {
        using var index = AdvisoryIndex.Open(path);
        var random = new Random(Seed);
        var questions = Enumerable
            .Range(0, 100_000)
            .Select(i =>
            {
                var (ecosystem, name) = MadeAdvisories.Library(i % 2 == 0 ? MadeAdvisories.Popular(random) : 20_000 + i);
                return (ecosystem, name, Version: $"{random.Next(1, 7)}.{random.Next(30)}.{random.Next(10)}");
            })
            .ToArray();
        var (matches, hits) = (0L, 0L);
        double best = 0;
        for (var round = 0; round < 3; round++)
        {
            (matches, hits) = (0, 0);
            var processor = Processor;
            for (var i = 0; i < Lookups; i++)
            {
                var (ecosystem, name, version) = questions[i % questions.Length];
                var found = index.Matches(ecosystem, name, version).Matches.Count;
                matches += found;
                hits += found > 0 ? 1 : 0;
            }

            best = Math.Max(best, Lookups / (Processor - processor).TotalSeconds);
        }

        Console.WriteLine(string.Create(Culture, $"| lookups a second of one core | {best:N0} | ≥ 1,000,000 | {(best >= 1_000_000 ? "good" : "MISSED")} |"));
        Console.WriteLine(string.Create(Culture, $"| of them affected; matches | {100.0 * hits / Lookups:0} %; {matches} | | |"));
        return best >= 1_000_000;
    }

    private static bool Rematch(string oldPath, string laterPath, string store)
    {
        WriteStore(store);
        Memory.Reset();
        var (time, processor) = (Stopwatch.StartNew(), Processor);
        using var old = AdvisoryIndex.Open(oldPath);
        using var later = AdvisoryIndex.Open(laterPath);
        var changes = IndexChanges.Between(old, later);
        var compared = time.Elapsed.TotalSeconds;
        using var stream = File.OpenRead(store);
        var findings = 0L;
        var summary = new InventoryRematch(changes).Run(stream, _ => findings++);
        Console.WriteLine(
            string.Create(
                Culture,
                $"| stored inventories | {summary.Apps:N0} apps, {summary.Components:N0} components, {stream.Length / 1048576} MB | | |\n| changed advisories; findings that came, went, weigh otherwise | {changes.Advisories.Count}; {findings:N0} | | |"
            )
        );
        return Say("comparing two indexes", compared, 60, "s")
            & Say("comparing and matching 12 million again", time.Elapsed.TotalSeconds, 60, "s", processor)
            & Say("its peak memory", Memory.PeakMegabytes, 1024, "MB")
            & summary.Gaps.Count == 0;
    }

    private static void WriteStore(string path)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1024 * 1024);
        InventoryStore.Begin(stream);
        for (var app = 0; app < Apps; app++)
        {
            var random = new Random(Seed + app);
            var components = new List<StoredComponent>(ComponentsOfApp);
            for (var i = 0; i < ComponentsOfApp; i++)
            {
                var (ecosystem, name) = MadeAdvisories.Library(random.Next(3) == 0 ? MadeAdvisories.Popular(random) : random.Next(200_000));
                components.Add(
                    new StoredComponent(
                        new PackageUrl(ecosystem, name, $"{random.Next(1, 7)}.{random.Next(30)}.{random.Next(10)}"),
                        ecosystem == Ecosystem.Maven
                            ? $"app-{app}.obr!/dependencies/plugin.jar!/META-INF/lib/{i}.jar"
                            : $"package-lock.json#node_modules/{name}",
                        Placement.Bundled,
                        Confidence.High,
                        IsDevelopment: false
                    )
                );
            }

            InventoryStore.Append(stream, new StoredInventory($"com.example.app{app}", "1.0.0", $"{app:x64}", components));
        }
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static TimeSpan Processor => Process.GetCurrentProcess().TotalProcessorTime;

    // The time of processors beside that of the clock: others may work on the machine.
    private static bool Say(string what, double value, double limit, string unit, TimeSpan? since = null)
    {
        var processor = since is { } start ? string.Create(Culture, $" (processor {(Processor - start).TotalSeconds:0.0} s)") : "";
        Console.WriteLine(string.Create(Culture, $"| {what} | {value:0.0} {unit}{processor} | {limit:0} {unit} | {(value <= limit ? "good" : "MISSED")} |"));
        return value <= limit;
    }

    /// <summary>The process's peak, which Linux lets one start anew (proc(5), clear_refs).</summary>
    private static class Memory
    {
        public static double PeakMegabytes
        {
            get
            {
                var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
                return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], Culture) / 1024.0;
            }
        }

        public static void Reset()
        {
            GC.Collect();
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
    }
}
