using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <remarks>Names: variables, which have a slot each, and what comes from elsewhere.</remarks>
internal sealed partial class Lowerer
{
    private int ReadName(int node)
    {
        var symbol = model.SymbolNumberOf(node);
        var slot = symbol != 0 ? ReadSymbol(node, symbol) : ReadGlobal(node);
        if (model.HasDynamicScopes && model.ReferenceOf(tree.NodeAt(node)) is { Exists: true, IsDynamic: true })
        {
            var joined = NewSlot();
            Emit(Opcode.Copy, node, joined, slot);
            Emit(Opcode.Unknown, node, joined);
            slot = joined;
        }

        return Is(node, slot);
    }

    private int ReadSymbol(int node, int symbol)
    {
        var slot = HomeOf(symbol);
        return slot == None ? GiveUp(node, "What it is declared as was given up.") : Here(slot, node);
    }

    /// <summary>The one slot of a variable; -1 where it is of a function around that never got to it.</summary>
    private int HomeOf(int symbol)
    {
        if (slotOfSymbol[symbol] == 0 && IsOwn(symbol))
        {
            slotOfSymbol[symbol] = NewSlot() + 1;
        }

        return slotOfSymbol[symbol] - 1;
    }

    // Whether a symbol without a slot is this function's.
    private bool IsOwn(int symbol)
    {
        ref readonly var known = ref model.Symbols.At(symbol);
        var inFields = false;
        for (var scope = known.Scope; scope != 0; scope = model.Scopes[scope].Parent)
        {
            ref readonly var around = ref model.Scopes[scope];
            switch (around.Kind)
            {
                // The name of a function expression stands in the function around.
                case ScopeKind.Function:
                    return around.Node == current.Node.Index;
                case ScopeKind.Script or ScopeKind.Module:
                    return current.Is(LoweredFunctionKinds.Program);
                case ScopeKind.ClassField:
                    inFields = true;
                    break;
                default:
                    break;
            }

            if (inFields && current.Is(LoweredFunctionKinds.Fields))
            {
                return true;
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

    /// <summary>Writes a value to what an identifier names or declares.</summary>
    private void Write(int node, int value)
    {
        var symbol = model.SymbolNumberOf(node);
        if (symbol == 0)
        {
            Is(node, value);
            if (nodes[node].A != 0)
            {
                Emit(Opcode.SetGlobal, node, None, texts.OfName(nodes[node].A), value);
            }

            return;
        }

        WriteSymbol(node, symbol, value);
        var home = slotOfSymbol[symbol] - 1;
        Is(node, home >= current.FirstSlot && (model.FlagsOf(node) & ReferenceFlags.Declaration) != 0 ? home : value);
    }

    private void WriteSymbol(int node, int symbol, int value)
    {
        var home = HomeOf(symbol);
        if (home != None && home != value)
        {
            CopyTo(home, value, node);
        }
    }
}
