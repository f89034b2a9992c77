using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <remarks>Calls that fill <c>exports</c>: of the language, and of compilers' helpers.</remarks>
internal sealed partial class ModuleReader
{
    private void ReadExportCall(Node call)
    {
        var arguments = call.Arguments;
        if (arguments.Count == 0)
        {
            return;
        }

        switch (CompilerHelpers.CalledBy(call))
        {
            // tslib: __exportStar(require("./a"), exports); esbuild: __reExport(src_exports, require("./a"), module.exports)
            case CompilerHelper.Star when arguments.Count > 1:
                if (Denotes(arguments[1]))
                {
                    AddStar(arguments[0], call);
                }
                else if (Denotes(arguments[0]))
                {
                    AddStar(arguments[1], call);
                }

                return;
            case CompilerHelper.Exports when arguments.Count == 1:
                AddStar(arguments[0], call);
                return;
            case CompilerHelper.Exports when Denotes(arguments[0]):
                hasCommonJs = true;
                foreach (var property in arguments[1].Properties)
                {
                    AddGetter(property);
                }

                return;
            // Parcel: $parcel$export(module.exports, "a", () => b)
            case CompilerHelper.Define when arguments.Count > 2 && Denotes(arguments[0]) && Members.TextOf(arguments[1]) is { } name:
                hasCommonJs = true;
                AddNamed(name, call, Returned(arguments[2]));
                return;
            case CompilerHelper.Mark when Denotes(arguments[0]):
                isCompiled = true;
                return;
            // __createBinding(exports, a_1, "b", "c")
            case CompilerHelper.Binding when arguments.Count > 2 && Denotes(arguments[0]):
                AddBinding(call);
                return;
            default:
                break;
        }

        if (Members.IsCallOf(call, "Object", "assign") && Denotes(arguments[0]))
        {
            hasCommonJs = true;
            for (var at = 1; at < arguments.Count; at++)
            {
                AddMembers(arguments[at].Kind == NodeKind.SpreadElement ? arguments[at].Argument : arguments[at], call);
            }
        }
        else if (
            (Members.IsCallOf(call, "Object", "defineProperty") || Members.IsCallOf(call, "Reflect", "defineProperty"))
            && arguments.Count > 2
            && Denotes(arguments[0])
        )
        {
            ReadDefineProperty(call);
        }
        else if (Members.IsCallOf(call, "Object", "defineProperties") && arguments.Count > 1 && Denotes(arguments[0]))
        {
            hasCommonJs = true;
            foreach (var property in arguments[1].Properties)
            {
                if (property.Kind == NodeKind.Property && Members.KeyOf(property) is { } name)
                {
                    AddDescribed(name, property, property.Value);
                }
            }
        }
        else if (call.Callee.Kind == NodeKind.MemberExpression && Members.NameOf(call.Callee) == "forEach")
        {
            ReadKeysLoop(call);
        }
        else
        {
            NoteGivenAway(call);
        }
    }

    // fill(exports): what it adds is not known.
    private void NoteGivenAway(Node call)
    {
        foreach (var argument in call.Arguments)
        {
            if (
                (IsModuleExports(argument) || (argument.Kind == NodeKind.Identifier && argument.Name == "exports" && IsExportsName(argument)))
                && !KeepsExports(call)
                && !IsInHelper(call)
            )
            {
                hasCommonJs = true;
                gaps.Add(new(ModuleGapKind.Exports, call, "It gives its exports to a function, which may add more."));
                return;
            }
        }
    }

    // Object.keys(exports), hasOwnProperty.call(exports, key); and the call of a function whose own parameter is known to be `exports`.
    private bool KeepsExports(Node call) =>
        CompilerHelpers.CalledBy(call) != CompilerHelper.None
        || IsCallOfObject(call)
        || (call.Callee.Kind == NodeKind.MemberExpression && Members.NameOf(call.Callee) is "call" or "hasOwnProperty")
        || (
            call.Callee.Kind == NodeKind.Identifier
            && model.SymbolOf(call.Callee).Is(SymbolKinds.Parameter)
            && (umdFunctions ??= FindUmdFunctions()).Any(HasExportsParameter)
        );

    private bool HasExportsParameter(int function)
    {
        foreach (var parameter in tree.NodeAt(function).Params)
        {
            if (parameter.Kind == NodeKind.Identifier && parameter.Name == "exports")
            {
                return true;
            }
        }

        return false;
    }

    private void AddStar(Node source, Node call)
    {
        hasCommonJs = true;
        if (Taken(source) is { Part: not ImportedPart.Name } taken)
        {
            exports.Add(new(ExportForm.Star, ImportEntry.All, call, default) { From = taken, IsAssigned = true });
        }
        else
        {
            gaps.Add(new(ModuleGapKind.Exports, call, "It exports the members of a value that is worked out while running."));
        }
    }

    private void AddBinding(Node call)
    {
        hasCommonJs = true;
        var name = Members.TextOf(call.Arguments[2]);
        var exported = call.Arguments.Count > 3 ? Members.TextOf(call.Arguments[3]) : name;
        if (name is not null && exported is not null && Taken(call.Arguments[1]) is { Part: not ImportedPart.Name } taken)
        {
            exports.Add(new(ExportForm.Indirect, exported, call, default) { From = taken.Member(name, call), IsAssigned = true });
        }
        else if (!IsInHelper(call))
        {
            gaps.Add(new(ModuleGapKind.Exports, call, "It exports under a name that is worked out while running."));
        }
    }

    private void ReadDefineProperty(Node call)
    {
        if (isReplaced && IsBareExports(call.Arguments[0]) && Members.TextOf(call.Arguments[1]) != "__esModule")
        {
            return;
        }

        hasCommonJs = true;
        if (Members.TextOf(call.Arguments[1]) is { } name)
        {
            AddDescribed(name, call, call.Arguments[2]);
        }
        else if (!IsInHelper(call))
        {
            gaps.Add(new(ModuleGapKind.Exports, call, "It exports under a name that is worked out while running."));
        }
    }

    /// <summary>Exports what a property descriptor says: its value, or what its getter returns.</summary>
    private void AddDescribed(string name, Node node, Node descriptor)
    {
        if (name == "__esModule")
        {
            isCompiled = true;
            return;
        }

        foreach (var property in descriptor.Properties)
        {
            var key = property.Kind == NodeKind.Property ? Members.KeyOf(property) : null;
            if (key == "value")
            {
                AddNamed(name, node, property.Value);
                return;
            }

            if (key == "get")
            {
                AddNamed(name, node, Returned(property.Value));
                return;
            }
        }

        exports.Add(new(ExportForm.Local, name, node, descriptor) { IsAssigned = true });
    }

    // `a: () => a`, `a: function () { return a; }`, `get a() { return a; }`
    private void AddGetter(Node property)
    {
        if (property.Kind == NodeKind.Property && Members.KeyOf(property) is { } name)
        {
            AddNamed(name, property, Returned(property.Value));
        }
        else
        {
            gaps.Add(new(ModuleGapKind.Exports, property, "It exports under a name that is worked out while running."));
        }
    }

    /// <summary>What a function returns that does nothing else; the function itself otherwise.</summary>
    private static Node Returned(Node function)
    {
        var body = function.Kind is NodeKind.FunctionExpression or NodeKind.ArrowFunctionExpression ? function.Body : default;
        return body.Kind == NodeKind.BlockStatement
            ? body.BodyItems is [{ Kind: NodeKind.ReturnStatement } only] && only.Argument.Exists
                ? only.Argument
                : function
            : body.Exists
                ? body
                : function;
    }

    // Babel: Object.keys(_a).forEach(function (key) { … exports[key] = _a[key]; … })
    private void ReadKeysLoop(Node call)
    {
        var list = call.Callee.Object;
        if (list.Kind == NodeKind.CallExpression && Members.IsCallOf(list, "Object", "keys") && list.Arguments.Count > 0 && call.Arguments.Count > 0)
        {
            // Its parts were met before it; what was not known there is known now.
            var filled = gaps.RemoveAll(gap =>
                gap.Kind == ModuleGapKind.Exports && gap.Node.Exists && call.Start <= gap.Node.Start && gap.Node.End <= call.End
            );
            if (filled > 0)
            {
                AddStar(list.Arguments[0], call);
            }
        }
    }
}
