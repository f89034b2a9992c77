namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Unary operators (ECMA-262 13.4, 13.5), <c>yield</c> and <c>await</c>.</remarks>
internal sealed partial class Parser
{
    /// <summary>An operand of a binary operator of that precedence (0 for none), with its own unary operators.</summary>
    private int ParseOperand(int precedence)
    {
        if (Kind == TokenKind.PrivateIdentifier)
        {
            return ParsePrivateOperand(precedence);
        }

        var expression = FitsOnStack() ? ParseUnary() : Deeper(static parser => parser.ParseUnary());
        _depth--;
        return expression;
    }

    // `#name in object`.
    private int ParsePrivateOperand(int precedence)
    {
        var name = ParsePrivateIdentifier();
        if (Kind != TokenKind.In || precedence >= RelationPrecedence || !Allows(ParserContext.In))
        {
            Missing("\"in\" after a private name");
        }

        UsePrivateName(name);
        return name;
    }

    private int ParseUnary()
    {
        var start = Start;
        switch (Kind)
        {
            case TokenKind.Exclamation or TokenKind.Tilde or TokenKind.Plus or TokenKind.Minus or TokenKind.Typeof or TokenKind.Void or TokenKind.Delete:
                var operation = Kind;
                Next();
                var argument = ParseUnaryArgument();
                if (operation == TokenKind.Delete)
                {
                    CheckDelete(argument);
                }

                return NoExponent(Finish(NodeKind.UnaryExpression, start, argument, detail: (byte)operation));
            case TokenKind.PlusPlus or TokenKind.MinusMinus:
                var step = Kind;
                Next();
                var target = ParseUnaryArgument();
                CheckSimpleTarget(target);
                return Finish(NodeKind.UpdateExpression, start, target, flags: NodeFlags.Prefix, detail: (byte)step);
            case TokenKind.LessThan when _isTypeScript && !_isJsx:
                return ParseTypeAssertion(start);
            case TokenKind.Identifier when IsAwaitExpression():
                return ParseAwait(start);
            default:
                return ParsePostfix(ParseSubscripts(ParsePrimary(), start), start);
        }
    }

    private int ParseUnaryArgument()
    {
        if (Kind == TokenKind.PrivateIdentifier)
        {
            // `!#x in y` is no unary operand; say so here.
            return ParsePrivateOperand(ExponentPrecedence);
        }

        return ParseOperand(ExponentPrecedence);
    }

    // `-a ** b` needs parentheses (ECMA-262 13.6).
    private int NoExponent(int unary)
    {
        if (Kind == TokenKind.AsteriskAsterisk)
        {
            _diagnostics.UnaryBeforeExponent(new(StartOf(unary), _lexer.End));
        }

        return unary;
    }

    private int ParseTypeAssertion(int start)
    {
        Next();
        var type = Kind == TokenKind.Const && PeekKind() == TokenKind.GreaterThan ? ParseConstType() : ParseType();
        ExpectGreaterThan();
        var expression = ParseUnaryArgument();
        return NoExponent(Finish(NodeKind.TSTypeAssertion, start, type, expression));
    }

    private void CheckDelete(int argument)
    {
        ref readonly var node = ref NodeAt(argument);
        if (node.Kind == NodeKind.Identifier && IsStrict)
        {
            _diagnostics.DeleteOfName(new(node.Start, node.End));
        }

        if (node.Kind == NodeKind.ChainExpression)
        {
            CheckDelete(node.A);
            return;
        }

        if (node.Kind == NodeKind.MemberExpression && KindOf(node.B) == NodeKind.PrivateIdentifier)
        {
            _diagnostics.DeleteOfPrivateName(new(node.Start, node.End));
        }
    }

    private int ParsePostfix(int operand, int start)
    {
        if (Kind is not (TokenKind.PlusPlus or TokenKind.MinusMinus) || _lexer.NewLineBefore)
        {
            return operand;
        }

        CheckSimpleTarget(operand);
        var operation = Kind;
        Next();
        return Finish(NodeKind.UpdateExpression, start, operand, detail: (byte)operation);
    }

    private int ParseYield()
    {
        var start = Start;
        if (Allows(ParserContext.Parameters))
        {
            _diagnostics.YieldInParameters(TokenSpan);
        }

        CheckUnescaped();
        _lastYield = start;
        Next();
        var flags = NodeFlags.None;
        var argument = 0;
        if (!_lexer.NewLineBefore)
        {
            if (TryEat(TokenKind.Asterisk))
            {
                flags = NodeFlags.Generator;
                argument = ParseAssignment();
            }
            else if (
                Kind
                is not (
                    TokenKind.CloseParenthesis
                    or TokenKind.CloseBracket
                    or TokenKind.CloseBrace
                    or TokenKind.Comma
                    or TokenKind.Semicolon
                    or TokenKind.Colon
                    or TokenKind.In
                    or TokenKind.EndOfFile
                )
            )
            {
                argument = ParseAssignment();
            }
        }

        return Finish(NodeKind.YieldExpression, start, argument, flags: flags);
    }

    /// <summary>Whether the current token is <c>await</c> as an operator.</summary>
    private bool IsAwaitExpression()
    {
        if (_lexer.Name != WellKnownNames.Await || Kind != TokenKind.Identifier)
        {
            return false;
        }

        if (Allows(ParserContext.Await))
        {
            return true;
        }

        // In a source that may be a module or a script, `await` at the top is an operator where an operand follows.
        return _options.Goal == SourceGoal.Unknown
            && !Allows(ParserContext.Return | ParserContext.ClassInitializer | ParserContext.StaticBlock | ParserContext.Namespace)
            && PeekKind(out var newLineBefore) is var next
            && !newLineBefore
            && MayFollowAwait(next);
    }

    // What begins an operand and can't go on with a name; in what is known to be a module also what could do both.
    private bool MayFollowAwait(TokenKind next) =>
        next switch
        {
            TokenKind.In or TokenKind.Instanceof or TokenKind.EscapedKeyword => false,
            TokenKind.Identifier or TokenKind.OpenBrace or TokenKind.OpenParenthesis or TokenKind.OpenBracket => true,
            TokenKind.Exclamation or TokenKind.Tilde => true,
            TokenKind.Plus or TokenKind.Minus or TokenKind.PlusPlus or TokenKind.MinusMinus or TokenKind.Slash or TokenKind.SlashEquals => _isModule,
            _ => next <= TokenKind.TemplateHead && next > TokenKind.EscapedKeyword,
        };

    private int ParseAwait(int start)
    {
        if (Allows(ParserContext.Parameters))
        {
            _diagnostics.AwaitInParameters(TokenSpan);
        }

        if (!Allows(ParserContext.Await))
        {
            _isModule = true;
        }

        CheckUnescaped();
        _lastAwait = start;
        Next();
        var argument = ParseUnaryArgument();
        return NoExponent(Finish(NodeKind.AwaitExpression, start, argument));
    }

    // A word that stands for a keyword is written without escapes.
    private void CheckUnescaped()
    {
        if ((_lexer.Flags & TokenFlags.Escaped) != 0)
        {
            _diagnostics.EscapedKeyword(TokenSpan);
        }
    }
}
