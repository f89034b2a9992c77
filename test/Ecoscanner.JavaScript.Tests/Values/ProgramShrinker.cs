using System.Diagnostics;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Values;

/// <summary>Takes away from a program what is not needed for what it shows: statements, members, items, the files, and what stands around an expression.</summary>
internal static class ProgramShrinker
{
    private const int MaximumRounds = 60;

    // A program of a hundred lines takes about that long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // What Node runs at once; the largest cuts come first.
    private const int MaximumVariants = 400;

    // An object, its property, an access to it: three steps to what is passed through.
    private const int MaximumAround = 4;

    /// <summary>The smallest program found that still shows it.</summary>
    public static RunProgram Shrink(RunProgram program, Func<RunProgram, ObservedProgram, bool> shows)
    {
        program = program with { IsChecked = false };
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < MaximumRounds && watch.Elapsed < Patience; round++)
        {
            var cuts = Cuts(program).Where(cut => IsProgram(cut.Result)).Take(MaximumVariants).ToList();
            var good = Showing(cuts.Select(cut => cut.Result), shows).Zip(cuts).Where(pair => pair.First).Select(pair => pair.Second).ToList();
            if (good.Count == 0)
            {
                return program;
            }

            // Most go together; where not, some do.
            var tries = new[] { good.Count, (good.Count + 1) / 2, (good.Count + 3) / 4 }
                .Select(count => Together(program, good.Take(count)))
                .Where(IsProgram)
                .ToList();
            var best = Showing(tries, shows).Zip(tries).FirstOrDefault(pair => pair.First).Second;
            program = Tidy(best is not null && best.Text.Length < good[0].Result.Text.Length ? best : good[0].Result);
        }

        return program;
    }

    /// <summary>Without empty lines.</summary>
    private static RunProgram Tidy(RunProgram program) =>
        program with
        {
            Sources =
            [
                .. program.Sources.Select(file =>
                    KeyValuePair.Create(
                        file.Key,
                        string.Concat(file.Value.Split('\n').Where(line => line.AsSpan().Trim() is not ("" or ";")).Select(line => $"{line}\n"))
                    )
                ),
            ],
        };

    private static List<bool> Showing(IEnumerable<RunProgram> programs, Func<RunProgram, ObservedProgram, bool> shows)
    {
        var list = programs.ToList();
        return list.Count == 0 ? [] : [.. ObservedProgram.TryOf(list).Zip(list).Select(pair => pair.First is { } observed && shows(pair.Second, observed))];
    }

    private static bool IsProgram(RunProgram program) =>
        program.Sources.All(file => SyntaxTree.Parse(new SourceText(file.Value, file.Key)).Diagnostics.Count == 0);

    /// <summary>All that could be taken away, the largest first.</summary>
    private static IEnumerable<Cut> Cuts(RunProgram program)
    {
        var files = program
            .Sources.SkipLast(1)
            .Select(file => new Cut(file.Key, 0, file.Value.Length, "", program with { Sources = [.. program.Sources.Where(other => other.Key != file.Key)] }));
        return files
            .Concat(program.Sources.SelectMany(file => Cuts(file.Key, file.Value).Select(cut => cut with { Result = With(program, cut) })))
            .OrderByDescending(cut => cut.End - cut.Start - cut.Text.Length);
    }

    private static IEnumerable<Cut> Cuts(string name, string source)
    {
        var tree = SyntaxTree.Parse(new SourceText(source, name));
        for (var index = 1; index <= tree.NodeCount; index++)
        {
            var node = tree.NodeAt(index);
            var parent = tree.ParentOf(node);
            switch (parent.Kind)
            {
                case NodeKind.Program
                or NodeKind.BlockStatement
                or NodeKind.ClassBody
                or NodeKind.SwitchStatement
                or NodeKind.StaticBlock
                or NodeKind.SwitchCase:
                    yield return new(name, node.Start, node.End, "");
                    break;
                case NodeKind.ArrayExpression
                or NodeKind.ObjectExpression
                or NodeKind.CallExpression
                or NodeKind.NewExpression
                or NodeKind.ObjectPattern
                or NodeKind.ArrayPattern:
                case NodeKind.FunctionExpression
                or NodeKind.FunctionDeclaration
                or NodeKind.ArrowFunctionExpression
                or NodeKind.ImportDeclaration
                or NodeKind.ExportNamedDeclaration:
                    var end = node.End;
                    while (end < source.Length && char.IsWhiteSpace(source[end]))
                    {
                        end++;
                    }

                    yield return new(name, node.Start, end < source.Length && source[end] == ',' ? end + 1 : node.End, "");
                    break;
                case NodeKind.IfStatement when node == parent.Alternate:
                    yield return new(name, source.LastIndexOf("else", node.Start, StringComparison.Ordinal), node.End, "");
                    break;
            }

            if (IsExpression(node) || IsStatement(node))
            {
                foreach (var outer in Around(node))
                {
                    var isSame = IsExpression(node) == IsExpression(outer);
                    yield return new(name, outer.Start, outer.End, source[node.Start..node.End] + (isSame ? "" : ";"));
                }
            }

            if (IsExpression(node) && node.End - node.Start > 3)
            {
                yield return new(name, node.Start, node.End, "0");
                yield return new(name, node.Start, node.End, "\"\"");
            }

            if (node.Kind == NodeKind.BlockStatement && parent.Kind is NodeKind.Program or NodeKind.BlockStatement && node.End - node.Start > 2)
            {
                yield return new(name, node.Start, node.End, source[(node.Start + 1)..(node.End - 1)]);
            }
        }
    }

    /// <summary>The expressions and statements around a node that it could stand for, as far as the next few.</summary>
    private static IEnumerable<Node> Around(Node node)
    {
        var count = 0;
        for (var around = node.Tree.ParentOf(node); around.Exists && count < MaximumAround; around = node.Tree.ParentOf(around))
        {
            if (IsStatement(around) || (IsExpression(around) && IsExpression(node)))
            {
                count++;
                yield return around;
            }
        }
    }

    private static bool IsStatement(Node node) =>
        node.Kind
            is >= NodeKind.EmptyStatement
                and <= NodeKind.ClassDeclaration
                and not (NodeKind.SwitchCase or NodeKind.CatchClause or NodeKind.VariableDeclarator);

    private static bool IsExpression(Node node) =>
        node.Kind
            is >= NodeKind.Identifier
                and <= NodeKind.ImportExpression
                and not (NodeKind.Property or NodeKind.PrivateIdentifier or NodeKind.TemplateElement);

    private static RunProgram With(RunProgram program, Cut cut) =>
        program with
        {
            Sources =
            [
                .. program.Sources.Select(file => file.Key == cut.Name ? new(file.Key, file.Value[..cut.Start] + cut.Text + file.Value[cut.End..]) : file),
            ],
        };

    /// <summary>The program without all that does not overlap.</summary>
    private static RunProgram Together(RunProgram program, IEnumerable<Cut> cuts)
    {
        var chosen = new List<Cut>();
        foreach (var cut in cuts)
        {
            if (!chosen.Exists(other => other.Name == cut.Name && other.Start < cut.End && cut.Start < other.End))
            {
                chosen.Add(cut);
            }
        }

        return chosen.OrderByDescending(cut => cut.Start).Aggregate(program, With);
    }

    private sealed record Cut(string Name, int Start, int End, string Text, RunProgram Result = null!);
}
