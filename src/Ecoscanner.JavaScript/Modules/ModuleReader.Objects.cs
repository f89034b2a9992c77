using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <remarks>The value of <c>module.exports</c>, and objects that are copied into it.</remarks>
internal sealed partial class ModuleReader
{
    // Objects that are spread into objects: each is looked at once, and no more of them than this.
    private const int MaximumObjects = 10_000;

    private readonly HashSet<(int Node, bool IsWhole)> seenObjects = [];

    private void AddWhole(Node value, Node node, bool isAssigned) => ReadObjects(value, node, isWhole: true, isAssigned);

    /// <summary>Exports the members of an object.</summary>
    private void AddMembers(Node value, Node node) => ReadObjects(value, node, isWhole: false, isAssigned: true);

    private void ReadObjects(Node value, Node node, bool isWhole, bool isAssigned)
    {
        var work = new Stack<(Node Value, bool IsWhole)>([(value, isWhole)]);
        while (work.TryPop(out var next))
        {
            if (!next.Value.Exists || !seenObjects.Add((next.Value.Index, next.IsWhole)))
            {
                continue;
            }

            if (seenObjects.Count > MaximumObjects)
            {
                gaps.Add(new(ModuleGapKind.Exports, node, $"It is put together of more than {MaximumObjects} objects; the rest was left out."));
                return;
            }

            ReadObject(next.Value, node, next.IsWhole, isAssigned, work);
        }
    }

    private void ReadObject(Node value, Node node, bool isWhole, bool isAssigned, Stack<(Node Value, bool IsWhole)> work)
    {
        if (Taken(value) is { } taken)
        {
            AddTaken(taken, isWhole ? node : value, isWhole, isAssigned);
            return;
        }

        switch (value.Kind)
        {
            case NodeKind.ObjectExpression:
                ReadProperties(value, work);
                break;
            case NodeKind.Identifier:
                ReadName(value, node, isWhole, isAssigned, work);
                break;
            case NodeKind.FunctionExpression or NodeKind.ArrowFunctionExpression or NodeKind.ClassExpression when isWhole:
                exports.Add(new(ExportForm.Whole, ExportEntry.WholeName, node, value) { IsAssigned = isAssigned });
                ReadStatics(value);
                break;
            case NodeKind.FunctionExpression or NodeKind.ArrowFunctionExpression or NodeKind.ClassExpression:
                ReadStatics(value);
                break;
            case NodeKind.MemberExpression when Denotes(value):
                break;
            case NodeKind.AssignmentExpression when value.Operator == TokenKind.Equals:
                work.Push((value.Right, isWhole));
                break;
            case NodeKind.ConditionalExpression:
                work.Push((value.Alternate, isWhole));
                work.Push((value.Consequent, isWhole));
                break;
            case NodeKind.LogicalExpression:
                work.Push((value.Right, isWhole));
                if (value.Operator != TokenKind.AmpersandAmpersand)
                {
                    work.Push((value.Left, isWhole));
                }

                break;
            case NodeKind.CallExpression:
                ReadObjectCall(value, node, isWhole, isAssigned, work);
                break;
            case NodeKind.StringLiteral
            or NodeKind.NumericLiteral
            or NodeKind.BooleanLiteral
            or NodeKind.NullLiteral
            or NodeKind.TemplateLiteral
            or NodeKind.ArrayExpression
            or NodeKind.RegExpLiteral
            or NodeKind.BigIntLiteral:
                if (isWhole)
                {
                    exports.Add(new(ExportForm.Whole, ExportEntry.WholeName, node, value) { IsAssigned = isAssigned });
                }

                break;
            default:
                if (Members.Unwrap(value) is var inner && inner != value)
                {
                    work.Push((inner, isWhole));
                }
                else
                {
                    AddUnknown(value, node, isWhole, isAssigned);
                }

                break;
        }
    }

    private void AddTaken(ImportEntry taken, Node node, bool isWhole, bool isAssigned)
    {
        if (isWhole)
        {
            exports.Add(new(ExportForm.Whole, ExportEntry.WholeName, node, default) { From = taken, IsAssigned = isAssigned });
        }
        else if (taken.Part == ImportedPart.Name)
        {
            gaps.Add(new(ModuleGapKind.Exports, node, $"It exports the members of {Quoted.Of(taken.Name)} of another module."));
        }
        else
        {
            exports.Add(
                new(ExportForm.Star, ImportEntry.All, node, default)
                {
                    From = taken,
                    IsAssigned = true,
                    TakesDefault = true,
                }
            );
        }
    }

    private void ReadProperties(Node value, Stack<(Node Value, bool IsWhole)> work)
    {
        foreach (var property in value.Properties)
        {
            if (property.Kind == NodeKind.SpreadElement)
            {
                work.Push((property.Argument, false));
            }
            else if (property.Kind == NodeKind.Property && Members.KeyOf(property) is { } name)
            {
                AddNamed(name, property, property.Value);
            }
            else
            {
                gaps.Add(new(ModuleGapKind.Exports, property, "It exports under a name that is worked out while running."));
            }
        }
    }

    private void ReadName(Node name, Node node, bool isWhole, bool isAssigned, Stack<(Node Value, bool IsWhole)> work)
    {
        var symbol = model.SymbolOf(name);
        if (!symbol.Exists)
        {
            if (!IsExportsName(name))
            {
                AddUnknown(name, node, isWhole, isAssigned);
            }

            return;
        }

        if (InitOf(symbol) is { Exists: true } init)
        {
            if (Denotes(init))
            {
                return;
            }

            // The object itself, wherever it is made.
            work.Push((LastValue(init), false));
        }
        else if (!symbol.Is(SymbolKinds.Function | SymbolKinds.Class))
        {
            AddUnknown(name, node, isWhole: false, isAssigned);
        }

        if (isWhole)
        {
            exports.Add(new(ExportForm.Whole, ExportEntry.WholeName, node, name) { Symbol = symbol, IsAssigned = isAssigned });
            if (symbol.Is(SymbolKinds.Class) && symbol.Declarations is [var first, ..])
            {
                ReadStatics(tree.ParentOf(first));
            }
        }
    }

    // What a class has itself can be asked for like any other export.
    private void ReadStatics(Node value)
    {
        if (value.Kind is not (NodeKind.ClassExpression or NodeKind.ClassDeclaration))
        {
            return;
        }

        foreach (var member in value.Body.BodyItems)
        {
            if (member.Kind is NodeKind.MethodDefinition or NodeKind.PropertyDefinition && member.Has(NodeFlags.Static) && Members.KeyOf(member) is { } name)
            {
                exports.Add(new(ExportForm.Local, name, member, member.Value.Exists ? member.Value : member) { IsAssigned = true });
            }
        }
    }

    private void ReadObjectCall(Node call, Node node, bool isWhole, bool isAssigned, Stack<(Node Value, bool IsWhole)> work)
    {
        if (Members.IsCallOf(call, "Object", "assign"))
        {
            for (var at = call.Arguments.Count - 1; at >= 0; at--)
            {
                var argument = call.Arguments[at];
                work.Push((argument.Kind == NodeKind.SpreadElement ? argument.Argument : argument, isWhole && at == 0));
            }
        }
        else if ((Members.IsCallOf(call, "Object", "freeze") || Members.IsCallOf(call, "Object", "seal")) && call.Arguments.Count > 0)
        {
            work.Push((call.Arguments[0], isWhole));
        }
        else if (CompilerHelpers.CalledBy(call) == CompilerHelper.ToCommonJs && call.Arguments.Count > 0)
        {
            isCompiled = true;
            work.Push((call.Arguments[0], false));
        }
        else if (!(Members.IsCallOf(call, "Object", "create") && call.Arguments.Count > 0 && call.Arguments[0].Kind == NodeKind.NullLiteral))
        {
            AddUnknown(call, node, isWhole, isAssigned);
        }
    }

    private void AddUnknown(Node value, Node node, bool isWhole, bool isAssigned)
    {
        var what = value.Kind switch
        {
            NodeKind.CallExpression or NodeKind.NewExpression => "the result of a call",
            NodeKind.Identifier => $"what {Quoted.Of(value.Name)} is when it runs",
            _ => "a value that is worked out while running",
        };
        gaps.Add(new(ModuleGapKind.Exports, value, isWhole ? $"It is {what}, which may have any members." : $"It exports the members of {what}."));
        if (isWhole)
        {
            exports.Add(new(ExportForm.Whole, ExportEntry.WholeName, node, value) { IsAssigned = isAssigned });
        }
    }
}
