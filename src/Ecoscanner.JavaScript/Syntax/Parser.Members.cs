namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Left-hand sides (ECMA-262 13.3): members, calls, <c>new</c>, tagged templates.</remarks>
internal sealed partial class Parser
{
    /// <summary>A primary expression with what follows it: what a class extends, what decorates it.</summary>
    private int ParseLeftHandSide()
    {
        var expression = FitsOnStack() ? ParseLeftHandSideHere() : Deeper(static parser => parser.ParseLeftHandSideHere());
        _depth--;
        return expression;
    }

    private int ParseLeftHandSideHere()
    {
        var start = Start;
        return ParseSubscripts(ParsePrimary(), start);
    }

    /// <summary>Goes on with members, calls and tagged templates.</summary>
    private int ParseSubscripts(int expression, int start, bool allowCalls = true)
    {
        if (IsArrow(expression))
        {
            return expression;
        }

        var isChain = false;
        while (true)
        {
            switch (Kind)
            {
                case TokenKind.Dot:
                    Next();
                    expression = ParseMember(expression, start, NodeFlags.None);
                    continue;
                case TokenKind.OpenParenthesis when allowCalls:
                    expression = Finish(NodeKind.CallExpression, start, expression, 0, ParseArguments());
                    continue;
                case TokenKind.OpenBracket when !Allows(ParserContext.Decorator):
                    expression = ParseComputedMember(expression, start, NodeFlags.Computed);
                    continue;
                case TokenKind.QuestionDot when !allowCalls:
                    _diagnostics.OptionalInNew(TokenSpan);
                    Next();
                    expression = ParseMember(expression, start, NodeFlags.Optional);
                    continue;
                case TokenKind.QuestionDot:
                    isChain = true;
                    expression = ParseOptional(expression, start);
                    continue;
                case TokenKind.Template or TokenKind.TemplateHead:
                    if (isChain)
                    {
                        _diagnostics.TemplateInChain(TokenSpan);
                    }

                    var quasi = ParseTemplate(isTagged: true);
                    expression = Finish(NodeKind.TaggedTemplateExpression, start, expression, 0, quasi);
                    continue;
                case TokenKind.Exclamation when _isTypeScript && !_lexer.NewLineBefore:
                    Next();
                    expression = Finish(NodeKind.TSNonNullExpression, start, expression);
                    continue;
                case TokenKind.LessThan or TokenKind.LessThanLessThan when _isTypeScript && TryParseTypeArguments(out var typeArguments):
                    if (!allowCalls && Kind == TokenKind.OpenParenthesis)
                    {
                        // The type arguments of `new A<T>()` are the caller's.
                        _newTypeArguments = typeArguments;
                        return expression;
                    }

                    expression = ParseAfterTypeArguments(expression, start, typeArguments, ref isChain);
                    continue;
                default:
                    return isChain ? Finish(NodeKind.ChainExpression, start, expression) : expression;
            }
        }
    }

    private int _newTypeArguments;

    private int ParseAfterTypeArguments(int expression, int start, int typeArguments, ref bool isChain)
    {
        if (Kind == TokenKind.OpenParenthesis)
        {
            return Finish(NodeKind.CallExpression, start, expression, typeArguments, ParseArguments());
        }

        if (Kind is TokenKind.Template or TokenKind.TemplateHead)
        {
            return Finish(NodeKind.TaggedTemplateExpression, start, expression, typeArguments, ParseTemplate(isTagged: true));
        }

        if (Kind == TokenKind.QuestionDot && PeekKind() == TokenKind.OpenParenthesis)
        {
            // f<T>?.() calls f<T>, where there is one; f?.<T>() calls f with types.
            var instantiation = Finish(NodeKind.TSInstantiationExpression, start, expression, typeArguments);
            Next();
            isChain = true;
            return Finish(NodeKind.CallExpression, start, instantiation, 0, ParseArguments(), NodeFlags.Optional);
        }

        if (Kind == TokenKind.QuestionDot || isChain)
        {
            _diagnostics.InstantiationInChain(TokenSpan);
        }

        return Finish(NodeKind.TSInstantiationExpression, start, expression, typeArguments);
    }

    // Behind a dot.
    private int ParseMember(int target, int start, NodeFlags flags)
    {
        int property;
        if (Kind == TokenKind.PrivateIdentifier)
        {
            property = ParsePrivateIdentifier();
            UsePrivateName(property);
            if (KindOf(target) == NodeKind.Super)
            {
                _diagnostics.PrivateNameOfSuper(new(StartOf(property), NodeAt(property).End));
            }
        }
        else if (IsStatementInsteadOfName())
        {
            Missing("a name");
            property = Add(NodeKind.Identifier, Start, Start);
        }
        else
        {
            property = ParseIdentifierName();
        }

        return Finish(NodeKind.MemberExpression, start, target, property, flags: flags);
    }

    private int ParseComputedMember(int target, int start, NodeFlags flags)
    {
        Next();
        var property = ParseExpressionInBrackets();
        Expect(TokenKind.CloseBracket);
        return Finish(NodeKind.MemberExpression, start, target, property, flags: flags);
    }

    // At `?.`.
    private int ParseOptional(int target, int start)
    {
        Next();
        switch (Kind)
        {
            case TokenKind.OpenParenthesis:
                return Finish(NodeKind.CallExpression, start, target, 0, ParseArguments(), NodeFlags.Optional);
            case TokenKind.OpenBracket:
                return ParseComputedMember(target, start, NodeFlags.Computed | NodeFlags.Optional);
            case TokenKind.LessThan or TokenKind.LessThanLessThan when _isTypeScript:
                var typeArguments = ParseTypeArguments();
                if (Kind == TokenKind.OpenParenthesis)
                {
                    return Finish(NodeKind.CallExpression, start, target, typeArguments, ParseArguments(), NodeFlags.Optional);
                }

                Missing("(");
                return target;
            case TokenKind.Template or TokenKind.TemplateHead:
                _diagnostics.TemplateInChain(TokenSpan);
                return Finish(NodeKind.TaggedTemplateExpression, start, target, 0, ParseTemplate(isTagged: true));
            default:
                return ParseMember(target, start, NodeFlags.Optional);
        }
    }

    /// <summary>The arguments in parentheses, as a list.</summary>
    private int ParseArguments()
    {
        var open = Start;
        Next();
        if (TryEat(TokenKind.CloseParenthesis))
        {
            return 0;
        }

        var context = EnterBrackets();
        var failed = _failed;
        var list = BeginList();
        while (Kind is not (TokenKind.CloseParenthesis or TokenKind.EndOfFile))
        {
            Push(Kind == TokenKind.Ellipsis ? ParseSpread() : ParseAssignment());
            if (!NextItem(TokenKind.CloseParenthesis, open, failed))
            {
                break;
            }
        }

        _context = context;
        Expect(TokenKind.CloseParenthesis);
        return EndList(list);
    }

    private int ParseSpread()
    {
        var start = Start;
        Next();
        return Finish(NodeKind.SpreadElement, start, ParseAssignment());
    }

    private int ParseNew()
    {
        var start = Start;
        var word = _lexer.Name;
        Next();
        if (Kind == TokenKind.Dot)
        {
            var meta = Finish(NodeKind.Identifier, start, word);
            Next();
            return ParseNewTarget(start, meta);
        }

        if (Kind == TokenKind.Import && PeekKind() is TokenKind.OpenParenthesis)
        {
            _diagnostics.NewOfImport(TokenSpan);
        }

        var calleeStart = Start;
        _newTypeArguments = 0;
        var primary = Kind == TokenKind.New ? ParseNestedNew() : ParsePrimary();
        if (KindOf(primary) == NodeKind.ImportExpression && (NodeAt(primary).Flags & NodeFlags.Parenthesized) == 0)
        {
            _diagnostics.NewOfImport(new(calleeStart, _lexer.PreviousEnd));
        }

        if (KindOf(primary) == NodeKind.Super && Kind == TokenKind.OpenParenthesis)
        {
            _diagnostics.SuperAlone(new(calleeStart, _lexer.PreviousEnd));
        }

        _newTypeArguments = 0;
        var callee = ParseSubscripts(primary, calleeStart, allowCalls: false);
        var typeArguments = _newTypeArguments;
        _newTypeArguments = 0;
        if (typeArguments == 0 && KindOf(callee) == NodeKind.TSInstantiationExpression && (NodeAt(callee).Flags & NodeFlags.Parenthesized) == 0)
        {
            // `new A<T>` without arguments.
            typeArguments = NodeAt(callee).B;
            callee = NodeAt(callee).A;
        }

        var arguments = Kind == TokenKind.OpenParenthesis ? ParseArguments() : 0;
        return Finish(NodeKind.NewExpression, start, callee, typeArguments, arguments);
    }

    private int ParseNestedNew()
    {
        var expression = FitsOnStack() ? ParseNew() : Deeper(static parser => parser.ParseNew());
        _depth--;
        return expression;
    }

    private int ParseNewTarget(int start, int meta)
    {
        if (!IsWord(WellKnownNames.Target))
        {
            Missing("target");
        }
        else if (!Allows(ParserContext.NewTarget))
        {
            _diagnostics.NewTargetOutsideFunction(new(start, _lexer.End));
        }

        var property = ParseIdentifierName();
        return Finish(NodeKind.MetaProperty, start, meta, property);
    }
}
