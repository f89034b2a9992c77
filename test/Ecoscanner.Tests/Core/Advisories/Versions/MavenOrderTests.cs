using System.Diagnostics;
using Ecoscanner.Advisories.Versions;
using Ecoscanner.Packages;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Advisories.Versions;

public sealed class MavenOrderTests
{
    private static readonly VersionOrder Order = VersionOrder.Of(Ecosystem.Maven);

    [Theory]
    [InlineData("1.0.RC2 < 1.0-RC3 < 1.0.1")]
    [InlineData("1-alpha < 1-beta < 1-milestone < 1-rc < 1-SNAPSHOT < 1 < 1-sp < 1-abc < 1-1 < 1.1")]
    [InlineData("1-a < 1-ab")]
    [InlineData("1-a1 = 1-alpha1 < 1-b1 = 1-beta1 < 1-m1 = 1-milestone1 < 1-cr1 = 1-rc1")]
    [InlineData("1 = 1.0 = 1.0.0 = 1-ga = 1-final = 1-release = 1.RELEASE = 1.Final = 1.0.GA = 1-ga0 = 1-ga-final")]
    [InlineData("1 < 1-sp < 1-ga1 = 1-1 < 1-ga2")]
    [InlineData("1.2-SNAPSHOT < 1.2")]
    [InlineData("31.0 < 31.0-android < 31.0-jre < 31.0.1")]
    [InlineData("2.10.0 < 2.10.0.pr3")]
    [InlineData("4.1.108.Final < 4.1.108.Final-redhat-1 < 4.1.109.Final")]
    [InlineData("1.6.1 < 1.6.1-hudson-3 < 1.6.2")]
    [InlineData("0.15.0 < 0.15.0a < 0.15.1")]
    [InlineData("2.0.RELEASE < 2.0.RELEASE-A < 2.0.1")]
    [InlineData("9.2.26.v20180806 < 9.2.27")]
    [InlineData("1.2.9 < 1.2.10 < 1.2.99999999999999999999 < 1.2.100000000000000000000")]
    [InlineData("1.ga.rc.1 < 1 < 1.ga.1 < 1-1 < 1.0.1")]
    [InlineData("1.rc.1 < 1-snapshot < 1.0.rc.1 < 1")]
    [InlineData("1-alpha < 1-alpha1 < 1-alpha2-SNAPSHOT < 1-alpha2 < 1-alpha.1")]
    [InlineData("1. = 1 = 1- = 01")]
    [InlineData("-1 < 1")]
    public void Versions_sort_as_Maven_says(string line) => Check(line);

    [Fact]
    public void The_vectors_of_other_tools_hold()
    {
        var lines = File.ReadLines(SharedData.Path("versions/osv-scalibr-maven-versions.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))
            .ToList();
        Assert.True(lines.Count > 90);
        Assert.All(lines, Check);
    }

    [Theory]
    [InlineData("${project.version}")]
    [InlineData("")]
    public void What_nobody_filled_in_is_no_version(string version) => Assert.Null(Order.Key(version));

    [Fact]
    public void Ten_thousand_digits_are_compared_at_once()
    {
        var nines = new string('9', 10_000);
        Assert.Equal(-1, Math.Sign(Order.Compare(nines, "1" + nines)!.Value));
        Assert.Equal(-1, Math.Sign(Order.Compare("1." + nines[1..] + "8", "1." + nines)!.Value));
        Assert.Equal(0, Order.Compare("0000" + nines, nines));
        Assert.Null(Order.Key(new string('1', VersionOrder.MaxLength + 1)));
    }

    [Theory]
    [InlineData("1-")]
    [InlineData("a1")]
    [InlineData("1a")]
    [InlineData("ga.")]
    [InlineData("0.ga-")]
    [InlineData("-")]
    [InlineData("0-")]
    public void Deep_lists_take_linear_time(string part)
    {
        var version = string.Concat(Enumerable.Repeat(part, VersionOrder.MaxLength / part.Length));
        var time = Stopwatch.StartNew();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(0, Order.Compare(version, version));
        }

        Assert.True(time.Elapsed < TimeSpan.FromSeconds(5), $"{time.Elapsed}");
    }

    [Fact]
    public void The_order_is_one_whatever_is_compared() =>
        Fuzz.Run(random =>
        {
            var versions = Enumerable.Range(0, 3).Select(_ => Random(random)).OrderBy(version => Order.Key(version)!.Value).ToArray();
            Assert.True(
                Order.Compare(versions[0], versions[1]) <= 0 && Order.Compare(versions[1], versions[2]) <= 0 && Order.Compare(versions[0], versions[2]) <= 0
            );
            Assert.Equal(0, Order.Compare(versions[0], versions[0].ToUpperInvariant()));
        });

    /// <summary>Compares with Maven's own class on the versions that advisories name: <c>ECOSCANNER_MAVEN_ARTIFACT</c> is a class path with maven-artifact 3.9.</summary>
    [Fact]
    public void Maven_itself_agrees()
    {
        var classes = Environment.GetEnvironmentVariable("ECOSCANNER_MAVEN_ARTIFACT");
        Assert.SkipWhen(classes is null, "ECOSCANNER_MAVEN_ARTIFACT names no jar of Maven's");
        var seed = System.Random.Shared.Next();
        var random = new Random(seed);
        // Neighbours are compared: a package's versions in our order, and in others.
        var versions = new List<string>();
        foreach (var package in AdvisoryVersions.Maven().Select(package => package.ToArray()))
        {
            versions.AddRange(package.OrderBy(version => Order.Key(version)!.Value));
            for (var i = 0; i < 5; i++)
            {
                random.Shuffle(package);
                versions.AddRange(package);
            }
        }

        var wrong = new List<string>();
        var compared = 0;
        foreach (var chunk in versions.Chunk(5000))
        {
            foreach (var line in Ask(classes!, chunk))
            {
                compared++;
                var (left, sign, right) = line;
                if (SignOf(Order.Compare(left, right)!.Value) != sign)
                {
                    wrong.Add($"{left} {sign} {right}");
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {compared} comparisons, {wrong.Count} disagreements");
        Assert.True(wrong.Count == 0, $"seed {seed}: {wrong.Count} of {compared}: {string.Join("; ", wrong.Take(30))}");
        Assert.True(compared > 10_000);
    }

    private static IEnumerable<(string Left, string Sign, string Right)> Ask(string classes, string[] versions)
    {
        var start = new ProcessStartInfo("java") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])["-cp", classes, "org.apache.maven.artifact.versioning.ComparableVersion", .. versions])
        {
            start.ArgumentList.Add(argument);
        }

        using var java = Process.Start(start)!;
        var output = java.StandardOutput.ReadToEnd();
        java.WaitForExit();
        Assert.Equal(0, java.ExitCode);
        return output
            .Split('\n')
            .Where(line => line.StartsWith("   ", StringComparison.Ordinal))
            .Select(line => line.Trim().Split(' '))
            .Select(words => (words[0], words[1], words[2]))
            .ToList();
    }

    private static string Random(Random random) =>
        string.Concat(
            Enumerable
                .Range(0, random.Next(1, 9))
                .Select(_ =>
                    (
                        (string[])
                            [
                                "0",
                                "1",
                                "2",
                                "10",
                                ".",
                                ".",
                                "-",
                                "-",
                                "rc",
                                "a",
                                "b",
                                "m",
                                "ga",
                                "final",
                                "sp",
                                "x",
                                "xy",
                                "snapshot",
                                "alpha",
                                "12345678901",
                                "99999999999999999999",
                            ]
                    )[random.Next(21)]
                )
        );

    private static string SignOf(int compared) =>
        Math.Sign(compared) switch
        {
            < 0 => "<",
            0 => "==",
            _ => ">",
        };

    private static void Check(string line)
    {
        var words = line.Split(' ');
        for (var i = 0; i + 2 < words.Length; i += 2)
        {
            var expected = words[i + 1] == "<" ? -1 : 0;
            Assert.True(
                Math.Sign(Order.Compare(words[i], words[i + 2])!.Value) == expected,
                $"{words[i]} {words[i + 1]} {words[i + 2]}: {Order.Key(words[i])} {Order.Key(words[i + 2])}"
            );
            Assert.True(Math.Sign(Order.Compare(words[i + 2], words[i])!.Value) == -expected, $"the reverse of {words[i]} {words[i + 1]} {words[i + 2]}");
        }
    }
}
