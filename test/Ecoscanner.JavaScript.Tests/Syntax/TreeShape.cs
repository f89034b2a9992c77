using System.Diagnostics;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Syntax;

/// <summary>What must hold for the tree of any text.</summary>
internal static class TreeShape
{
    // How much may be allocated for a source however small it is.
    private const int BytesForAny = 2 << 20;
    private const int TimesTheSource = 40;

    private static readonly TimeSpan TimeForAny = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TimePerThousand = TimeSpan.FromMilliseconds(1);

    // The limits are those of the program that ships; a debug build takes up to four times as long, and shares its processors with other tests.
#if DEBUG
    private const int DebugBuild = 4;
#else
    private const int DebugBuild = 1;
#endif

    /// <summary>Reads the text and throws where the tree, the time or the memory is not what it must be.</summary>
    public static SyntaxTree Check(string text, ParseOptions options)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var tree = SyntaxTree.Parse(text, options);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (allocated > BytesForAny + ((long)TimesTheSource * sizeof(char) * text.Length))
        {
            throw new InvalidOperationException($"{allocated} bytes for {Shown(text)}");
        }

        CheckTime(text, options);
        CheckTree(tree);
        return tree;
    }

    // Other tests run at the same time: the quickest of some tries counts.
    private static void CheckTime(string text, ParseOptions options)
    {
        var limit = (TimeForAny + (TimePerThousand * (text.Length / 1_000))) * DebugBuild;
        var best = TimeSpan.MaxValue;
        for (var tries = 0; tries < 5; tries++)
        {
            var time = Stopwatch.StartNew();
            SyntaxTree.Parse(text, options);
            best = TimeSpan.FromTicks(Math.Min(best.Ticks, time.Elapsed.Ticks));
            if (best <= limit)
            {
                return;
            }
        }

        throw new InvalidOperationException($"{best.TotalMilliseconds} ms for {Shown(text)}");
    }

    /// <summary>Throws where a node has two parents, or stands outside its parent, or behind it in the table.</summary>
    public static void CheckTree(SyntaxTree tree)
    {
        var root = tree.Root;
        Require(root.Kind == NodeKind.Program && root.Start == 0 && root.End == tree.Source.Length, root, "is no program over the whole source");
        var seen = new bool[tree.NodeCount + 1];
        var waiting = new Stack<Node>();
        waiting.Push(root);
        while (waiting.TryPop(out var node))
        {
            Require(node.Start <= node.End, node, "ends before it starts");
            foreach (var child in node.Children)
            {
                Require(child.Index < node.Index, child, $"stands behind its parent {node}");
                Require(!seen[child.Index], child, $"has another parent beside {node}");

                // Decorators stand before what they decorate, where that has no place for them: `(@a b)`, `@a export class B {}`.
                Require((node.Start <= child.Start || child.Kind == NodeKind.Decorator) && child.End <= node.End, child, $"reaches beyond its parent {node}");
                seen[child.Index] = true;
                waiting.Push(child);
            }
        }

        CheckGaps(tree);
        var previous = 0;
        foreach (var comment in tree.Comments)
        {
            Require(comment.Span.Start >= previous && comment.Span.End <= tree.Source.Length, root, $"has a comment out of order at {comment.Span}");
            previous = comment.Span.End;
        }

        foreach (var diagnostic in tree.Diagnostics)
        {
            Require(diagnostic.Span.Start <= diagnostic.Span.End && diagnostic.Span.End <= tree.Source.Length, root, $"has a diagnostic outside: {diagnostic}");
        }
    }

    // Where nothing is wrong, nothing is left out: between statements are spaces and comments.
    private static void CheckGaps(SyntaxTree tree)
    {
        if (tree.Diagnostics.Count > 0)
        {
            return;
        }

        var text = tree.Source.Content.ToCharArray();
        foreach (var span in tree.Root.BodyItems.Select(statement => statement.Span).Concat(tree.Comments.Select(comment => comment.Span)))
        {
            Array.Fill(text, ' ', span.Start, span.Length);
        }

        var left = new string(text).Trim().Trim('\ufeff');
        Require(left.Length == 0, tree.Root, $"leaves out \"{left[..Math.Min(left.Length, 100)]}\"");
    }

    private static void Require(bool holds, Node node, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"{node} {otherwise} in {Shown(node.Tree.Source.Content)}");
        }
    }

    private static string Shown(string text) => $"{text.Length} characters: {(text.Length <= 5_000 ? text : $"{text[..5_000]}...")}";
}
