using Ecoscanner.Packages.Java.Classes;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Packages.Java.Classes;

public sealed class FingerprintFileTests
{
    private static readonly FoundClass[] First = [new("org/acme/A", new(0x1111222233334444, 1, 20)), new("org/acme/util/B", new(0x2222222233334444, 2, 20))];
    private static readonly FoundClass[] Second = [First[0], new("org/acme/util/B", new(0x2222222233334444, 3, 20)), new("C", new(0x99, 4, 20))];

    [Fact]
    public void What_was_written_is_read()
    {
        using var file = new MemoryStream(Written());
        var index = FingerprintIndex.Read(file);
        Assert.Equal("a test, 2026", index.Source);
        Assert.Equal(["org.acme:a"], index.Libraries);
        Assert.Equal(["1.9", "1.10"], index.Releases.Select(release => release.Version));
        Assert.Equal((3, 4), (index.ClassCount, index.VariantCount));
        Assert.True(index.Knows(First[0].Fingerprint));
        Assert.False(index.Knows(new ClassFingerprint(0x1111222233334445, 1, 20)));
        Assert.Equal(["1.10"], Assert.Single(FingerprintMatcher.Match(index, Second).Libraries).Versions);
    }

    [Fact]
    public void The_same_releases_make_the_same_file() => Assert.Equal(Written(), Written());

    [Fact]
    public void A_damaged_file_is_refused()
    {
        var whole = Written();
        Assert.Throws<InvalidDataException>(() => FingerprintIndex.Read(new MemoryStream(whole[..^1])));
        Assert.Throws<InvalidDataException>(() => FingerprintIndex.Read(new MemoryStream()));
        Fuzz.Run(random =>
        {
            var bytes = (byte[])whole.Clone();
            bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
            Assert.Throws<InvalidDataException>(() => FingerprintIndex.Read(new MemoryStream(bytes)));
        });
    }

    [Fact]
    public void Columns_of_nonsense_are_refused_or_read() =>
        Fuzz.Run(random =>
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            foreach (ref var each in bytes.AsSpan())
            {
                each = random.Next(3) > 0 ? (byte)(each % 5) : each;
            }

            try
            {
                FingerprintFile.ReadTables(new FingerprintReader(bytes));
            }
            catch (InvalidDataException)
            {
                // As it should.
            }
        });

    [Fact]
    public void The_shipped_file_knows_the_libraries_that_matter_and_stays_small()
    {
        using var stream = typeof(FingerprintIndex).Assembly.GetManifestResourceStream("java-classes.fingerprints")!;
        Assert.InRange(stream.Length, 1, 3 << 20);
        var index = FingerprintIndex.Shipped;
        Assert.InRange(index.Releases.Count, 1000, int.MaxValue);
        string[] wanted =
        [
            "org.apache.logging.log4j:log4j-core",
            "log4j:log4j",
            "commons-collections:commons-collections",
            "com.fasterxml.jackson.core:jackson-databind",
            "org.springframework:spring-web",
            "com.thoughtworks.xstream:xstream",
            "org.yaml:snakeyaml",
            "org.dom4j:dom4j",
            "io.netty:netty-codec-http",
            "com.google.guava:guava",
        ];
        Assert.Empty(wanted.Except(index.Libraries));
    }

    [Theory]
    [InlineData("1.9", "1.10")]
    [InlineData("2.0-beta9", "2.0")]
    [InlineData("2.0", "2.0.1")]
    [InlineData("9.4.9.v2018", "9.4.43.v2021")]
    [InlineData("2.8.6", "2.22.2")]
    public void Releases_stand_in_ascending_order(string lower, string higher)
    {
        Assert.True(VersionText.Ascending.Compare(lower, higher) < 0);
        Assert.True(VersionText.Ascending.Compare(higher, lower) > 0);
        Assert.Equal(0, VersionText.Ascending.Compare(lower, lower));
    }

    [Fact]
    public void A_copy_without_the_classes_that_a_fix_removes_is_told_by_its_names()
    {
        const string Library = "org.apache.logging.log4j:log4j-core";
        string[] whole = [.. FixesByRemoval.NamesOf(Library)];
        Assert.Empty(FixesByRemoval.RemovedFrom(Library, whole.Contains));
        Assert.Empty(FixesByRemoval.RemovedFrom(Library, _ => false));
        Assert.Empty(FixesByRemoval.RemovedFrom("a:b", _ => true));
        var removed = FixesByRemoval.RemovedFrom(Library, name => !name.EndsWith("JndiLookup", StringComparison.Ordinal) && whole.Contains(name));
        Assert.Equal(["org.apache.logging.log4j.core.lookup.JndiLookup"], removed);
        Assert.Equal(["CVE-2021-44228", "CVE-2021-45046"], FixesByRemoval.ClearedBy(Library, removed));
    }

    private static byte[] Written()
    {
        var builder = new FingerprintBuilder();
        Assert.True(builder.Add("org.acme:a", "1.10", Second));
        Assert.True(builder.Add("org.acme:a", "1.9", First));
        Assert.False(builder.Add("org.acme:a", "1.9", Second));
        using var file = new MemoryStream();
        builder.Write(file, "a test, 2026");
        return file.ToArray();
    }
}
