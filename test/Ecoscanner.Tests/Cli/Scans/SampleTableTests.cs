using Ecoscanner.Cli.Samples;
using Ecoscanner.Cli.Scans;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli.Scans;

/// <summary>The table of the samples, in terminals of usual widths.</summary>
public sealed class SampleTableTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void The_table_keeps_within_the_terminal(int width)
    {
        List<SampleRow> rows =
        [
            new("admin-unauthenticated", SampleRow.Connect, ["page-unauthenticated"], ["page-unauthenticated"], 1, null),
            new("sound", SampleRow.Connect, [], [], 0, null),
            new("tls-old", SampleRow.Connect, ["tls-cipher-weak", "tls-version-old"], ["tls-cipher-weak", "tls-version-old"], 2, null),
            .. FileSample.All(Path.Combine(Repository.Root, "samples")).Select(Scanned),
        ];
        Golden.Matches(Table(rows, width), $".{width}.txt");
        Assert.All(Table(rows, width).Split('\n'), line => Assert.InRange(line.Length, 0, width));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void What_is_not_as_planted_says_how(int width) =>
        Golden.Matches(
            Table(
                [
                    new("sound", SampleRow.Connect, [], [], 0, ""),
                    new("broken", FileSample.Forge, ["sql-injection"], [], 0, "forge-code took longer than 5 minutes"),
                    new("missing", FileSample.Forge, ["authorization-missing", "sql-injection"], ["sql-injection"], 1, null),
                    new("wrong", FileSample.Forge, [], ["authorization-missing", "webtrigger-authentication-missing"], 3, null),
                ],
                width
            ),
            $".wrong.{width}.txt"
        );

    private static SampleRow Scanned(FileSample sample)
    {
        IReadOnlyList<string> planted = [.. sample.Fails.Order(StringComparer.Ordinal)];
        return new(sample.Name, sample.Hosting, planted, planted, planted.Count, null);
    }

    private static string Table(IReadOnlyList<SampleRow> rows, int width) => string.Join('\n', SampleTable.Lines(rows, width, new Paint(false))) + "\n";
}
