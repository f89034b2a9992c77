using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>Reads off an expression which part of another module it is.</summary>
internal static class Taking
{
    // Casts, helpers and parentheses around a request; people write three.
    private const int MaximumWrappers = 16;

    /// <summary>The entry; null where the expression is no part of another module.</summary>
    /// <param name="importOf">By the number of the symbol.</param>
    /// <param name="requestAt">By the number of the call.</param>
    public static ImportEntry? Of(SemanticModel model, Dictionary<int, ImportEntry> importOf, Dictionary<int, ModuleRequest> requestAt, Node expression)
    {
        var (node, helper) = (expression, CompilerHelper.None);
        (string Name, Node Node)? member = null;
        for (var wrappers = 0; wrappers < MaximumWrappers && node.Exists; wrappers++)
        {
            switch (node.Kind)
            {
                case NodeKind.MemberExpression or NodeKind.TSQualifiedName or NodeKind.JSXMemberExpression:
                    if (member is not null || helper != CompilerHelper.None || Members.NameOf(node) is not { } name)
                    {
                        return null;
                    }

                    member = (name, node);
                    node = node.Kind == NodeKind.TSQualifiedName ? node.Left : node.Object;
                    break;
                case NodeKind.CallExpression or NodeKind.ImportExpression when requestAt.TryGetValue(node.Index, out var request):
                    return Finish(Whole(request, node));
                case NodeKind.CallExpression
                    when CompilerHelpers.CalledBy(node) is CompilerHelper.Namespace or CompilerHelper.Default && node.Arguments.Count > 0:
                    helper = CompilerHelpers.CalledBy(node);
                    node = node.Arguments[0];
                    break;
                case NodeKind.Identifier or NodeKind.JSXIdentifier:
                    var symbol = model.SymbolOf(node);
                    return symbol.Exists && importOf.TryGetValue(symbol.Index, out var entry) ? Finish(entry) : null;
                default:
                    var inner = Members.Unwrap(node);
                    if (inner == node)
                    {
                        return null;
                    }

                    node = inner;
                    break;
            }
        }

        return null;

        ImportEntry? Finish(ImportEntry entry)
        {
            if (helper == CompilerHelper.Namespace && entry.Part == ImportedPart.Module)
            {
                entry = entry with { Part = ImportedPart.Namespace, IsLiteral = false };
            }

            if (helper == CompilerHelper.Default && entry.Part != ImportedPart.Name)
            {
                entry = (entry with { Part = ImportedPart.Namespace }).Member(ExportEntry.Default, expression);
            }

            return member is not var (name, place) ? entry
                : entry.Part == ImportedPart.Name ? null
                : entry.Member(name, place);
        }
    }

    public static ImportEntry Whole(ModuleRequest request, Node node) =>
        new(request, request.Kind == ImportKind.Require ? ImportedPart.Module : ImportedPart.Namespace, ImportEntry.All, default, node)
        {
            IsType = request.Kind == ImportKind.Type,
        };
}
