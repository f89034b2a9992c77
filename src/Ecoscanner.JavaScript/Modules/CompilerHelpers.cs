using System.Collections.Frozen;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>The functions that compilers put beside what they compile, by the names that TypeScript, Babel, SWC, esbuild, Rollup and Parcel give them.</summary>
internal static class CompilerHelpers
{
    /// <summary>They make of a module what <c>import * as</c> has, or at least its <c>default</c>.</summary>
    private static readonly FrozenSet<string> Namespaces = Set(
        "__importStar __importDefault _interopRequireDefault _interopRequireWildcard _interop_require_default _interop_require_wildcard __toESM _interopDefaultLegacy _interopDefaultCompat _interopNamespace _interopNamespaceDefault _interopNamespaceCompat $parcel$interopDefault"
    );

    private static readonly FrozenSet<string> Defaults = Set("_interopDefault");
    private static readonly FrozenSet<string> Stars = Set("__exportStar _export_star __reExport _exportStar $parcel$exportWildcard");
    private static readonly FrozenSet<string> Exports = Set("__export _export");
    private static readonly FrozenSet<string> Bindings = Set("__createBinding");
    private static readonly FrozenSet<string> Definitions = Set("$parcel$export");
    private static readonly FrozenSet<string> Marks = Set("$parcel$defineInteropFlag");
    private static readonly FrozenSet<string> ToCommonJs = Set("__toCommonJS");

    public static CompilerHelper Of(string name) =>
        name is not ['_' or '$', ..] ? CompilerHelper.None
        : Namespaces.Contains(name) ? CompilerHelper.Namespace
        : Defaults.Contains(name) ? CompilerHelper.Default
        : Stars.Contains(name) ? CompilerHelper.Star
        : Exports.Contains(name) ? CompilerHelper.Exports
        : Bindings.Contains(name) ? CompilerHelper.Binding
        : Definitions.Contains(name) ? CompilerHelper.Define
        : Marks.Contains(name) ? CompilerHelper.Mark
        : ToCommonJs.Contains(name) ? CompilerHelper.ToCommonJs
        : CompilerHelper.None;

    /// <summary>Which one a call calls: by its name, as a member of <c>tslib</c>, or as <c>(0, tslib.__importStar)</c>.</summary>
    public static CompilerHelper CalledBy(Node call)
    {
        var callee = call.Callee;
        if (callee.Kind == NodeKind.SequenceExpression && callee.Expressions is { Count: > 0 } expressions)
        {
            callee = expressions[^1];
        }

        return callee.Kind switch
        {
            NodeKind.Identifier => Of(callee.Name),
            // SWC: _interop_require_default._(…)
            NodeKind.MemberExpression when callee.Property.Kind == NodeKind.Identifier => callee.Property.Name == "_"
            && callee.Object.Kind == NodeKind.Identifier
                ? Of(callee.Object.Name)
                : Of(callee.Property.Name),
            _ => CompilerHelper.None,
        };
    }

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
