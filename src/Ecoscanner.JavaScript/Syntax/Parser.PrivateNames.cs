using System.Runtime.InteropServices;

namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Private names (ECMA-262 15.7.1): declared once in a class, used only within it.</remarks>
internal sealed partial class Parser
{
    // Used names that no class around has declared so far, innermost class last.
    private PrivateUse[] _privateNames = [];
    private int _privateNameCount;
    private Dictionary<int, PrivateDeclaration>? _privateDeclarations;

    private int ParsePrivateIdentifier()
    {
        var start = Start;
        var name = _lexer.Name;
        Next();
        return Finish(NodeKind.PrivateIdentifier, start, name);
    }

    private void UsePrivateName(int identifier)
    {
        if (_privateNameCount == _privateNames.Length)
        {
            Array.Resize(ref _privateNames, Math.Max(16, _privateNameCount * 2));
        }

        _privateNames[_privateNameCount++] = new(NodeAt(identifier).A, StartOf(identifier));
    }

    private PrivateScope EnterPrivateNames()
    {
        var scope = new PrivateScope(_privateNameCount, _privateDeclarations);
        _privateDeclarations = null;
        return scope;
    }

    // What this class does not declare, a class around it must.
    private void LeavePrivateNames(PrivateScope scope)
    {
        var kept = scope.Used;
        for (var use = scope.Used; use < _privateNameCount; use++)
        {
            if (_privateDeclarations?.ContainsKey(_privateNames[use].Name) != true)
            {
                _privateNames[kept++] = _privateNames[use];
            }
        }

        _privateNameCount = kept;
        _privateDeclarations = scope.Outer;
    }

    private void CheckPrivateNames()
    {
        for (var use = 0; use < _privateNameCount; use++)
        {
            var (name, start) = _privateNames[use];
            _diagnostics.UndeclaredPrivateName(new(start, start + 1 + _names.Text(name).Length), _names.Text(name));
        }
    }

    private void DeclarePrivateName(int key, MethodKind kind, NodeFlags flags, bool isField = false)
    {
        if (KindOf(key) != NodeKind.PrivateIdentifier)
        {
            return;
        }

        _privateDeclarations ??= [];
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_privateDeclarations, NodeAt(key).A, out var exists);
        var declaration = new PrivateDeclaration(isField ? MethodKind.Normal : kind, (flags & NodeFlags.Static) != 0);
        var isPair =
            exists
            && known.IsStatic == declaration.IsStatic
            && ((known.Kind == MethodKind.Get && declaration.Kind == MethodKind.Set) || (known.Kind == MethodKind.Set && declaration.Kind == MethodKind.Get));
        if (exists && !isPair && !Allows(ParserContext.Ambient))
        {
            _diagnostics.DuplicatePrivateName(new(StartOf(key), NodeAt(key).End), _names.Text(NodeAt(key).A));
        }

        // A pair is complete: a third of the name is one too many.
        known = isPair ? declaration with { Kind = MethodKind.Normal } : declaration;
    }

    private readonly record struct PrivateUse(int Name, int Start);

    private readonly record struct PrivateDeclaration(MethodKind Kind, bool IsStatic);

    private readonly record struct PrivateScope(int Used, Dictionary<int, PrivateDeclaration>? Outer);
}
