using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Apps.DataCenter;
using Ecoscanner.Findings;
using Ecoscanner.Packages;

namespace Ecoscanner.Bench;

/// <summary>
/// How many libraries are told rightly: jars of Debian's <c>lib*-java</c> packages, unpacked into a folder by
/// <c>apt-get download</c> and <c>dpkg -x</c>. The truth is where <c>usr/share/maven-repo</c> has them.
/// </summary>
internal static class Identification
{
    private const double Megabyte = 1024 * 1024;

    // As much as the measurement of other tools had.
    private const long TimedBytes = 125L * 1024 * 1024;
    private const double AllowedSeconds = 3;
    private const int Rounds = 3;

    // The exit code where the advisories are not there.
    private const int Incomplete = 4;
    private const double RightShare = 0.98;
    private const double WrongShare = 0.01;
    private const double FindingsShare = 0.98;
    private const int ShownMisses = 40;

    private static readonly Lazy<AdvisoryIndex?> Advisories = new(() =>
        File.Exists(AdvisoryHome.IndexPath()) ? AdvisoryIndex.Open(AdvisoryHome.IndexPath()) : null
    );

    public static async Task<bool> RunAsync(Scanner scanner, string? folder)
    {
        if (folder is null || !Directory.Exists(Path.Combine(folder, DebianJars.Repository)))
        {
            Console.WriteLine($"name a folder with Debian's lib*-java packages: `./dev bench identification FOLDER`; in it, {DebianJars.Repository}");
            return folder is null;
        }

        var jars = DebianJars.Read(folder);
        var staging = Directory.CreateTempSubdirectory("ecoscanner-bench");
        try
        {
            var isGood = await TimeAsync(scanner, jars, staging.FullName);
            Console.WriteLine("| names | jars | MB | right | wrong | missing | high: right, wrong | medium | low | wall, s | peak, MB |");
            Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
            var asMaven = Score(jars, staging.FullName, "as Maven's", jar => $"{jar.Coordinates[0].Artifact}-{jar.Coordinates[0].Version}.jar");
            var asDebian = Score(jars, staging.FullName, "as Debian's", jar => Path.GetFileName(jar.Path));
            isGood &= Findings("as Maven's", asMaven);
            Say("as Maven's", asMaven);
            Say("as Debian's", asDebian);
            return isGood
                && asMaven.Count(outcome => outcome.IsRight) >= jars.Count * RightShare
                && asMaven.Count(outcome => outcome.IsWrong) <= jars.Count * WrongShare;
        }
        finally
        {
            staging.Delete(recursive: true);
        }
    }

    // The program as it ships, started for one app that bundles them all.
    private static async Task<bool> TimeAsync(Scanner scanner, IReadOnlyList<DebianJar> jars, string staging)
    {
        var taken = new List<DebianJar>();
        for (var (at, bytes) = (0, 0L); at < jars.Count && bytes < TimedBytes; at++)
        {
            taken.Add(jars[at]);
            bytes += jars[at].Bytes;
        }

        var app = Path.Combine(staging, "all.obr");
        using (var zip = ZipFile.Open(app, ZipArchiveMode.Create))
        {
            using (var plugin = new ZipArchive(zip.CreateEntry("large.jar").Open(), ZipArchiveMode.Create))
            {
                using var descriptor = new StreamWriter(plugin.CreateEntry("atlassian-plugin.xml").Open());
                descriptor.Write(
                    "<atlassian-plugin key=\"com.example.large\" name=\"Large\"><plugin-info><version>1.0.0</version></plugin-info></atlassian-plugin>"
                );
            }

            for (var at = 0; at < taken.Count; at++)
            {
                zip.CreateEntryFromFile(taken[at].Path, $"dependencies/{at}/{Path.GetFileName(taken[at].Path)}", CompressionLevel.Fastest);
            }
        }

        var run = await scanner.BestAsync(Rounds, "scan", app, "-q", "--exit-zero");
        if (run.ExitCode is not (0 or Incomplete))
        {
            throw new InvalidOperationException($"the scan ended with {run.ExitCode}: {run.Errors}");
        }

        Console.WriteLine(
            FormattableString.Invariant(
                $"{taken.Count} jars, {taken.Sum(jar => jar.Bytes) / Megabyte:0} MB ({Path.GetFileName(taken[0].Path)} to {Path.GetFileName(taken[^1].Path)}) in one OBR, cold, best of {Rounds}: {run.Elapsed.TotalSeconds:0.00} s, processor {run.Processor.TotalSeconds:0.00} s, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, {run.PeakBytes / Megabyte:0} MB\n"
            )
        );
        return run.Elapsed.TotalSeconds <= AllowedSeconds;
    }

    private static List<Outcome> Score(IReadOnlyList<DebianJar> jars, string staging, string names, Func<DebianJar, string> name)
    {
        var outcomes = new ConcurrentBag<Outcome>();
        var watch = Stopwatch.StartNew();
        Parallel.For(
            0,
            jars.Count,
            at =>
            {
                var folder = Directory.CreateDirectory(Path.Combine(staging, names, $"{at}"));
                var link = Path.Combine(folder.FullName, name(jars[at]));
                File.CreateSymbolicLink(link, jars[at].Path);
                var inventory = DataCenterInventory.Of(link, DataCenterReading.Of(Advisories.Value), CancellationToken.None);
                outcomes.Add(Outcome.Of(jars[at], Path.GetFileName(link), inventory));
            }
        );
        var seconds = watch.Elapsed.TotalSeconds;
        string By(Confidence confidence) =>
            $"{outcomes.Count(outcome => outcome.IsRight && outcome.Found!.Confidence == confidence)}, {outcomes.Count(outcome => outcome.IsWrong && outcome.Found!.Confidence == confidence)}";
        Console.WriteLine(
            FormattableString.Invariant(
                $"| {names} | {jars.Count} | {jars.Sum(jar => jar.Bytes) / Megabyte:0} | {outcomes.Count(outcome => outcome.IsRight)} | {outcomes.Count(outcome => outcome.IsWrong)} | {outcomes.Count(outcome => outcome.Found is null)} | {By(Confidence.High)} | {By(Confidence.Medium)} | {By(Confidence.Low)} | {seconds:0.0} | {Process.GetCurrentProcess().PeakWorkingSet64 / Megabyte:0} |"
            )
        );
        return [.. outcomes.OrderBy(outcome => outcome.Name, StringComparer.Ordinal)];
    }

    /// <summary>What advisories say of the libraries as they were told, beside what they say of them as they are.</summary>
    private static bool Findings(string names, List<Outcome> outcomes)
    {
        if (Advisories.Value is not { } index)
        {
            Console.WriteLine("\nfindings: there are no advisories on this machine; get them with ecoscanner advisories update");
            return true;
        }

        HashSet<string> Of(string name, string version) => [.. index.Matches(Ecosystem.Maven, name, version).Matches.Select(match => match.Advisory.Id)];
        var (expected, found, extra) = (0, 0, 0);
        foreach (var outcome in outcomes)
        {
            var truth = outcome.Jar.Coordinates.SelectMany(known => Of(known.Name, known.Version)).ToHashSet(StringComparer.Ordinal);
            var told = outcome.Found is { Confidence: Confidence.High, Package: { Version: { } version, Name: var name } } ? Of(name, version) : [];
            expected += truth.Count;
            found += told.Count(truth.Contains);
            extra += told.Count(id => !truth.Contains(id));
            foreach (
                var id in truth
                    .Except(told, StringComparer.Ordinal)
                    .Select(id => $"missed {id}")
                    .Concat(told.Except(truth, StringComparer.Ordinal).Select(id => $"also {id}"))
                    .Take(ShownMisses)
            )
            {
                Console.WriteLine($"- {outcome.Name}: {id}");
            }
        }

        var recall = expected == 0 ? 1 : (double)found / expected;
        Console.WriteLine(
            FormattableString.Invariant($"\nfindings, named {names}: {found} of {expected} ({recall:0.000}), {extra} extra, snapshot {index.ShortSnapshot}")
        );
        return recall >= FindingsShare && extra == 0;
    }

    private static void Say(string names, List<Outcome> outcomes)
    {
        var shown = Environment.GetEnvironmentVariable("ECOSCANNER_SLOW") == "1" ? int.MaxValue : ShownMisses;
        Console.WriteLine($"\nnot right, named {names}:");
        foreach (var outcome in outcomes.Where(outcome => !outcome.IsRight).Take(shown))
        {
            Console.WriteLine(
                $"- {outcome.Name}: {outcome.Found?.Package.Name ?? "nothing"} {outcome.Found?.Package.Version} ({outcome.Found?.Confidence}) is {string.Join(" or ", outcome.Jar.Coordinates)}"
            );
        }
    }

    private sealed record Outcome(DebianJar Jar, string Name, Component? Found)
    {
        public bool IsRight => Found is not null && Jar.Coordinates.Any(known => known.Name == Found.Package.Name && known.Version == Found.Package.Version);

        public bool IsWrong => Found is not null && !IsRight;

        public static Outcome Of(DebianJar jar, string name, Inventory inventory) =>
            new(
                jar,
                name,
                inventory.Components.FirstOrDefault(component => component.Sha256 is not null && component.Places.Contains(name, StringComparer.Ordinal))
            );
    }
}
