using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <remarks>Names: variables, which have a slot each, and what comes from elsewhere.</remarks>
internal sealed partial class Lowerer
{
    private int ReadName(int node)
    {
        var symbol = model.SymbolNumberOf(node);
        var slot = symbol != 0 && !IsAmbient(symbol) ? ReadSymbol(node, symbol) : ReadGlobal(node);
        if (model.HasDynamicScopes && model.ReferenceOf(tree.NodeAt(node)) is { Exists: true, IsDynamic: true })
        {
            var joined = NewSlot();
            Emit(Opcode.Copy, node, joined, slot);
            Emit(Opcode.Unknown, node, joined);
            slot = joined;
        }

        return Is(node, slot);
    }

    // `declare const a` says what is there already: a global.
    private bool IsAmbient(int symbol)
    {
        ref readonly var known = ref model.Symbols.At(symbol);
        if (slotOfSymbol[symbol] != 0 || known.Declaration == 0 || !tree.IsErasedAt(known.Declaration))
        {
            return false;
        }

        return known.MoreDeclarations == 0 || Array.TrueForAll(model.Symbols.DeclarationsOf(symbol), tree.IsErasedAt);
    }

    private int ReadSymbol(int node, int symbol)
    {
        var slot = ReadDefinition(node, symbol);
        if (slot != None)
        {
            return slot;
        }

        slot = HomeOf(node, symbol);
        return slot == None ? GiveUp(node, "What it is declared as was given up.") : Here(slot, node);
    }

    /// <summary>The one slot of a variable; -1 where it is of a function around that never got to it.</summary>
    private int HomeOf(int node, int symbol)
    {
        if (slotOfSymbol[symbol] == 0 && IsOwn(symbol))
        {
            slotOfSymbol[symbol] = NewSlot() + 1;
            TakeValueOfParameter(symbol);
            if (hasDynamicCode && model.HasDynamicCode(model.Symbols.At(symbol).Scope))
            {
                // eval("a = 1")
                Emit(Opcode.Unknown, node, slotOfSymbol[symbol] - 1);
            }
        }

        return slotOfSymbol[symbol] - 1;
    }

    // function (a, b = 1) { var a } begins with what the parameter is (ECMA-262 10.2.11).
    private void TakeValueOfParameter(int symbol)
    {
        if (ParameterBehind(symbol) is > 0 and var parameter)
        {
            var declaration = model.Symbols.At(symbol).Declaration;
            Emit(Opcode.Copy, declaration, slotOfSymbol[symbol] - 1, ReadSymbol(declaration, parameter));
        }
    }

    private int ParameterBehind(int symbol)
    {
        ref readonly var known = ref model.Symbols.At(symbol);
        ref readonly var scope = ref model.Scopes[known.Scope];
        return scope.Kind == ScopeKind.FunctionBody ? model.Symbols.Find(scope.Parent, known.Name) : 0;
    }

    // Whether a symbol without a slot is this function's.
    private bool IsOwn(int symbol)
    {
        var scope = model.Scopes[model.Symbols.At(symbol).Scope].VarScope;
        while (scope != 0)
        {
            ref readonly var around = ref model.Scopes[scope];
            switch (around.Kind)
            {
                case ScopeKind.Function:
                    return around.Node == current.Node.Index;
                case ScopeKind.Script or ScopeKind.Module:
                    return current.Is(LoweredFunctionKinds.Program);
                case ScopeKind.ClassField when current.Is(LoweredFunctionKinds.Fields):
                    return true;
                default:
                    // A field or block that is static, a namespace, a body: they are a part of what is around.
                    scope = model.Scopes[around.Parent].VarScope;
                    break;
            }
        }

        return false;
    }

    private int ReadGlobal(int node)
    {
        var name = nodes[node].A;
        if (name == WellKnownNames.Undefined)
        {
            return Undefined(node);
        }

        if (moduleSlot != None)
        {
            if (name == WellKnownNames.Module)
            {
                return Here(moduleSlot, node);
            }

            if (name == exportsName)
            {
                return Here(exportsSlot, node);
            }
        }

        return EmitStep(Opcode.Global, node, texts.OfName(name));
    }

    private void WriteGlobal(int node, int value)
    {
        var name = nodes[node].A;
        if (name == exportsName && exportsSlot != None && name != 0)
        {
            CopyTo(exportsSlot, value, node);
        }
        else if (name != 0)
        {
            Emit(Opcode.SetGlobal, node, None, texts.OfName(name), value);
        }
    }

    /// <summary>Writes a value to what an identifier names or declares.</summary>
    private void Write(int node, int value)
    {
        var symbol = model.SymbolNumberOf(node);
        if (symbol == 0 || IsAmbient(symbol))
        {
            Is(node, value);
            WriteGlobal(node, value);
            return;
        }

        if (WriteDefinition(node, symbol, value))
        {
            Is(node, value);
            return;
        }

        WriteCaught(node, symbol, value);
        if (IsOnlyWrite(node, symbol))
        {
            slotOfSymbol[symbol] = value + 1;
            Is(node, value);
            return;
        }

        WriteSymbol(node, symbol, value);
        var home = slotOfSymbol[symbol] - 1;
        Is(node, home >= current.FirstSlot && (model.FlagsOf(node) & ReferenceFlags.Declaration) != 0 ? home : value);
    }

    // A variable that is written where it is declared and nowhere else needs no slot of its own.
    private bool IsOnlyWrite(int node, int symbol) =>
        slotOfSymbol[symbol] == 0
        && !hasDynamicCode
        && (model.FlagsOf(node) & ReferenceFlags.Declaration) != 0
        && followed.IsWrittenOnce(symbol)
        && ParameterBehind(symbol) == 0;

    // catch (a) { var a = 1 } declares the one and writes the other (ECMA-262 B.3.4).
    private void WriteCaught(int node, int symbol, int value)
    {
        if (caughtNames.Count == 0 || (model.Symbols.At(symbol).Kinds & SymbolKinds.Var) == 0)
        {
            return;
        }

        foreach (var caught in caughtNames)
        {
            if (nodes[caught].A == nodes[node].A && model.SymbolNumberOf(caught) is > 0 and var parameter && parameter != symbol)
            {
                WriteSymbol(node, parameter, value);
            }
        }
    }

    private void WriteSymbol(int node, int symbol, int value)
    {
        var home = HomeOf(node, symbol);
        if (home != None && home != value)
        {
            CopyTo(home, value, node);
        }
    }
}
