using Ecoscanner.Advisories;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Packages;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Advisories.Indexing;

/// <summary>Files that are no index, or no longer one.</summary>
public sealed class HostileIndexTests : IDisposable
{
    private readonly MadeIndex made = new();

    [Fact]
    public void A_missing_file_is_said_with_the_command_that_makes_it()
    {
        var e = Assert.Throws<AdvisoryIndexException>(() => AdvisoryIndex.Open(made.NewPath()));
        Assert.Equal(AdvisoryIndexProblem.Missing, e.Problem);
        Assert.Contains("ecoscanner advisories update", e.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("PK\u0003\u0004 this is a ZIP, or rather none, and long enough to have a header of some kind")]
    public void Another_file_is_no_index(string content)
    {
        var path = made.NewPath();
        File.WriteAllText(path, content);
        Assert.Equal(AdvisoryIndexProblem.Foreign, Assert.Throws<AdvisoryIndexException>(() => AdvisoryIndex.Open(path)).Problem);
    }

    [Fact]
    public void A_folder_cannot_be_read() =>
        Assert.Equal(AdvisoryIndexProblem.Unreadable, Assert.Throws<AdvisoryIndexException>(() => AdvisoryIndex.Open(Path.GetTempPath())).Problem);

    [Theory]
    [InlineData(0, "old format 0")]
    [InlineData(99, "update ecoscanner")]
    public void Another_format_is_told_from_damage(byte version, string words)
    {
        var bytes = Sample();
        bytes[8] = version;
        var e = Assert.Throws<AdvisoryIndexException>(() => Use(bytes));
        Assert.Equal(AdvisoryIndexProblem.OtherFormat, e.Problem);
        Assert.Contains(words, e.Message);
    }

    [Fact]
    public void Whatever_byte_is_wrong_is_noticed()
    {
        var good = Sample();
        for (var at = 16; at < good.Length; at++)
        {
            // The gaps between sections hold nothing.
            var bytes = (byte[])good.Clone();
            bytes[at] ^= 0x10;
            var isNoticed = false;
            try
            {
                Use(bytes);
            }
            catch (AdvisoryIndexException)
            {
                isNoticed = true;
            }

            Assert.True(isNoticed || good[at] == 0, $"byte {at} of {good.Length}");
        }
    }

    [Fact]
    public void Wherever_the_file_ends_is_noticed()
    {
        var good = Sample();
        for (var length = 0; length < good.Length; length++)
        {
            var bytes = good[..length];
            Assert.Throws<AdvisoryIndexException>(() => Use(bytes));
        }
    }

    [Fact]
    public void A_damaged_file_gives_its_error_and_nothing_else()
    {
        var good = Sample();
        Fuzz.Run(random => TryUse(Fuzzing.Mutate(good, random)));
    }

    [Fact]
    public void A_forged_file_whose_checksums_are_right_gives_its_error_and_nothing_else()
    {
        var good = Sample();
        Fuzz.Run(random =>
        {
            var bytes = (byte[])good.Clone();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                var at = random.Next(IndexFormat.HeaderLength, bytes.Length);
                bytes[at] = random.Next(3) switch
                {
                    0 => byte.MaxValue,
                    1 => 0,
                    _ => (byte)random.Next(256),
                };
            }

            IndexForgery.Sign(bytes);
            TryUse(bytes);
        });
    }

    public void Dispose() => made.Dispose();

    private byte[] Sample()
    {
        var path = made.NewPath();
        AdvisoryIndexBuilder.Build(
            [
                MadeIndex.Maven("CVE-2021-44228", "org.apache.logging.log4j:log4j-core", "[2.13.0,2.15.0)", "[2.0-beta9,2.3.1)") with
                {
                    Aliases = ["GHSA-jfh8-c2jp-5v3q"],
                    Summary = "Remote code injection in Log4j",
                    References = [new Uri("https://example.com/")],
                    Weaknesses = [20, 502],
                    Published = MadeIndex.Built,
                },
                MadeIndex.Maven("CVE-2026-0002", "dom4j:dom4j", "(,2.1.4)"),
                MadeIndex.Npm("MAL-2026-1", "@evil/lib", "(,)"),
            ],
            MadeIndex.Kev(("CVE-2021-44228", new(new DateOnly(2021, 12, 10), new DateOnly(2021, 12, 24), ByRansomware: true))),
            MadeIndex.Epss("CVE-2021-44228,0.94358,0.99966"),
            [new IndexSource("made", "here", MadeIndex.Built, "CC0-1.0", 3, null)],
            MadeIndex.Built,
            path
        );
        return File.ReadAllBytes(path);
    }

    private void TryUse(byte[] bytes)
    {
        try
        {
            Use(bytes);
        }
        catch (AdvisoryIndexException)
        {
            // What is expected.
        }
    }

    private void Use(byte[] bytes)
    {
        var path = made.NewPath();
        File.WriteAllBytes(path, bytes);
        try
        {
            using var index = AdvisoryIndex.Open(path);
            _ = index.Sources.Count + index.ExploitedCount;
            foreach (var (ecosystem, name) in index.AllPackages().Take(10).ToList())
            {
                if (Enum.IsDefined(ecosystem))
                {
                    _ = index.Matches(ecosystem, name, "2.14.0").Matches.Count;
                    _ = index.Fixes(ecosystem, name, "2.14.0");
                }
            }

            _ = index.Matches(Ecosystem.Maven, "org.apache.logging.log4j:log4j-core", "2.14.0").Matches.Select(match => match.Advisory.Read()).ToList();
            _ = index.Matches(Ecosystem.Npm, "@evil/lib", "2.14.0").Matches.Select(match => match.Range).ToList();
            _ = index.All().Take(10).Select(advisory => advisory.Read()).ToList();
            _ = index.GroupsOf("dom4j").Count;
            _ = index.Find("GHSA-jfh8-c2jp-5v3q")?.Read();
            _ = index.Exploitation(["CVE-2021-44228"]);
            index.Verify();
        }
        finally
        {
            File.Delete(path);
        }
    }
}
