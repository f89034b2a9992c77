namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Patterns: read as such where something is declared, made from literals where something is assigned (ECMA-262 13.15.5, 14.3.3).</remarks>
internal sealed partial class Parser
{
    /// <summary>A name or a pattern that is declared, without its type and initial value.</summary>
    private int ParseBindingTarget()
    {
        switch (Kind)
        {
            case TokenKind.OpenBracket:
            case TokenKind.OpenBrace:
                var pattern = FitsOnStack() ? ParseBindingPattern() : Deeper(static parser => parser.ParseBindingPattern());
                _depth--;
                return pattern;
            default:
                return ParseBindingIdentifier();
        }
    }

    /// <summary>A binding target with an initial value, if there is one.</summary>
    private int ParseBindingElement()
    {
        var start = Start;
        var target = ParseBindingTarget();
        if (!TryEat(TokenKind.Equals))
        {
            return target;
        }

        return Finish(NodeKind.AssignmentPattern, start, target, ParseAssignmentInBrackets());
    }

    private int ParseBindingPattern() => Kind == TokenKind.OpenBracket ? ParseArrayPattern() : ParseObjectPattern();

    private int ParseArrayPattern()
    {
        var start = Start;
        Next();
        var failed = _failed;
        var list = BeginList();
        while (Kind is not (TokenKind.CloseBracket or TokenKind.EndOfFile))
        {
            if (Kind == TokenKind.Comma)
            {
                Push(0);
                Next();
                continue;
            }

            if (Kind == TokenKind.Ellipsis)
            {
                Push(ParseBindingRest(TokenKind.CloseBracket));
                break;
            }

            Push(ParseBindingElement());
            if (!NextItem(TokenKind.CloseBracket, start, failed))
            {
                break;
            }
        }

        Expect(TokenKind.CloseBracket);
        return Finish(NodeKind.ArrayPattern, start, EndList(list));
    }

    private int ParseObjectPattern()
    {
        var start = Start;
        Next();
        var failed = _failed;
        var list = BeginList();
        while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile) && !IsStatementInsteadOfName())
        {
            if (Kind == TokenKind.Ellipsis)
            {
                var rest = ParseBindingRest(TokenKind.CloseBrace);
                if (KindOf(NodeAt(rest).A) != NodeKind.Identifier)
                {
                    _diagnostics.InvalidTarget(new(StartOf(rest), NodeAt(rest).End), isBinding: true);
                }

                Push(rest);
                break;
            }

            Push(ParsePatternProperty());
            if (!NextItem(TokenKind.CloseBrace, start, failed))
            {
                break;
            }
        }

        Expect(TokenKind.CloseBrace);
        return Finish(NodeKind.ObjectPattern, start, EndList(list));
    }

    private int ParsePatternProperty()
    {
        var start = Start;
        var keyKind = Kind;
        var keyToken = _lexer.Mark();
        var key = ParsePropertyName(out var isComputed);
        if (TryEat(TokenKind.Colon))
        {
            return Finish(NodeKind.Property, start, key, ParseBindingElement(), flags: isComputed ? NodeFlags.Computed : NodeFlags.None);
        }

        if (keyKind is not (TokenKind.Identifier or TokenKind.EscapedKeyword))
        {
            Missing(":");
            return Finish(NodeKind.Property, start, key, Add(NodeKind.InvalidExpression, Start, Start));
        }

        CheckReference(keyToken);
        var value = Finish(NodeKind.Identifier, start, keyToken.Name, flags: NodeAt(key).Flags);
        CheckBinding(value);
        if (TryEat(TokenKind.Equals))
        {
            value = Finish(NodeKind.AssignmentPattern, start, value, ParseAssignmentInBrackets());
        }

        return Finish(NodeKind.Property, start, key, value, flags: NodeFlags.Shorthand);
    }

    // `...a`, which must be the last.
    private int ParseBindingRest(TokenKind close)
    {
        var start = Start;
        Next();
        var rest = Finish(NodeKind.RestElement, start, ParseBindingTarget());
        if (Kind is TokenKind.Comma or TokenKind.Equals)
        {
            _diagnostics.RestNotLast(new(start, _lexer.PreviousEnd));
            while (Kind != close && Kind is TokenKind.Comma or TokenKind.Equals && !_failed)
            {
                Next();
                if (Kind != close)
                {
                    ParseCover();
                }
            }
        }

        return rest;
    }

    /// <summary>
    /// Makes a target out of an expression, in place: literals become patterns. A loop, since a literal may nest deeper than a stack.
    /// </summary>
    /// <param name="root">The expression.</param>
    /// <param name="isBinding">Whether names are declared, as by parameters, and not only assigned.</param>
    private void ToTarget(int root, bool isBinding)
    {
        var begin = BeginList();
        Push(root);
        while (_pendingCount > begin)
        {
            var index = _pending[--_pendingCount];
            if (index == 0)
            {
                continue;
            }

            ref var node = ref NodeAt(index);
            var isParenthesized = (node.Flags & NodeFlags.Parenthesized) != 0;
            switch (node.Kind)
            {
                case NodeKind.Identifier:
                    CheckBinding(index);
                    if (isBinding && isParenthesized)
                    {
                        InvalidTarget(index, isBinding);
                    }

                    break;
                case NodeKind.ObjectExpression when !isParenthesized:
                    node.Kind = NodeKind.ObjectPattern;
                    PushProperties(node.A);
                    break;
                case NodeKind.ArrayExpression when !isParenthesized:
                    node.Kind = NodeKind.ArrayPattern;
                    PushElements(node.A);
                    break;
                case NodeKind.ObjectPattern or NodeKind.ArrayPattern when !isParenthesized:
                    if (isBinding)
                    {
                        PushAll(node.A);
                    }

                    break;
                case NodeKind.Property:
                    if (node.Detail != (byte)MethodKind.Normal || (node.Flags & NodeFlags.Method) != 0)
                    {
                        InvalidTarget(index, isBinding);
                    }
                    else
                    {
                        Push(node.B);
                    }

                    break;
                case NodeKind.SpreadElement:
                    node.Kind = NodeKind.RestElement;
                    node.Detail = 0;
                    if (KindOf(node.A) is NodeKind.AssignmentExpression)
                    {
                        InvalidTarget(node.A, isBinding);
                    }

                    Push(node.A);
                    break;
                case NodeKind.RestElement:
                    Push(node.A);
                    break;
                case NodeKind.AssignmentExpression when !isParenthesized && node.Detail == (byte)TokenKind.Equals:
                    node.Kind = NodeKind.AssignmentPattern;
                    node.Detail = 0;
                    if (isBinding)
                    {
                        Push(node.A);
                    }

                    break;
                case NodeKind.AssignmentPattern:
                    if (isBinding || KindOf(node.A) == NodeKind.Identifier)
                    {
                        Push(node.A);
                    }

                    break;
                case NodeKind.MemberExpression when !isBinding:
                    break;
                case NodeKind.TSAsExpression or NodeKind.TSSatisfiesExpression or NodeKind.TSTypeAssertion or NodeKind.TSNonNullExpression when !isBinding:
                    CheckSimpleTarget(index);
                    break;
                case NodeKind.CallExpression when !isBinding && index == root && MayAssignCalls:
                    break;
                case NodeKind.InvalidExpression:
                    break;
                default:
                    InvalidTarget(index, isBinding);
                    break;
            }
        }
    }

    // A call is assigned at run time, and fails there, in old code only (ECMA-262 B.3.9).
    private bool MayAssignCalls => !IsStrict && !_isModule && !_isTypeScript;

    private void InvalidTarget(int node, bool isBinding) => _diagnostics.InvalidTarget(new(StartOf(node), NodeAt(node).End), isBinding);

    private void PushAll(int list)
    {
        for (var item = 1; item <= _lists[list]; item++)
        {
            Push(_lists[list + item]);
        }
    }

    private void PushElements(int list)
    {
        CheckRest(list);
        PushAll(list);
    }

    private void PushProperties(int list)
    {
        CheckRest(list);
        for (var item = 1; item <= _lists[list]; item++)
        {
            var property = _lists[list + item];
            if (
                KindOf(property) == NodeKind.SpreadElement
                && KindOf(NodeAt(property).A) is NodeKind.ObjectExpression or NodeKind.ArrayExpression or NodeKind.ObjectPattern or NodeKind.ArrayPattern
            )
            {
                InvalidTarget(NodeAt(property).A, isBinding: false);
            }

            Push(property);
        }
    }

    // A rest is the last, without a comma behind.
    private void CheckRest(int list)
    {
        for (var item = 1; item <= _lists[list]; item++)
        {
            var element = _lists[list + item];
            if (KindOf(element) == NodeKind.SpreadElement && (item < _lists[list] || NodeAt(element).Detail != 0))
            {
                _diagnostics.RestNotLast(new(StartOf(element), NodeAt(element).End));
            }
        }
    }

    /// <summary>Says so where the expression can't be assigned by <c>+=</c> or <c>++</c>.</summary>
    private void CheckSimpleTarget(int target, bool mayBeCall = true)
    {
        while (KindOf(target) is NodeKind.TSAsExpression or NodeKind.TSSatisfiesExpression or NodeKind.TSNonNullExpression or NodeKind.TSTypeAssertion)
        {
            target = KindOf(target) == NodeKind.TSTypeAssertion ? NodeAt(target).B : NodeAt(target).A;
        }

        switch (KindOf(target))
        {
            case NodeKind.Identifier:
                CheckBinding(target);
                break;
            case NodeKind.MemberExpression or NodeKind.InvalidExpression:
                break;
            case NodeKind.CallExpression when MayAssignCalls && mayBeCall:
                break;
            default:
                InvalidTarget(target, isBinding: false);
                break;
        }
    }
}
