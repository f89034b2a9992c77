using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>The parser tests of TC39 for all parsers.</summary>
public sealed class ParserTestsTests
{
    // Here the twin is another program: what is one argument in parentheses, a((1, 2)), it passes as two.
    private static readonly string[] OtherPrograms = ["589dc8ad3b9aa28f.js", "87a9b0d1d80812cc.js"];

    [Theory]
    [InlineData("pass")]
    [InlineData("pass-explicit")]
    [InlineData("fail")]
    [InlineData("early")]
    public void Every_program_is_told_from_what_is_none(string group)
    {
        var wrong = Tests(group).Select(Wrong).OfType<string>().ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} are wrong:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void A_program_has_the_tree_of_the_same_program_with_all_its_parentheses()
    {
        var different = Tests("pass").Where(test => !OtherPrograms.Contains(Path.GetFileName(test.Path))).Select(Difference).OfType<string>().ToList();
        Assert.True(different.Count == 0, $"{different.Count} differ:\n{string.Join('\n', different)}");
    }

    private static List<ParserTest> Tests(string group)
    {
        var folder = Suites.FindPackage(ParserTests.Package);
        Assert.SkipWhen(folder is null, Suites.HowToInstall(ParserTests.Package));
        return [.. ParserTests.Read(folder!).Where(test => test.Group == group)];
    }

    private static string? Wrong(ParserTest test)
    {
        var error = Verdicts.FirstError(File.ReadAllText(test.Path), Verdicts.Options(test.Module));
        return (test.Valid, error) switch
        {
            (true, { } unexpected) => $"rejected {Path.GetFileName(test.Path)}: {unexpected}",
            (false, null) => $"accepted {Path.GetFileName(test.Path)}",
            _ => null,
        };
    }

    private static string? Difference(ParserTest test)
    {
        var options = Verdicts.Options(test.Module);
        var tree = SyntaxTree.Parse(new SourceText(File.ReadAllText(test.Path)), options);
        var twin = SyntaxTree.Parse(new SourceText(File.ReadAllText(test.Explicit)), options);
        var pending = new Stack<(Node, Node)>([(tree.Root, twin.Root)]);
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        while (pending.TryPop(out var pair))
        {
            var (node, other) = pair;
            var (mine, its) = (ChildrenOf(node), ChildrenOf(other));
            if (!AreAlike(node, other, renamed) || mine.Count != its.Count)
            {
                return $"{Path.GetFileName(test.Path)}: {node} {node.Text} and {other} {other.Text}";
            }

            for (var child = 0; child < mine.Count; child++)
            {
                pending.Push((mine[child], its[child]));
            }
        }

        return null;
    }

    // Parentheses aside, and escapes. A few twins use other names and numbers, but each one for the same; and keys are written as plainly as can be.
    private static bool AreAlike(Node node, Node other, Dictionary<string, string> renamed)
    {
        const NodeFlags Ignored = NodeFlags.Parenthesized | NodeFlags.Escaped;
        if (WordOf(node) is { } word)
        {
            return WordOf(other) == (renamed.TryGetValue(word, out var known) ? known : renamed[word] = WordOf(other) ?? "");
        }

        return node.Kind == other.Kind
            && (node.Flags | Ignored) == (other.Flags | Ignored)
            && node.Detail == other.Detail
            && node.CookedValue == other.CookedValue
            && (node.Kind != NodeKind.RegExpLiteral || node.Text.SequenceEqual(other.Text));
    }

    private static string? WordOf(Node node) =>
        node.Kind switch
        {
            NodeKind.StringLiteral => node.StringValue,
            NodeKind.NumericLiteral => node.NumberValue.ToString(System.Globalization.CultureInfo.InvariantCulture),
            NodeKind.Identifier => node.Name,
            _ => null,
        };

    // a, b, c is written as (a, b), c.
    private static List<Node> ChildrenOf(Node node)
    {
        var children = new List<Node>();
        foreach (var child in node.Children)
        {
            if (node.Kind == NodeKind.SequenceExpression && child.Kind == NodeKind.SequenceExpression && children.Count == 0)
            {
                children.AddRange(ChildrenOf(child));
            }
            else
            {
                children.Add(child);
            }
        }

        return children;
    }
}
