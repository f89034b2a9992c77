using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>What TypeScript forbids beyond its grammar, as far as the syntax alone tells.</remarks>
internal sealed partial class Parser
{
    // TypeScript's modifiers stand in an order, each once: public, static, override, readonly.
    private void CheckModifier(NodeFlags before, NodeFlags modifier, bool isAccessor, NodeFlags classFlags, bool isDerived)
    {
        const NodeFlags Accessibility = NodeFlags.Public | NodeFlags.Private | NodeFlags.Protected;
        if (modifier == NodeFlags.None)
        {
            if (isAccessor)
            {
                _diagnostics.DuplicateModifier(TokenSpan);
            }

            return;
        }

        if ((before & modifier) != 0 || ((modifier & Accessibility) != 0 && (before & Accessibility) != 0))
        {
            _diagnostics.DuplicateModifier(TokenSpan);
            return;
        }

        var follows = modifier switch
        {
            NodeFlags.Public or NodeFlags.Private or NodeFlags.Protected => NodeFlags.Static | NodeFlags.Override | NodeFlags.Readonly,
            NodeFlags.Static => NodeFlags.Readonly | NodeFlags.Override | NodeFlags.Abstract,
            NodeFlags.Abstract => NodeFlags.Static,
            NodeFlags.Override => NodeFlags.Readonly | NodeFlags.Declare,
            NodeFlags.Declare => NodeFlags.Override,
            _ => NodeFlags.None,
        };
        var isOverrideOfNothing = modifier == NodeFlags.Override && !isDerived;
        var isAbstractOutside = modifier == NodeFlags.Abstract && (classFlags & NodeFlags.Abstract) == 0;
        if ((before & follows) != 0 || isAbstractOutside || isOverrideOfNothing)
        {
            _diagnostics.ModifierHere(TokenSpan, _names.Text(_lexer.Name));
        }
    }

    // `let a!: T` promises a value that comes later: it has a type, no value, and is not only declared.
    private void CheckDeclarator(int id, int initializer, VariableKind kind, NodeFlags flags, NodeFlags declaratorFlags)
    {
        var span = new TextSpan(StartOf(id), _lexer.PreviousEnd);
        var isAmbient = Allows(ParserContext.Ambient);
        var isDefinite = (declaratorFlags & NodeFlags.Definite) != 0;
        if (isDefinite && (initializer != 0 || NodeAt(id).B == 0 || isAmbient || kind is VariableKind.Const or VariableKind.Using or VariableKind.AwaitUsing))
        {
            _diagnostics.DefiniteHere(span);
        }

        if (isAmbient && initializer != 0 && (kind != VariableKind.Const || NodeAt(id).B != 0))
        {
            _diagnostics.ValueInAmbient(span);
        }

        if ((flags & NodeFlags.Declare) != 0 && kind is VariableKind.Using or VariableKind.AwaitUsing)
        {
            _diagnostics.ModifierHere(span, "declare");
        }
    }

    private void CheckField(int key, int annotation, int value, NodeFlags flags)
    {
        if ((flags & NodeFlags.Definite) != 0 && (value != 0 || annotation == 0 || (flags & (NodeFlags.Abstract | NodeFlags.Declare)) != 0))
        {
            _diagnostics.DefiniteHere(new(StartOf(key), _lexer.PreviousEnd));
        }
    }

    private void CheckPrivateModifiers(int key, NodeFlags flags)
    {
        if (
            KindOf(key) == NodeKind.PrivateIdentifier
            && (flags & (NodeFlags.Public | NodeFlags.Private | NodeFlags.Protected | NodeFlags.Abstract | NodeFlags.Declare)) != 0
        )
        {
            _diagnostics.ModifierOfPrivateName(new(StartOf(key), NodeAt(key).End));
        }
    }

    // What a class implements and an interface extends is named: A.B.C.
    private void CheckHeritageName(int expression)
    {
        var node = NodeAt(expression);
        while (node.Kind == NodeKind.MemberExpression && (node.Flags & (NodeFlags.Computed | NodeFlags.Optional)) == 0 && KindOf(node.B) == NodeKind.Identifier)
        {
            node = NodeAt(node.A);
        }

        if (node.Kind is not (NodeKind.Identifier or NodeKind.InvalidExpression))
        {
            _diagnostics.HeritageName(new(StartOf(expression), NodeAt(expression).End));
        }
    }
}
