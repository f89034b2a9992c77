using System.Text;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Json;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Reports;

public sealed class ReportReaderTests
{
    private static readonly string Good = SampleReports.Written("json", SampleReports.Rich());

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("{", "line 1")]
    [InlineData("null", "give a report")]
    [InlineData("[]", "give a report")]
    [InlineData("[null]", "null in a list")]
    [InlineData("{\"schemaVersion\": 1}", "give a report")]
    [InlineData("<html>", "give a report")]
    public void What_is_no_report_is_refused_with_the_place_and_the_way_out(string text, string part) => Assert.Contains(part, Refusal(text));

    [Fact]
    public void A_report_of_a_later_version_is_refused() =>
        Assert.Contains("schemaVersion 2", Refusal(Good.Replace("\"schemaVersion\": 1", "\"schemaVersion\": 2", StringComparison.Ordinal)));

    [Fact]
    public void A_verdict_in_unknown_words_is_refused() =>
        Assert.Contains("verdicts", Refusal(Good.Replace("\"verdict\": \"pass\"", "\"verdict\": \"perhaps\"", StringComparison.Ordinal)));

    [Fact]
    public void A_rule_that_the_report_does_not_tell_is_refused() =>
        Assert.Contains("tool.rules", Refusal(Good.Replace("\"rule\": \"hsts-missing\"", "\"rule\": \"other\"", StringComparison.Ordinal)));

    [Fact]
    public void A_rule_named_like_a_command_is_refused() =>
        Assert.Contains("letters, digits and hyphens", Refusal(Good.Replace("hsts-missing", "$(reboot)", StringComparison.Ordinal)));

    [Fact]
    public void A_report_of_before_there_were_extents_says_nothing_of_them()
    {
        var report = ReportReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(SampleReports.Written("json", SampleReports.Of(SampleReports.Sound())))));
        Assert.Null(report.Apps[0].Extent);
    }

    [Fact]
    public void An_extent_with_a_hole_is_refused() =>
        Assert.Contains("null in a list", Refusal(Good.Replace("\"https://app.example.com/\",", "null,", StringComparison.Ordinal)));

    [Fact]
    public void Deep_nesting_is_refused() => Assert.Contains("give a report", Refusal(new string('[', 100_000)));

    [Fact]
    public void Endless_lists_are_refused() =>
        Assert.Contains("tokens", Refusal($"[{string.Join(',', Enumerable.Repeat("0", BoundedJson.MaximumTokens + 1))}]"));

    [Fact]
    public void An_endless_file_is_refused()
    {
        using var endless = new Endless();

        Assert.Contains("larger than", Assert.Throws<ReportFormatException>(() => ReportReader.Read(endless)).Message);
    }

    [Fact]
    public void Broken_reports_are_read_or_refused_and_nothing_else()
    {
        Fuzz.Run(random =>
        {
            var bytes = Encoding.UTF8.GetBytes(Good);
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                Mutate(random, ref bytes);
            }

            try
            {
                var report = ReportReader.Read(new MemoryStream(bytes));
                foreach (var format in ReportFormats.All)
                {
                    format.Write(report, SampleReports.Options, Stream.Null);
                }
            }
            catch (ReportFormatException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        });
    }

    private static string Refusal(string text)
    {
        var message = Assert.Throws<ReportFormatException>(() => ReportReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)))).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private static void Mutate(Random random, ref byte[] bytes)
    {
        var values = new[] { "null", "0", "-1", "1e999", "\"\"", "[]", "{}", "[null]", "true", "9223372036854775807", "\"\\ud800\"" };
        var at = random.Next(bytes.Length);
        switch (random.Next(4))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 40))..]];
                break;
            default:
                // The value of a member becomes another: the JSON stays well-formed.
                var colon = Array.IndexOf(bytes, (byte)':', at);
                var end = colon < 0 ? -1 : Array.FindIndex(bytes, colon, value => value is (byte)',' or (byte)'\n');
                if (end > 0)
                {
                    bytes = [.. bytes[..(colon + 1)], .. Encoding.UTF8.GetBytes(values[random.Next(values.Length)]), .. bytes[end..]];
                }

                break;
        }
    }

    private sealed class Endless : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)' ');
            return count;
        }
    }
}
