using System.Collections.Immutable;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgePrograms;

/// <summary>Finds of which part of the items of which loop an expression is: a <c>for</c>, or a function that a method of an array calls.</summary>
internal sealed class LoopSources(ProgramValues program)
{
    // Patterns in patterns, and members of members; tables have two.
    private const int MaximumSteps = 8;

    /// <summary>The part; null where it is none of a loop's item.</summary>
    public LoopColumn? ColumnOf(Node expression)
    {
        var path = new List<string>();
        var at = expression.WithoutAssertions;
        for (; at.Kind == NodeKind.MemberExpression; at = at.Object.WithoutAssertions)
        {
            if (MemberName(at) is not { } name || path.Count == MaximumSteps)
            {
                return null;
            }

            path.Insert(0, name);
        }

        if (SymbolOf(at) is not { Exists: true, Declarations: [var declaration] })
        {
            return null;
        }

        var root = declaration;
        while (StepOf(root) is var (around, step))
        {
            if (path.Count == MaximumSteps)
            {
                return null;
            }

            path.Insert(0, step);
            root = around;
        }

        return SourceOf(root) is { } source ? new(root, [.. path], source) : null;
    }

    // The pattern around a part of one, and which part it is.
    private static (Node Around, string Step)? StepOf(Node part)
    {
        var parent = part.Tree.ParentOf(part);
        if (parent.Kind == NodeKind.AssignmentPattern && parent.Left == part)
        {
            (part, parent) = (parent, parent.Tree.ParentOf(parent));
        }

        return parent.Kind switch
        {
            NodeKind.ArrayPattern => (
                parent,
                parent.Elements.TakeWhile(element => element != part).Count() switch
                {
                    0 => "0",
                    1 => "1",
                    2 => "2",
                    _ => "",
                }
            ),
            NodeKind.Property when !parent.Has(NodeFlags.Computed) && parent.Tree.ParentOf(parent) is { Kind: NodeKind.ObjectPattern } pattern => (
                pattern,
                parent.Key.Kind == NodeKind.Identifier ? parent.Key.Name : parent.Key.StringValue
            ),
            _ => null,
        };
    }

    private LoopSource? SourceOf(Node target)
    {
        var parent = target.Tree.ParentOf(target);
        if (parent.Kind == NodeKind.VariableDeclarator)
        {
            var loop = parent.Tree.ParentOf(parent.Tree.ParentOf(parent));
            return loop.Kind switch
            {
                NodeKind.ForOfStatement => Items(loop.Right.WithoutAssertions),
                NodeKind.ForInStatement => new(LoopSourceKind.Names, loop.Right),
                _ => null,
            };
        }

        // list.forEach(item => …), list.reduce((made, item) => …, …)
        if (
            parent.Kind is NodeKind.ArrowFunctionExpression or NodeKind.FunctionExpression
            && parent.Tree.ParentOf(parent) is { Kind: NodeKind.CallExpression } call
            && call.Arguments.Count > 0
            && call.Arguments[0] == parent
            && call.Callee.WithoutAssertions is { Kind: NodeKind.MemberExpression } method
        )
        {
            var place = MemberName(method) is "reduce" or "reduceRight" ? 1 : 0;
            return parent.Params.Count > place && parent.Params[place] == target ? Items(method.Object.WithoutAssertions) : null;
        }

        return null;
    }

    private LoopSource Items(Node list)
    {
        if (list.Kind == NodeKind.CallExpression && list.Arguments.Count > 0)
        {
            foreach (var target in program.Calls.TargetsOf(list))
            {
                switch (target.Path)
                {
                    case "Object.entries":
                        return new(LoopSourceKind.Entries, list.Arguments[0]);
                    case "Object.keys" or "Object.getOwnPropertyNames" or "Reflect.ownKeys":
                        return new(LoopSourceKind.Names, list.Arguments[0]);
                    case "Object.values":
                        return new(LoopSourceKind.Values, list.Arguments[0]);
                    default:
                        break;
                }
            }
        }

        return new(LoopSourceKind.Items, list);
    }

    private Symbol SymbolOf(Node name) =>
        name.Kind == NodeKind.Identifier && program.Graph.ModuleOf(name.Tree)?.Record is { } record ? record.Model.SymbolOf(name) : default;

    private string? MemberName(Node member) =>
        !member.Has(NodeFlags.Computed)
            ? member.Property.Name
            : program.Of(member.Property).ToList() switch
            {
                [{ Text: { } text }] => text,
                [{ Number: 0 }] => "0",
                [{ Number: 1 }] => "1",
                _ => null,
            };
}

/// <summary>A part of the items of a loop.</summary>
/// <param name="Root">What the loop sets: two parts of one item have the same.</param>
/// <param name="Path">The members that lead from the item to the part.</param>
internal sealed record LoopColumn(Node Root, ImmutableArray<string> Path, LoopSource Source);

/// <summary>What a loop goes through.</summary>
internal readonly record struct LoopSource(LoopSourceKind Kind, Node Expression);

/// <summary>What of an expression a loop goes through.</summary>
internal enum LoopSourceKind
{
    /// <summary>The items of a list.</summary>
    Items,

    /// <summary>The names of an object's members.</summary>
    Names,

    /// <summary>The values of its members.</summary>
    Values,

    /// <summary>Pairs of both.</summary>
    Entries,
}
