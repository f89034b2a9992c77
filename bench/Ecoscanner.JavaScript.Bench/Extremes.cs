using System.Diagnostics;
using System.Text;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Bench;

/// <summary>Sources that nobody writes by hand: deep, long, wide. Time must grow with size, and nothing may overflow.</summary>
internal static class Extremes
{
    private const int Deep = 100_000;

    private static readonly (string Name, Func<string> Source)[] Cases =
    [
        ("parentheses, 100,000 deep", () => Nested("(", "1", ")")),
        ("arrays, 100,000 deep", () => Nested("[", "1", "]")),
        ("objects, 100,000 deep", () => "x = " + Nested("{a:", "1", "}")),
        ("blocks, 100,000 deep", () => Nested("{", ";", "}")),
        ("functions, 100,000 deep", () => Nested("function f(){", "", "}")),
        ("arrows, 100,000 deep", () => Nested("a=>", "1", "")),
        ("arrows in parentheses, 100,000 deep", () => Nested("(a=(", "1", "))")),
        ("calls, 100,000 deep", () => Nested("f(", "1", ")")),
        ("conditionals, 100,000 deep", () => Nested("a?b:", "1", "")),
        ("ifs, 100,000 deep", () => Nested("if(a)", ";", "")),
        ("else ifs, 100,000", () => Nested("if(a);else ", ";", "")),
        ("unary operators, 100,000 deep", () => Nested("!", "1", "")),
        ("templates, 100,000 deep", () => Nested("`${", "1", "}`")),
        ("classes, 100,000 deep", () => "x = " + Nested("class{a=", "1", "}")),
        ("new, 100,000 deep", () => Nested("new ", "a", "")),
        ("elements, 100,000 deep", () => Nested("<a>", "", "</a>")),
        ("patterns, 100,000 deep", () => Nested("[", "a", "]") + " = b"),
        ("binary operators, 1,000,000 long", () => string.Concat(Enumerable.Repeat("a+", 1_000_000)) + "a"),
        ("members, 1,000,000 long", () => "a" + string.Concat(Enumerable.Repeat(".a", 1_000_000))),
        ("types, 100,000 deep", () => "type A = " + Nested("B<", "C", ">")),
        ("function types, 100,000 deep", () => "type A = " + Nested("(a:", "B", ")=>C")),
        ("conditional types, 100,000 deep", () => "type A = " + Nested("a extends b?c:", "d", "")),
        ("comparisons like type arguments, 100,000", () => Nested("a<", "b", "")),
        ("assertions like arrows, 100,000 deep", () => Nested("<T>(", "a", ")")),
        ("conditionals like arrows, 100,000 deep", () => Nested("a?(b):c=>", "d", "")),
        ("open parentheses, 1,000,000", () => new string('(', 1_000_000)),
        ("open braces, 1,000,000", () => new string('{', 1_000_000)),
        ("open elements, 1,000,000", () => string.Concat(Enumerable.Repeat("<a>", 1_000_000))),
        ("tiny functions, 1,000,000", () => string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"function f{i}(){{return {i}}}"))),
        ("one string literal of 20 MB", () => $"x = \"{new string('a', 20_000_000)}\""),
        ("one template of 20 MB", () => $"x = `{new string('a', 20_000_000)}`"),
        ("one comment of 20 MB", () => $"/*{new string('*', 20_000_000)}*/"),
        ("one minified line of 50 MB", () => Minified(50_000_000)),
        ("one name of 20 MB", () => new string('a', 20_000_000)),
        ("zeros, 1 MB", () => new string('\0', 1_000_000)),
        ("quotes, 1 MB", () => new string('"', 1_000_000)),
        ("backticks, 1 MB", () => new string('`', 1_000_000)),
        ("slashes, 1 MB", () => string.Concat(Enumerable.Repeat("/a", 500_000))),
    ];

    public static bool Run()
    {
        Console.WriteLine("| source | MB | ms | ms/MB | MB allocated | nodes | first diagnostic |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|---|");
        foreach (var (name, make) in Cases)
        {
            var source = make();
            var options = new ParseOptions
            {
                TypeScript = name.Contains("type", StringComparison.Ordinal) || name.Contains("like", StringComparison.Ordinal),
                Jsx = !name.Contains("like", StringComparison.Ordinal),
            };
            var before = GC.GetTotalAllocatedBytes();
            var time = Stopwatch.StartNew();
            var tree = SyntaxTree.Parse(source, options);
            time.Stop();
            var allocated = GC.GetTotalAllocatedBytes() - before;
            var megabytes = source.Length / 1e6;
            Console.WriteLine(
                $"| {name} | {megabytes:0.##} | {time.Elapsed.TotalMilliseconds:0} | {time.Elapsed.TotalMilliseconds / megabytes:0} | {allocated / 1e6:0} | {tree.NodeCount} | {(tree.Diagnostics.Count > 0 ? tree.Diagnostics[0].Code : "")} |"
            );
        }

        return true;
    }

    private static string Nested(string open, string inside, string close)
    {
        var text = new StringBuilder(Deep * (open.Length + close.Length));
        for (var level = 0; level < Deep; level++)
        {
            text.Append(open);
        }

        text.Append(inside);
        for (var level = 0; level < Deep; level++)
        {
            text.Append(close);
        }

        return text.ToString();
    }

    private static string Minified(int length)
    {
        var text = new StringBuilder(length + 100);
        for (var i = 0; text.Length < length; i++)
        {
            text.Append("function f").Append(i).Append("(a,b){var c=a&&b.d(\"e\",{f:1,g:[2,3]});if(c!==void 0)return c?a:b;for(;a<b;a++)c+=a}");
        }

        return text.ToString();
    }
}
