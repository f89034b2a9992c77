using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Syntax;

/// <summary>Sources that are nested, long or ambiguous beyond anything a person writes: they are read to the end, in time that grows with their size.</summary>
public sealed class HostileSourceTests
{
    private const int Deep = 100_000;

    // The slowest of these takes a second and a half in a debug build; what grows with the square would take hours.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string, string, string, string> Nestings =>
        new()
        {
            { "parentheses", "(", "1", ")" },
            { "arrays", "[", "1", "]" },
            { "objects", "x={a:", "1", "}" },
            { "blocks", "{", ";", "}" },
            { "functions", "function f(){", "", "}" },
            { "arrow functions", "a=>", "1", "" },
            { "default values", "(a=(", "1", "))" },
            { "calls", "f(", "1", ")" },
            { "conditional expressions", "a?b:", "1", "" },
            { "if statements", "if(a)", ";", "" },
            { "else branches", "if(a);else ", ";", "" },
            { "labels", "a: {", ";", "}" },
            { "unary operators", "!", "1", "" },
            { "templates", "`${", "1", "}`" },
            { "classes", "(class{a=", "1", "})" },
            { "superclasses", "(class extends ", "a", "{})" },
            { "new expressions", "new ", "a", "" },
            { "powers", "a**", "a", "" },
            { "assignments", "a=", "a", "" },
            { "elements", "<a>", "", "</a>" },
            { "types", "let a: B<", "C", ">" },
            { "function types", "let a: (a:", "B", ")=>C" },
            { "conditional types", "type A = a extends b?c:", "d", "" },
            { "type operators", "type A = keyof ", "d", "" },
        };

    [Theory]
    [MemberData(nameof(Nestings))]
    public void A_hundred_thousand_levels_are_read_whole(string name, string open, string inside, string close)
    {
        var tree = Read(
            Nested(open, inside, close),
            new()
            {
                TypeScript =
                    open.Contains(':', StringComparison.Ordinal)
                    || open.Contains('<', StringComparison.Ordinal)
                    || open.StartsWith("type", StringComparison.Ordinal),
                Jsx = name == "elements",
            }
        );
        Assert.DoesNotContain(tree.Diagnostics, diagnostic => diagnostic.Code == "nesting-too-deep");
        Assert.True(tree.NodeCount > (name == "parentheses" ? 1 : Deep), $"{tree.NodeCount} nodes");
    }

    public static TheoryData<string, string> Ambiguities =>
        new()
        {
            { "comparisons like type arguments", string.Concat(Enumerable.Repeat("a<", Deep)) + "b" },
            { "assertions like arrow functions", string.Concat(Enumerable.Repeat("<T>(", Deep)) + "a" + new string(')', Deep) },
            { "conditional expressions like arrow functions", string.Concat(Enumerable.Repeat("a?(b):c=>", Deep)) + "d" },
            { "parameters like types", "let a: " + string.Concat(Enumerable.Repeat("({a:", Deep)) + "b" },
            { "unfinished generics", string.Concat(Enumerable.Repeat("f<T,", Deep)) },
            { "labels in a row", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"a{i}:")) + ";" },
        };

    [Theory]
    [MemberData(nameof(Ambiguities))]
    public void What_can_be_read_in_two_ways_is_not_read_again_and_again(string name, string source)
    {
        var tree = Read(source, new() { TypeScript = true });
        Assert.True(tree.Root.Kind == NodeKind.Program, name);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("{")]
    [InlineData("[")]
    [InlineData("<a>")]
    [InlineData("`${")]
    public void More_levels_than_the_limit_are_said_and_skipped(string open)
    {
        var tree = Read(string.Concat(Enumerable.Repeat(open, Parser.MaximumDepth + Deep)), new() { Jsx = true });
        Assert.Contains(tree.Diagnostics, diagnostic => diagnostic.Code == "nesting-too-deep");
    }

    [Fact]
    public void Wide_sources_take_time_by_their_size()
    {
        Read(string.Concat(Enumerable.Repeat("a+", 1_000_000)) + "a");
        Read("a" + string.Concat(Enumerable.Repeat(".a()", 500_000)));
        Read($"x = \"{new string('a', 20_000_000)}\"");
        Read($"/*{new string('*', 20_000_000)}*/");
        Read(string.Concat(Enumerable.Repeat("function f(){}", 500_000)));
        Read(new string('"', 1_000_001));
        Read(new string('\0', 200_000));
    }

    private static string Nested(string open, string inside, string close)
    {
        // Only the first level has what may stand once: x={a:{a:…
        var again =
            open.StartsWith("x=", StringComparison.Ordinal) ? open[2..]
            : open.StartsWith("let a: ", StringComparison.Ordinal) ? open[7..]
            : open.StartsWith("type A = ", StringComparison.Ordinal) ? open[9..]
            : open;
        return open + string.Concat(Enumerable.Repeat(again, Deep - 1)) + inside + string.Concat(Enumerable.Repeat(close, Deep));
    }

    private static SyntaxTree Read(string source, ParseOptions? options = null)
    {
        var reading = Task.Run(() => SyntaxTree.Parse(source, options));
        Assert.True(reading.Wait(Patience), $"not read within {Patience.TotalSeconds} s: {source[..Math.Min(40, source.Length)]}");
        return reading.GetAwaiter().GetResult();
    }
}
