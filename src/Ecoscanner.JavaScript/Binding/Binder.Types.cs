using System.Runtime.InteropServices;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Binding;

/// <remarks>TypeScript: declarations that are no JavaScript, and names in types.</remarks>
internal sealed partial class Binder
{
    private const ReferenceFlags TypeQuery = ReferenceFlags.Type | ReferenceFlags.Typeof;

    // The conditional types in whose `extends` part the walk is: `infer` belongs to the last.
    private readonly Stack<int> _inferring = new();

    // The scopes of each namespace and enumeration, by symbol: what one exports is known in the others.
    private readonly Dictionary<int, List<int>> _bodies = [];
    private readonly Dictionary<int, int> _ownerOf = [];

    private bool VisitTypeScript(int index, in NodeRecord node)
    {
        switch (node.Kind)
        {
            case NodeKind.TSTypeReference:
                PushVisit(node.B);
                ReferTo(node.A, ReferenceFlags.Type);
                return true;
            case NodeKind.TSInterfaceHeritage or NodeKind.TSClassImplements:
                PushVisit(node.B);
                ReferTo(node.A, ReferenceFlags.Type);
                return true;
            case NodeKind.TSTypeQuery:
                PushVisit(node.B);
                ReferTo(node.A, TypeQuery);
                return true;
            case NodeKind.TSTypePredicate:
                PushVisit(node.B);
                ReferTo(node.A, TypeQuery);
                return true;
            case NodeKind.TSFunctionType or NodeKind.TSConstructorType or NodeKind.TSCallSignatureDeclaration or NodeKind.TSConstructSignatureDeclaration:
                EnterSignature(index, node.A, node.B, node.C);
                return true;
            case NodeKind.TSMethodSignature:
                EnterSignature(index, _lists[node.A + 1], _lists[node.A + 2], _lists[node.A + 3]);
                ReferToKey(_lists[node.A], node.Flags);
                return true;
            case NodeKind.TSPropertySignature:
                PushVisit(node.B);
                ReferToKey(node.A, node.Flags);
                return true;
            case NodeKind.TSIndexSignature:
                PushVisit(node.B);
                foreach (var parameter in ItemsOf(node.A))
                {
                    // The name is for people only.
                    PushVisit(_nodes[parameter].B);
                }

                return true;
            case NodeKind.TSNamedTupleMember:
                PushVisit(node.B);
                return true;
            case NodeKind.TSTypeParameter:
                PushVisit(node.C);
                PushVisit(node.B);
                Declare(node.A, SymbolKinds.TypeParameter, _scope);
                return true;
            case NodeKind.TSInferType:
                VisitInfer(node.A);
                return true;
            case NodeKind.TSConditionalType:
                PushVisit(_lists[node.A + 3]);
                Push(Step.ConditionalType, index);
                PushVisit(_lists[node.A]);
                return true;
            case NodeKind.TSMappedType:
                EnterScope(ScopeKind.MappedType, index);
                Declare(_lists[node.A], SymbolKinds.TypeParameter, _scope);
                PushVisit(_lists[node.A + 3]);
                PushVisit(_lists[node.A + 2]);
                PushVisit(_lists[node.A + 1]);
                return true;
            case NodeKind.TSImportType:
                PushVisit(_lists[node.A + 3]);
                PushVisit(_lists[node.A + 1]);
                return true;
            default:
                return VisitTypeScriptDeclaration(index, node);
        }
    }

    private bool VisitTypeScriptDeclaration(int index, in NodeRecord node)
    {
        switch (node.Kind)
        {
            case NodeKind.TSInterfaceDeclaration:
                Declare(_lists[node.A], SymbolKinds.Interface, _scope);
                EnterTypeDeclaration(index, _lists[node.A], _lists[node.A + 1]);
                PushVisit(_lists[node.A + 3]);
                PushList(_lists[node.A + 2]);
                PushVisit(_lists[node.A + 1]);
                return true;
            case NodeKind.TSTypeAliasDeclaration:
                Declare(node.A, SymbolKinds.TypeAlias, _scope);
                EnterTypeDeclaration(index, node.A, node.B);
                PushVisit(node.C);
                PushVisit(node.B);
                return true;
            case NodeKind.TSEnumDeclaration:
                var symbol = Declare(node.A, SymbolKinds.Enum, _scope);
                AddBody(symbol, EnterScope(ScopeKind.Enum, index, ScopeMarks.Ambient));
                PushVisit(node.B);
                return true;
            case NodeKind.TSEnumMember:
                var member = Declare(node.A, SymbolKinds.EnumMember, _scope);
                if (member != 0)
                {
                    _symbols.At(member).Marks |= SymbolMarks.Exported;
                }

                PushVisit(node.B);
                return true;
            case NodeKind.TSModuleDeclaration:
                EnterNamespace(index);
                return true;
            case NodeKind.TSImportEqualsDeclaration:
                Declare(node.A, SymbolKinds.Import, _scope);
                // What an alias stands for may be anything.
                ReferTo(node.B, ReferenceFlags.Read | ReferenceFlags.Namespace);
                return true;
            case NodeKind.TSExportAssignment:
                if (KindOf(node.A) == NodeKind.Identifier)
                {
                    Refer(node.A, ReferenceFlags.Read | ReferenceFlags.Export);
                }
                else
                {
                    PushVisit(node.A);
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>A name, or the first part of a qualified name, refers.</summary>
    /// <param name="flags">How, where it is no qualified name.</param>
    private void ReferTo(int index, ReferenceFlags flags)
    {
        var name = index;
        while (KindOf(name) is NodeKind.TSQualifiedName || (KindOf(name) == NodeKind.MemberExpression && !Has(name, NodeFlags.Computed)))
        {
            name = _nodes[name].A;
            if ((flags & ReferenceFlags.Typeof) == 0)
            {
                flags = ReferenceFlags.Namespace;
            }
        }

        if (KindOf(name) == NodeKind.Identifier)
        {
            Refer(name, flags);
        }
        else
        {
            PushVisit(name);
        }
    }

    // { [key]: T } as a type asks only which key it is.
    private void ReferToKey(int key, NodeFlags flags)
    {
        if ((flags & NodeFlags.Computed) != 0)
        {
            ReferTo(key, TypeQuery);
        }
    }

    private void EnterSignature(int index, int typeParameters, int parameters, int returnType)
    {
        EnterScope(ScopeKind.Signature, index);
        PushVisit(returnType);
        PushList(parameters, Step.Bind, (int)SymbolKinds.Parameter);
        PushVisit(typeParameters);
    }

    private void EnterTypeDeclaration(int index, int id, int typeParameters)
    {
        if (typeParameters != 0)
        {
            Push(Step.ExitScope, index);
            EnterScope(ScopeKind.TypeDeclaration, index, _nodes[id].End, _nodes[index].End);
        }
    }

    // From `extends` to the end of what holds where it fits.
    private void EnterConditionalType(int index)
    {
        var fields = _nodes[index].A;
        Push(Step.ExitScope, index);
        var scope = EnterScope(ScopeKind.ConditionalType, index, _nodes[_lists[fields]].End, _nodes[_lists[fields + 2]].End);
        _inferring.Push(scope);
        PushVisit(_lists[fields + 2]);
        Push(Step.EndOfInference, index);
        PushVisit(_lists[fields + 1]);
    }

    private void VisitInfer(int index)
    {
        ref readonly var parameter = ref _nodes[index];
        PushVisit(parameter.B);
        Declare(parameter.A, SymbolKinds.TypeParameter, _inferring.TryPeek(out var scope) ? scope : _scope);
    }

    private void EnterNamespace(int index)
    {
        ref readonly var node = ref _nodes[index];
        var isAmbient = (node.Flags & NodeFlags.Declare) != 0 || KindOf(node.A) != NodeKind.Identifier || (ModuleWord)node.Detail == ModuleWord.Global;
        var marks = isAmbient && KindOf(node.A) != NodeKind.TSQualifiedName ? ScopeMarks.Ambient : ScopeMarks.None;

        // namespace A.B.C {} is three, one in another.
        var parts = new List<int>();
        for (var name = node.A; name != 0; name = KindOf(name) == NodeKind.TSQualifiedName ? _nodes[name].A : 0)
        {
            parts.Add(KindOf(name) == NodeKind.TSQualifiedName ? _nodes[name].B : name);
        }

        var first = (ModuleWord)node.Detail == ModuleWord.Global || KindOf(parts[^1]) != NodeKind.Identifier ? 0 : parts[^1];
        var symbol = first != 0 ? Declare(first, SymbolKinds.Namespace, _scope) : 0;
        for (var part = parts.Count - 1; part >= 0; part--)
        {
            if (part < parts.Count - 1)
            {
                symbol = Declare(parts[part], SymbolKinds.Namespace, _scope);
                _symbols.At(symbol).Marks |= SymbolMarks.Exported;
            }

            Push(Step.ExitScope, index);
            AddBody(symbol, EnterScope(ScopeKind.Namespace, index, _nodes[parts[0]].End, node.End, marks));
        }

        if (node.B != 0)
        {
            PushList(_nodes[node.B].A);
        }
    }

    private void AddBody(int symbol, int scope)
    {
        if (symbol == 0)
        {
            return;
        }

        ref var bodies = ref CollectionsMarshal.GetValueRefOrAddDefault(_bodies, symbol, out _);
        (bodies ??= []).Add(scope);
        _ownerOf[scope] = symbol;
    }
}
