using System.Globalization;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>
/// Names values, so that two expressions with the same key have the same value: the variable with the place that wrote it, members of it, constants. An alias has the
/// key of what it stands for, a parameter, where that is known, the key of the argument.
/// </summary>
internal sealed class ValueKeys(ProgramIndex index)
{
    // Aliases of aliases, members of members: people write five.
    private const int MaximumDepth = 32;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>The key; null where the value has no name.</summary>
    public string? Of(Frame frame, Node expression) => Of(frame, expression, MaximumDepth);

    /// <summary>Whether a guard of the one says something of the other: of the value itself, or of what it is a part of.</summary>
    public static bool Covers(string guarded, string subject) =>
        subject == guarded
        || (!subject.StartsWith("k:", StringComparison.Ordinal) && subject.StartsWith(guarded, StringComparison.Ordinal) && subject[guarded.Length] == '.');

    /// <summary>The key in the terms of a caller; null where it is a value of the function itself.</summary>
    public static string? InCaller(Frame callee, string key, Func<int, string?> argument, string? own)
    {
        if (key.StartsWith("k:", StringComparison.Ordinal))
        {
            return key;
        }

        var end = key.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? dot : key.Length;
        var (root, rest) = (key[..end], key[end..]);
        var mark = $"p{callee.Instance.Index}:";
        if (root.StartsWith(mark, StringComparison.Ordinal))
        {
            return argument(int.Parse(root.AsSpan(mark.Length), Culture)) is { } given ? given + rest : null;
        }

        if (root == $"t{callee.Instance.Index}")
        {
            return own is null ? null : own + rest;
        }

        // What belongs to a function around means the same to all within it.
        return root.StartsWith($"v{callee.Instance.Index}:", StringComparison.Ordinal) ? null : key;
    }

    private string? Of(Frame frame, Node expression, int depth)
    {
        var node = Unwrapped(expression);
        if (!node.Exists || depth <= 0)
        {
            return null;
        }

        switch (node.Kind)
        {
            case NodeKind.Identifier:
                return Constant(frame, node) ?? OfIdentifier(frame, node, depth);
            case NodeKind.ThisExpression:
                return frame.This ?? $"t{ThisOwner(frame.Instance).Index}";
            case NodeKind.MemberExpression:
                return Constant(frame, node) ?? (NameOf(frame, node) is { } name && Of(frame, node.Object, depth - 1) is { } owner ? $"{owner}.{name}" : null);
            case NodeKind.AwaitExpression:
                return Of(frame, node.Argument, depth - 1);
            case NodeKind.AssignmentExpression when node.Operator == TokenKind.Equals:
                return Of(frame, node.Right, depth - 1);
            default:
                return Constant(frame, node);
        }
    }

    private string? Constant(Frame frame, Node node)
    {
        var values = index.ValuesOf(frame.Instance, node);
        return values.Count == 1 && values.First() is { Kind: ValueKind.String, Text: { } text } ? $"k:{text}" : null;
    }

    private string? OfIdentifier(Frame frame, Node identifier, int depth)
    {
        var instance = frame.Instance;
        var model = index.ModuleOf(instance).Record.Model;
        var symbol = model.SymbolOf(identifier);
        if (!symbol.Exists)
        {
            return null;
        }

        if (index.FlowOf(instance) is { } flow && flow.Definitions.Tracks(symbol))
        {
            var number = flow.Definitions.DefinitionOf(identifier) is >= 0 and var read ? read : flow.Definitions.WriteOf(identifier);
            return number < 0 ? null : OfDefinition(frame, flow, flow.Definitions.At(number), number, depth);
        }

        // Of a function around, and never written again.
        if (!symbol.IsConstant || symbol.Declarations is not [var declaration])
        {
            return null;
        }

        for (var around = instance; around is not null; around = around.Parent)
        {
            if (index.FlowOf(around) is { } owner && owner.Graph.BlockOf(declaration).Exists && owner.Definitions.WriteOf(declaration) is >= 0 and var number)
            {
                return OfDefinition(ReferenceEquals(around, instance) ? frame : Frame.Of(around), owner, owner.Definitions.At(number), number, depth);
            }
        }

        return $"s{instance.Module}:{symbol.Index}";
    }

    private string? OfDefinition(Frame frame, FunctionFlow flow, Definition definition, int number, int depth)
    {
        var local = $"v{frame.Instance.Index}:{number}";
        if (definition.Kind != DefinitionKind.Write)
        {
            return local;
        }

        // Climbs out of a pattern: { a: { b } } = value is value.a.b.
        var tree = flow.Graph.Tree;
        var (node, path) = (definition.Node, "");
        for (var steps = 0; steps < MaximumDepth; steps++)
        {
            var parent = tree.ParentOf(node);
            switch (parent.Kind)
            {
                case NodeKind.Property when parent.Value == node && !parent.Has(NodeFlags.Computed):
                    path = $".{KeyText(parent.Key)}{path}";
                    node = tree.ParentOf(parent);
                    continue;
                case NodeKind.ArrayPattern:
                    path = $".{IndexIn(parent, node)}{path}";
                    node = parent;
                    continue;
                case NodeKind.VariableDeclarator when parent.Id == node && parent.Init.Exists:
                    return Of(frame, parent.Init, depth - 1) is { } value ? value + path
                        : path.Length == 0 ? local
                        : $"n{frame.Instance.Index}:{parent.Index}{path}";
                case NodeKind.AssignmentExpression when parent.Left == node && parent.Operator == TokenKind.Equals:
                    return Of(frame, parent.Right, depth - 1) is { } given ? given + path
                        : path.Length == 0 ? local
                        : $"n{frame.Instance.Index}:{parent.Index}{path}";
                case NodeKind.AssignmentPattern:
                    // A default makes it another value.
                    return local;
                default:
                    return parent == flow.Graph.Node && ParameterIndex(parent, node) is >= 0 and var parameter
                        ? OfParameter(frame, parameter, depth) + path
                        : local;
            }
        }

        return local;
    }

    // Where only one call comes from, it is what that call hands over.
    private string OfParameter(Frame frame, int parameter, int depth)
    {
        var instance = frame.Instance;
        if (parameter < frame.Parameters.Length && frame.Parameters[parameter] is { } known)
        {
            return known;
        }

        if (index.CallersOf(instance) is [>= 0 and var site] && !index.Solver.IsEntry(instance) && index.IsDirect(site, instance))
        {
            var call = index.Program.NodeAt(site);
            var caller = index.Solver.PlaceAt(site).Instance;
            if (
                call.Kind is NodeKind.CallExpression or NodeKind.NewExpression
                && parameter < call.Arguments.Count
                && call.Arguments.Take(parameter + 1).All(argument => argument.Kind != NodeKind.SpreadElement)
                && !ReferenceEquals(caller, instance)
                && Of(Frame.Of(caller), call.Arguments[parameter], depth - 1) is { } given
            )
            {
                return given;
            }
        }

        return $"p{instance.Index}:{parameter}";
    }

    private static int ParameterIndex(Node function, Node parameter)
    {
        var at = 0;
        foreach (var candidate in function.List(NodeRole.Params))
        {
            if (candidate == parameter)
            {
                return at;
            }

            at++;
        }

        return -1;
    }

    private static int IndexIn(Node pattern, Node element)
    {
        var at = 0;
        foreach (var candidate in pattern.List(NodeRole.Elements))
        {
            if (candidate == element)
            {
                return at;
            }

            at++;
        }

        return -1;
    }

    private static Instance ThisOwner(Instance instance)
    {
        var owner = instance;
        while (owner.Function.This < 0 && owner.Parent is { } parent)
        {
            owner = parent;
        }

        return owner;
    }

    private string? NameOf(Frame frame, Node member)
    {
        if (!member.Has(NodeFlags.Computed))
        {
            return member.Property.Kind == NodeKind.PrivateIdentifier ? $"#{member.Property.Name}" : member.Property.Name;
        }

        var values = index.ValuesOf(frame.Instance, member.Property);
        return values.Count != 1
            ? null
            : values.First() switch
            {
                { Kind: ValueKind.String, Text: { } text } => text,
                { Kind: ValueKind.Number, Number: { } number } => NumberText.Of(number),
                _ => null,
            };
    }

    private static string KeyText(Node key) =>
        key.Kind switch
        {
            NodeKind.Identifier => key.Name,
            NodeKind.StringLiteral => key.StringValue,
            _ => key.Text.ToString(),
        };

    /// <summary>The expression without what stands around it and does not change it.</summary>
    public static Node Unwrapped(Node node)
    {
        node = node.WithoutAssertions;
        while (node.Kind == NodeKind.ChainExpression)
        {
            node = node.Expression.WithoutAssertions;
        }

        return node;
    }
}
