using System.Globalization;
using System.Text.Json;
using Ecoscanner.Rules;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Rules;

public sealed class CvssVectorTests
{
    private const string Worst4 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H";

    // The examples of FIRST's documents of CVSS 3.0 and 3.1.
    [Theory]
    [InlineData("CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 6.4)]
    [InlineData("CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", 3.1)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", 9.9)]
    [InlineData("CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L", 4.2)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 8.8)]
    [InlineData("CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", 7.8)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8)]
    [InlineData("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N", 6.8)]
    [InlineData("CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 6.8)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:L/I:N/A:N", 5.8)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0.0)]
    [InlineData("CVSS:3.1/A:N/I:N/C:H/S:U/UI:N/PR:N/AC:L/AV:N/", 7.5)]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N/E:U/RL:O/RC:U/CR:L/MAV:P", 7.5)]
    // and of CVSS 4.0.
    [InlineData("CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.3)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.7)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N", 8.3)]
    [InlineData("CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N", 4.6)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N", 5.1)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:N/SA:N", 6.9)]
    [InlineData("CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N", 5.9)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N", 8.7)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 9.3)]
    [InlineData(Worst4, 10.0)]
    [InlineData(Worst4 + "/E:U/CR:L/MVC:N/S:P/U:Amber", 10.0)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0.0)]
    public void A_vector_has_the_base_score_that_FIRST_gives(string text, double expected)
    {
        var vector = CvssVector.Parse(text, out var problem);
        Assert.Null(problem);
        Assert.Equal(expected, vector!.BaseScore);
        Assert.Equal(text.Substring(5, 3), vector.Version);
    }

    [Theory]
    [InlineData("AV:N/AC:M/Au:N/C:N/I:P/A:N", "does not begin with")]
    [InlineData("CVSS:4.0/AV:N/AC:L/Au:N/C:P/I:P/A:P", "'Au:N' is no metric")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N", "A is missing")]
    [InlineData("CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", "AV stands twice")]
    [InlineData("CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", "'AV:X' has no value")]
    [InlineData("CVSS:3.1", "AV is missing")]
    [InlineData("", "does not begin with")]
    public void What_is_no_vector_is_refused_with_a_reason(string text, string reason)
    {
        Assert.Null(CvssVector.Parse(text, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    // The worst vectors of a MacroVector have its score, exactly.
    [Fact]
    public void Each_MacroVector_of_4_0_has_its_score()
    {
        using var tables = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("schemas/first-cvss40-tables.json")));
        var worst = tables.RootElement.GetProperty("maxComposed");
        var macroVectors = tables.RootElement.GetProperty("lookup").EnumerateObject().ToList();
        Assert.Equal(270, macroVectors.Count);
        foreach (var macroVector in macroVectors)
        {
            var levels = macroVector.Name.Select(level => level.ToString()).ToArray();
            var vector =
                worst.GetProperty("eq1").GetProperty(levels[0])[0].GetString()
                + worst.GetProperty("eq2").GetProperty(levels[1])[0].GetString()
                + worst.GetProperty("eq3").GetProperty(levels[2]).GetProperty(levels[5])[0].GetString()
                + worst
                    .GetProperty("eq4")
                    .GetProperty(levels[3])[0]
                    .GetString()!
                    .Replace("SI:S", "SI:H/MSI:S", StringComparison.Ordinal)
                    .Replace("SA:S", "SA:H/MSA:S", StringComparison.Ordinal)
                + worst.GetProperty("eq5").GetProperty(levels[4])[0].GetString();
            Assert.True(Full(vector) == macroVector.Value.GetDouble(), $"{macroVector.Name} {vector}: {Full(vector)}, and not {macroVector.Value}");
        }
    }

    // Over all metrics and a lower value of each: a score never rises.
    [Fact]
    public void A_vector_that_is_less_bad_in_one_metric_has_no_higher_score() =>
        Fuzz.Run(random =>
        {
            foreach (
                var (prefix, metrics) in new[]
                {
                    ("CVSS:3.1", "AV:NALP AC:LH PR:NLH UI:NR C:HLN I:HLN A:HLN"),
                    ("CVSS:4.0", "AV:NALP AC:LH AT:NP PR:NLH UI:NPA VC:HLN VI:HLN VA:HLN SC:HLN SI:HLN SA:HLN"),
                }
            )
            {
                var names = metrics.Split(' ').Select(metric => metric.Split(':')).ToArray();
                var values = names.Select(metric => random.Next(metric[1].Length)).ToArray();
                var scope =
                    prefix == "CVSS:3.1"
                        ? random.Next(2) == 0
                            ? "/S:U"
                            : "/S:C"
                        : "";
                var worse = Text();
                var lowered = random.Next(names.Length);
                values[lowered] = Math.Min(values[lowered] + 1, names[lowered][1].Length - 1);
                Assert.True(CvssVector.Parse(Text(), out _)!.BaseScore <= CvssVector.Parse(worse, out _)!.BaseScore, $"{worse} and {Text()}");

                string Text() => prefix + scope + string.Concat(names.Select((metric, i) => $"/{metric[0]}:{metric[1][values[i]]}"));
            }
        });

    [Fact]
    public void Whatever_is_given_is_scored_from_0_to_10_or_refused() =>
        Fuzz.Run(random =>
        {
            var vector = CvssVector.Parse(
                Fuzzing.Mutate(random.Next(2) == 0 ? Worst4 : "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", random),
                out var problem
            );
            Assert.True(vector is null == problem is not null);
            Assert.True(vector is null or { BaseScore: >= 0 and <= 10 });
        });

    /// <summary>Compares with the scores of another implementation: <c>ECOSCANNER_CVSS</c> names a file of lines <c>vector score</c>, the score of 4.0 with all its metrics.</summary>
    [Fact]
    public void Another_implementation_agrees()
    {
        var file = Environment.GetEnvironmentVariable("ECOSCANNER_CVSS");
        Assert.SkipWhen(file is null, "ECOSCANNER_CVSS names no file");
        var lines = File.ReadLines(file!).Select(line => line.Split(' ')).ToList();
        Assert.All(
            lines,
            line =>
                Assert.Equal(
                    double.Parse(line[1], CultureInfo.InvariantCulture),
                    line[0].StartsWith("CVSS:4.0/", StringComparison.Ordinal) ? Full(line[0][8..]) : CvssVector.Parse(line[0], out _)!.BaseScore
                )
        );
    }

    private static double Full(string metrics)
    {
        var read = new CvssMetrics(Cvss4.Metrics);
        Assert.Null(read.Read("/" + metrics.Trim('/')));
        return Cvss4.FullScore(read);
    }
}
