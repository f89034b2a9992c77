using System.Diagnostics;
using Ecoscanner.Cli;
using Ecoscanner.Cli.Configuration;

namespace Ecoscanner.Tests.Cli.Configuration;

public sealed class YamlTreeTests
{
    [Theory]
    [InlineData("a: &x 1\nb: *x\n", 1, "uses an anchor or alias; write the value out")]
    [InlineData("a: !!python/object:os.system x\n", 1, "uses a tag; leave it out")]
    [InlineData("a: 1\n\na: 2\n", 3, "has \"a\" twice, first in line 1; keep one")]
    [InlineData("a: 1\n---\nb: 2\n", 2, "holds a second document; keep one")]
    [InlineData("[a]: 1\n", 1, "has a key that is no text")]
    [InlineData("a: [1, 2\nb: 3\n", 2, "is no YAML")]
    [InlineData("a: \"\n", 1, "is no YAML")]
    [InlineData("a:\n\tb: 1\n", 1, "is no YAML")]
    [InlineData("{a: b\nc: d\n", 2, "is no YAML")]
    public void What_is_no_plain_YAML_is_refused_with_its_line(string text, int line, string reason)
    {
        var problem = Assert.Throws<YamlProblem>(() => YamlTree.Read(text));
        Assert.StartsWith(reason, problem.Message);
        Assert.Equal(line, problem.Line);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    public void An_empty_file_is_nothing(string text) => Assert.Null(YamlTree.Read(text));

    public static TheoryData<string, string> Bombs =>
        new()
        {
            { "depth in brackets", string.Concat(Enumerable.Repeat("[", 200_000)) },
            { "depth in dashes", string.Concat(Enumerable.Repeat("- ", 200_000)) },
            { "depth in maps", string.Concat(Enumerable.Repeat("{a: ", 100_000)) },
            { "question marks", string.Concat(Enumerable.Repeat("? ", 200_000)) },
            { "size", new string('a', YamlTree.MaximumCharacters + 1) },
            { "laughs", "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n" },
            { "anchors", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"k{i}: &a{i} v\n")) },
            { "comments", string.Concat(Enumerable.Repeat("#\n", 200_000)) },
            { "long key", new string('k', 400_000) + ": 1\n" },
            { "quotes", string.Concat(Enumerable.Repeat("\"\" ", 150_000)) },
        };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_bomb_is_read_or_refused_at_once(string name, string text)
    {
        var clock = Stopwatch.StartNew();
        _ = Record.Exception(() => YamlTree.Read(text)) is null or YamlProblem ? 0 : throw new InvalidOperationException(name);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Whatever_a_file_holds_it_is_read_or_refused_by_line()
    {
        const string Good =
            "rate: 3\nfail-on: low # why\nignores:\n  - fingerprint: \"eco1:x\"\n    reason: |\n      two\n      lines\n    expires: 2027-01-01\nrule: [a, 'b']\n";
        const string Odd = "&*!|>'\"%@`{}[],#?:-\t\n \u0000\u001b\u0085\u2028\ufeff\ud800";
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var seconds = Environment.GetEnvironmentVariable("ECOSCANNER_SLOW") == "1" ? 60 : 2;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(seconds); )
        {
            var text = Good;
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                var at = random.Next(text.Length);
                text = random.Next(3) switch
                {
                    0 => text.Remove(at, Math.Min(random.Next(1, 6), text.Length - at)),
                    1 => text.Insert(at, Odd[random.Next(Odd.Length)].ToString()),
                    _ => text.Insert(at, Good[random.Next(Good.Length)..]),
                };
            }

            var thrown = Record.Exception(() => ConfigurationFile.Parse(text, "f.yaml"));
            Assert.True(thrown is null or ExitException { Code: 2, Lines.Count: > 0 }, $"seed {seed}: {thrown}\n{text}");
        }
    }
}
