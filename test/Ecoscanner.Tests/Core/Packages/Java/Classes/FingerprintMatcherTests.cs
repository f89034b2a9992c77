using Ecoscanner.Findings;
using Ecoscanner.Packages;
using Ecoscanner.Packages.Java.Classes;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Packages.Java.Classes;

public sealed class FingerprintMatcherTests : IClassFixture<FingerprintMatcherTests.Known>
{
    private readonly Known known;

    public FingerprintMatcherTests(Known known)
    {
        Assert.SkipWhen(known.Releases.Count == 0, "this machine has no javac");
        this.known = known;
    }

    [Fact]
    public void Each_release_is_told_by_its_classes_alone()
    {
        foreach (var release in known.Releases)
        {
            var match = Only(release);
            Assert.Equal([release.Version], match.Versions);
            Assert.Equal(Confidence.High, match.Confidence);
            Assert.Null(match.RelocatedTo);
            Assert.Empty(match.Missing);
            Assert.Equal(release.Classes.Count, match.SameCode);
        }
    }

    [Theory]
    [InlineData("com/big/shaded/org/acme/tiny", "", "com.big.shaded")]
    [InlineData("com/big/tiny", "org.acme", "com.big")]
    [InlineData("big", "org.acme.tiny", "big")]
    public void A_moved_release_is_told_with_the_place(string to, string from, string where)
    {
        var match = Only(known.Releases[1].Relocated("org/acme/tiny", to));
        Assert.Equal(["1.2"], match.Versions);
        Assert.Equal((from, where), (match.RelocatedFrom, match.RelocatedTo));
        Assert.Equal(where, match.ToComponent("app.jar", Placement.Bundled).RelocatedTo);
    }

    [Fact]
    public void A_part_of_a_release_is_told_by_a_range_and_with_less_confidence()
    {
        var part = known.Releases[0] with
        {
            Classes = known
                .Releases[0]
                .Classes.Where(type => type.Key.EndsWith("20", StringComparison.Ordinal) || type.Key.EndsWith("22", StringComparison.Ordinal))
                .ToDictionary(),
        };
        var match = Only(part);
        Assert.Equal(["1.1", "1.2", "1.3"], match.Versions);
        Assert.True(match.IsMinimised);
        Assert.Equal(Confidence.Medium, match.Confidence);
        var component = match.ToComponent("app.jar", Placement.Bundled);
        Assert.Null(component.Package.Version);
        Assert.Equal(match.Versions, component.PossibleVersions);
        Assert.Contains("1.1..1.3", component.Clues[0].Says, StringComparison.Ordinal);
    }

    [Fact]
    public void However_much_is_left_out_the_right_release_is_among_those_that_fit() =>
        Fuzz.Run(random =>
        {
            var release = known.Releases[random.Next(known.Releases.Count)];
            var shipped = random.Next(2) == 0 ? release : release.Relocated("org/acme/tiny", $"x{random.Next(10)}/org/acme/tiny");
            shipped = shipped.Minimised(random, 0.2 + (0.8 * random.NextDouble()));
            Assert.SkipWhen(shipped.Classes.Count < 3, "nothing is left of it");
            var match = Assert.Single(FingerprintMatcher.Match(known.Index, shipped.Found(new ClassFingerprinter())).Libraries);
            Assert.Contains(release.Version, match.Versions);
            Assert.True(match.Confidence < Confidence.High || match.Versions.Count == 1);
        });

    [Fact]
    public void A_release_that_is_not_known_is_never_sure()
    {
        var match = Only(TinyLibrary.Release(6));
        Assert.Equal(Confidence.Low, match.Confidence);
        Assert.Empty(match.Versions);
        Assert.True(match.Altered > 0);
    }

    [Fact]
    public void The_same_code_in_two_libraries_is_not_sure()
    {
        var builder = new FingerprintBuilder();
        builder.Add(TinyLibrary.Name, "1.1", known.Releases[0].Found(new ClassFingerprinter()));
        builder.Add("net.fork:tiny", "9", known.Releases[0].Found(new ClassFingerprinter()));
        var match = Assert.Single(FingerprintMatcher.Match(builder.Index(""), known.Releases[0].Found(new ClassFingerprinter())).Libraries);
        Assert.Single(match.Rivals);
        Assert.Equal(Confidence.Medium, match.Confidence);
    }

    [Fact]
    public void A_fork_with_other_code_is_not_taken_for_the_library()
    {
        var fork = TinyLibrary.Release(7, "net.fork:tiny");
        var builder = new FingerprintBuilder();
        builder.Add("net.fork:tiny", "9", fork.Found(new ClassFingerprinter()));
        foreach (var release in known.Releases)
        {
            builder.Add(release.Library, release.Version, release.Found(new ClassFingerprinter()));
        }

        var index = builder.Index("");
        Assert.Equal("net.fork:tiny", Assert.Single(FingerprintMatcher.Match(index, fork.Found(new ClassFingerprinter())).Libraries).Library);
        Assert.Equal(TinyLibrary.Name, Assert.Single(FingerprintMatcher.Match(index, known.Releases[2].Found(new ClassFingerprinter())).Libraries).Library);
    }

    [Fact]
    public void Classes_of_no_known_library_are_counted_by_their_root()
    {
        var app = JavaSources.Compile(
            "a:b",
            "1",
            TinyLibrary
                .Sources(0, "com/shop/app/jira")
                .ToDictionary(source => source.Key, source => source.Value.Replace("Worker", "Seller", StringComparison.Ordinal))
                .ToDictionary(source => source.Key.Replace("Worker", "Seller", StringComparison.Ordinal), source => source.Value, StringComparer.Ordinal)
        );
        var matches = FingerprintMatcher.Match(known.Index, [.. app.Found(new ClassFingerprinter()), .. known.Releases[0].Found(new ClassFingerprinter())]);
        Assert.Equal(TinyLibrary.Name, Assert.Single(matches.Libraries).Library);
        Assert.Equal([new UnidentifiedClasses("com.shop.app", TinyLibrary.Count)], matches.Unidentified);
    }

    [Fact]
    public void A_class_whose_removal_is_a_fix_is_told()
    {
        string[] names = ["org/apache/log4j/Logger", "org/apache/log4j/net/JMSAppender", "org/apache/log4j/net/JMSSink", "org/apache/log4j/jdbc/JDBCAppender"];
        var sources = names.ToDictionary(
            name => name,
            name =>
                $$"""package {{name[..name.LastIndexOf('/')].Replace('/', '.')}}; public class {{name[(name.LastIndexOf('/') + 1)..]}} { public String a = "one two three {{name}}"; public int b(int x) { return a.length() + x * 99991; } public void c() { a.trim(); } public void d() { a.strip(); } }""",
            StringComparer.Ordinal
        );
        var library = JavaSources.Compile("log4j:log4j", "1.2.17", sources);
        var builder = new FingerprintBuilder();
        builder.Add(library.Library, library.Version, library.Found(new ClassFingerprinter()));
        var patched = library.Without(["org.apache.log4j.net.JMSAppender"]).Relocated("org/apache/log4j", "acme/log4j");
        var match = Assert.Single(FingerprintMatcher.Match(builder.Index(""), patched.Found(new ClassFingerprinter())).Libraries);
        Assert.Equal(["org.apache.log4j.net.JMSAppender"], match.Removed);
        Assert.Equal(["CVE-2021-4104"], FixesByRemoval.ClearedBy("log4j:log4j", match.Removed));
    }

    private LibraryMatch Only(PackagedLibrary library)
    {
        var matches = FingerprintMatcher.Match(known.Index, library.Found(new ClassFingerprinter()));
        var match = Assert.Single(matches.Libraries);
        Assert.Equal(TinyLibrary.Name, match.Library);
        return match;
    }

    /// <summary>Three releases, compiled once.</summary>
    public sealed class Known
    {
        public Known()
        {
            var builder = new FingerprintBuilder();
            foreach (var path in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            {
                if (File.Exists(Path.Combine(path, "javac")) || File.Exists(Path.Combine(path, "javac.exe")))
                {
                    Releases = [.. Enumerable.Range(1, 3).Select(number => TinyLibrary.Release(number))];
                    break;
                }
            }

            foreach (var release in Releases)
            {
                builder.Add(release.Library, release.Version, release.Found(new ClassFingerprinter()));
            }

            Index = builder.Index("test");
        }

        internal IReadOnlyList<PackagedLibrary> Releases { get; } = [];

        internal FingerprintIndex Index { get; }
    }
}
