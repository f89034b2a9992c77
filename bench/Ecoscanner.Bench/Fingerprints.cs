using System.Diagnostics;
using Ecoscanner.Findings;
using Ecoscanner.Packages.Java.Classes;
using Ecoscanner.Tests.Core.Packages.Java.Classes;

namespace Ecoscanner.Bench;

/// <summary>
/// Jars of a folder, shipped in ways that lose their metadata: does the shipped fingerprint file tell the library and its version? And how fast is that?
/// </summary>
internal static class Fingerprints
{
    private const int Seed = 20261126;

    /// <summary>A folder of Maven's layout, <c>group/artifact/version/artifact-version.jar</c>, or of jars with pom.properties.</summary>
    private const string FolderVariable = "ECOSCANNER_JARS";
    private const string DefaultFolder = "/usr/share/maven-repo";

    private const int MaximumRounds = 10;

    // Some jars hold a whole library under another name, so what looks wrong may be right.
    private const double AllowedWrong = 0.02;
    private const double LeastMegabytes = 100;

    public static Task<bool> RunAsync(Scanner scanner) =>
        Task.FromResult(Run(FingerprintIndex.Shipped, Environment.GetEnvironmentVariable(FolderVariable) ?? DefaultFolder));

    public static bool Run(FingerprintIndex index, string folder)
    {
        var libraries = JarFolder.Read(folder);
        Console.WriteLine($"{libraries.Count} jars with coordinates and classes below {folder}; seed {Seed}");
        Console.WriteLine($"the file knows {index.Releases.Count} releases of {index.Libraries.Count} libraries, {index.VariantCount} fingerprints\n");
        if (libraries.Count == 0)
        {
            return true;
        }

        var good = Accuracy(index, libraries);
        return Speed(index, libraries) && good;
    }

    private static bool Accuracy(FingerprintIndex index, List<PackagedLibrary> libraries)
    {
        var known = index.Releases.Select(release => (index.Libraries[release.Library], release.Version)).ToHashSet();
        var names = index.Libraries.ToHashSet(StringComparer.Ordinal);
        var random = new Random(Seed);
        var ways = new (string Name, Func<PackagedLibrary, PackagedLibrary> Ship)[]
        {
            ("exploded", library => library),
            ("relocated, prefix", library => library.Relocated(library.Root, "com/acme/shaded/" + library.Root)),
            ("relocated, renamed", library => library.Relocated(library.Root, "com/acme/internal")),
            ("half of it", library => library.Minimised(random, 0.5)),
            ("a tenth of it", library => library.Minimised(random, 0.1)),
            ("a third, relocated", library => library.Relocated(library.Root, "acme/" + library.Root).Minimised(random, 0.33)),
        };
        Console.WriteLine(
            "| shipped | release | jars | library told | version told | version among those that fit | wrong version | high | high and wrong | other libraries |"
        );
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        var good = true;
        foreach (var (way, ship) in ways)
        {
            foreach (
                var (kind, fits) in new (string, Func<PackagedLibrary, bool>)[]
                {
                    ("known", library => known.Contains((library.Library, library.Version))),
                    ("library known", library => names.Contains(library.Library) && !known.Contains((library.Library, library.Version))),
                    ("unknown", library => !names.Contains(library.Library)),
                }
            )
            {
                var tally = new Tally();
                foreach (var library in libraries.Where(fits))
                {
                    tally.Add(index, ship(library), $"{way}, {kind}");
                }

                if (tally.Jars > 0)
                {
                    Console.WriteLine($"| {way} | {kind} | {tally}");
                    good &= tally.HighAndWrong <= AllowedWrong * tally.Jars;
                }
            }
        }

        return good;
    }

    private static bool Speed(FingerprintIndex index, List<PackagedLibrary> libraries)
    {
        var all = libraries.SelectMany(library => library.Classes.Values).ToList();
        var bytes = all.Sum(type => (long)type.Length);
        var fingerprinter = new ClassFingerprinter();
        var prints = new List<ClassFingerprint>(all.Count);
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < MaximumRounds && (round < 2 || bytes * round < 1L << 30); round++)
        {
            prints.Clear();
            var watch = Stopwatch.StartNew();
            foreach (var type in all)
            {
                fingerprinter.TryRead(type, out _, out var print, out _);
                prints.Add(print);
            }

            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        var speed = bytes / best.TotalSeconds / 1e6;
        Console.WriteLine(
            $"\nfingerprinting: {all.Count} classes, {bytes / 1e6:0} MB in {best.TotalSeconds:0.00} s, {speed:0} MB/s on one core (at least {LeastMegabytes})"
        );
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var lookups = 0;
        var found = 0;
        var time = Stopwatch.StartNew();
        while (time.ElapsedMilliseconds < 500)
        {
            foreach (var print in prints)
            {
                found += index.Knows(print) ? 1 : 0;
                lookups++;
            }
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Console.WriteLine(
            $"lookups: {lookups / time.Elapsed.TotalSeconds / 1e6:0.0} million a second on one core, {100.0 * found / lookups:0} % known, {allocated} bytes allocated"
        );
        return speed >= LeastMegabytes && allocated == 0;
    }

    private sealed class Tally
    {
        private static readonly ClassFingerprinter Fingerprinter = new();

        public int Jars { get; private set; }

        public int HighAndWrong { get; private set; }

        private int Library { get; set; }

        private int Version { get; set; }

        private int Fits { get; set; }

        private int Wrong { get; set; }

        private int High { get; set; }

        private int Others { get; set; }

        public void Add(FingerprintIndex index, PackagedLibrary library, string kind)
        {
            if (library.Classes.Count == 0)
            {
                return;
            }

            Jars++;
            var matches = FingerprintMatcher.Match(index, library.Found(Fingerprinter)).Libraries;
            foreach (var match in matches)
            {
                var isRight = match.Library == library.Library;
                var isHigh = match.Confidence == Confidence.High;
                if (!isRight)
                {
                    Others++;
                    Explain(kind, library, match);
                }
                else
                {
                    Library++;
                    Version += match.Versions is [var only] && only == library.Version ? 1 : 0;
                    Fits += match.Versions.Contains(library.Version, StringComparer.Ordinal) ? 1 : 0;
                    if (match.Versions.Count > 0 && !match.Versions.Contains(library.Version, StringComparer.Ordinal))
                    {
                        Wrong++;
                        Explain(kind, library, match);
                    }

                    High += isHigh ? 1 : 0;
                }

                HighAndWrong += isHigh && (!isRight || !match.Versions.Contains(library.Version, StringComparer.Ordinal)) ? 1 : 0;
            }

            if (!matches.Any(match => match.Library == library.Library))
            {
                Explain(kind, library, null);
            }
        }

        public override string ToString() => $"{Jars} | {Library} | {Version} | {Fits} | {Wrong} | {High} | {HighAndWrong} | {Others} |";

        private static void Explain(string kind, PackagedLibrary library, LibraryMatch? match)
        {
            if (Environment.GetEnvironmentVariable("ECOSCANNER_SLOW") is not null)
            {
                Console.Error.WriteLine(
                    match is null
                        ? $"{kind}: {library.Library}:{library.Version} is missed ({library.Classes.Count} classes)"
                        : $"{kind}: {library.Library}:{library.Version} is {match.Library}, {match.Confidence}: {match.ToComponent("", Packages.Placement.Bundled).Clues[0].Says}"
                );
            }
        }
    }
}
