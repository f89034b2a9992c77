namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Expressions (ECMA-262 13), from the comma down to the unary operators.</remarks>
internal sealed partial class Parser
{
    private const int RelationPrecedence = 8;
    private const int ExponentPrecedence = 12;

    // Where something stands that only a pattern may have (`{ a = 1 }`), until it is known whether it is one; -1 where nothing does.
    private int _coverError = -1;

    /// <summary>One or more assignments with commas between.</summary>
    private int ParseExpression()
    {
        var start = Start;
        var first = ParseAssignment();
        if (Kind != TokenKind.Comma)
        {
            return first;
        }

        var list = BeginList();
        Push(first);
        while (TryEat(TokenKind.Comma))
        {
            Push(ParseAssignment());
        }

        return Finish(NodeKind.SequenceExpression, start, EndList(list));
    }

    /// <summary>The same in brackets of any kind, where <c>in</c> is an operator whatever stands around.</summary>
    private int ParseExpressionInBrackets()
    {
        var context = EnterBrackets();
        var expression = ParseExpression();
        _context = context;
        return expression;
    }

    private int ParseAssignmentInBrackets()
    {
        var context = EnterBrackets();
        var expression = ParseAssignment();
        _context = context;
        return expression;
    }

    private ParserContext EnterBrackets()
    {
        var context = _context;
        _context = (context | ParserContext.In) & ~(ParserContext.Decorator | ParserContext.Consequent);
        return context;
    }

    /// <summary>An expression without a comma, which can't become a pattern any more.</summary>
    private int ParseAssignment()
    {
        var outer = _coverError;
        _coverError = -1;
        var expression = ParseCover();
        ReportCoverError();
        _coverError = outer;
        return expression;
    }

    private void ReportCoverError()
    {
        if (_coverError >= 0)
        {
            _diagnostics.OnlyInPattern(new(_coverError, _coverError + 1));
            _coverError = -1;
        }
    }

    /// <summary>An expression without a comma that may still become a pattern; what only a pattern may have waits in <see cref="_coverError"/>.</summary>
    private int ParseCover()
    {
        var expression = FitsOnStack() ? ParseCoverHere() : Deeper(static parser => parser.ParseCoverHere());
        _depth--;
        return expression;
    }

    private int ParseCoverHere()
    {
        var outer = _coverError;
        _coverError = -1;
        var start = Start;
        var left = 0;
        switch (Kind)
        {
            case TokenKind.Identifier when _lexer.Name is >= WellKnownNames.Yield and <= WellKnownNames.Async && ParseWordOfAssignment(start, out left):
                if (KindOf(left) is NodeKind.YieldExpression || IsArrow(left))
                {
                    _coverError = outer;
                    return left;
                }

                break;
            case TokenKind.Identifier:
                left = ParseIdentifierReference();
                if (Kind is TokenKind.Comma or TokenKind.CloseParenthesis)
                {
                    _coverError = outer;
                    return left;
                }

                if (Kind == TokenKind.Arrow && !_lexer.NewLineBefore)
                {
                    var list = BeginList();
                    Push(left);
                    _coverError = outer;
                    return ParseArrowFunction(start, 0, list, NodeFlags.None);
                }

                left = ParsePostfix(ParseSubscripts(left, start), start);
                break;
            case TokenKind.OpenParenthesis:
                left = ParseParentheses(start, typeParameters: 0, canBeArrow: true);
                if (IsArrow(left))
                {
                    _coverError = outer;
                    return left;
                }

                left = ParsePostfix(ParseSubscripts(left, start), start);
                break;
            case TokenKind.LessThan when _isTypeScript && TryParseGenericArrow(start, NodeFlags.None, out left):
                _coverError = outer;
                return left;
            default:
                left = ParseOperand(0);
                break;
        }

        left = ParseBinaryRest(left, start, 0);
        if (Kind == TokenKind.Question && !IsOptionalMark())
        {
            left = ParseConditional(left, start);
        }

        if (Kind.IsAssignment && !IsArrow(left))
        {
            left = ParseAssignmentRest(left, start);
            _coverError = outer;
            return left;
        }

        if (_coverError >= 0 && !IsLiteralPattern(left))
        {
            ReportCoverError();
        }

        if (outer >= 0)
        {
            _coverError = outer;
        }

        return left;
    }

    private bool IsLiteralPattern(int node) =>
        KindOf(node) is NodeKind.ObjectExpression or NodeKind.ArrayExpression && (NodeAt(node).Flags & NodeFlags.Parenthesized) == 0;

    private bool IsArrow(int node) => KindOf(node) == NodeKind.ArrowFunctionExpression && (NodeAt(node).Flags & NodeFlags.Parenthesized) == 0;

    // `yield`, `await` and `async` at the start of an assignment; false where the word is just a name.
    private bool ParseWordOfAssignment(int start, out int left)
    {
        left = 0;
        if (_lexer.Name == WellKnownNames.Yield && Allows(ParserContext.Yield))
        {
            left = ParseYield();
            return true;
        }

        if (IsAwaitExpression())
        {
            left = ParseOperand(0);
            return true;
        }

        if (!IsWord(WellKnownNames.Async))
        {
            return false;
        }

        left = ParseAsync(canBeArrow: true);
        if (KindOf(left) == NodeKind.Identifier && Kind == TokenKind.Arrow && !_lexer.NewLineBefore)
        {
            // A parameter of that name.
            var list = BeginList();
            Push(left);
            left = ParseArrowFunction(start, 0, list, NodeFlags.None);
        }
        else if (!IsArrow(left))
        {
            left = ParsePostfix(ParseSubscripts(left, start), start);
        }

        return true;
    }

    private int ParseAssignmentRest(int left, int start)
    {
        var operation = Kind;
        if (operation == TokenKind.Equals)
        {
            if (IsLiteralPattern(left))
            {
                _coverError = -1;
            }

            ReportCoverError();
            ToTarget(left, isBinding: false);
            if (KindOf(left) is NodeKind.TSAsExpression or NodeKind.TSSatisfiesExpression && (NodeAt(left).Flags & NodeFlags.Parenthesized) == 0)
            {
                InvalidTarget(left, isBinding: false);
            }
        }
        else
        {
            ReportCoverError();
            CheckSimpleTarget(
                left,
                mayBeCall: operation is not (TokenKind.AmpersandAmpersandEquals or TokenKind.BarBarEquals or TokenKind.QuestionQuestionEquals)
            );
        }

        Next();
        var right = ParseAssignment();
        return Finish(NodeKind.AssignmentExpression, start, left, right, detail: (byte)operation);
    }

    // In TypeScript, `?` before one of these ends a parameter: (a?) => …, (a?: T) => …
    private bool IsOptionalMark() => _isTypeScript && PeekKind() is TokenKind.Colon or TokenKind.Comma or TokenKind.CloseParenthesis or TokenKind.Equals;

    private int ParseConditional(int test, int start)
    {
        Next();
        var context = _context;
        _context = (context | ParserContext.In | ParserContext.Consequent) & ~ParserContext.Decorator;
        var consequent = ParseAssignment();
        _context = context;
        Expect(TokenKind.Colon);
        var alternate = ParseAssignment();
        return Finish(NodeKind.ConditionalExpression, start, test, consequent, alternate);
    }

    /// <summary>Goes on with operators that bind more tightly than the given precedence.</summary>
    private int ParseBinaryRest(int left, int start, int minimum)
    {
        while (true)
        {
            var operation = Kind;
            var precedence = operation.Precedence;
            if (precedence <= minimum)
            {
                if (precedence == 0 && minimum < RelationPrecedence && _isTypeScript && operation == TokenKind.Identifier && IsTypeOperator())
                {
                    left = ParseAs(left, start);
                    continue;
                }

                return left;
            }

            if ((operation == TokenKind.In && !Allows(ParserContext.In)) || IsArrow(left))
            {
                return left;
            }

            if (operation == TokenKind.LessThan && _failed && _isJsx)
            {
                // Rather a closing tag behind what is wrong.
                return left;
            }

            Next();
            var rightStart = Start;

            var right = ParseOperand(precedence);
            right = precedence == ExponentPrecedence ? ParsePowers(right, rightStart) : ParseBinaryRest(right, rightStart, precedence);
            var isLogical = operation is TokenKind.AmpersandAmpersand or TokenKind.BarBar or TokenKind.QuestionQuestion;
            if (isLogical)
            {
                CheckMixedCoalescing(operation, left, right);
            }

            left = Finish(isLogical ? NodeKind.LogicalExpression : NodeKind.BinaryExpression, start, left, right, detail: (byte)operation);
        }
    }

    // `**` groups to the right: what follows the first one is read as a list and put together from its end.
    private int ParsePowers(int first, int start)
    {
        if (Kind != TokenKind.AsteriskAsterisk)
        {
            return first;
        }

        var list = BeginList();
        Push(first);
        Push(start);
        while (TryEat(TokenKind.AsteriskAsterisk))
        {
            var operandStart = Start;
            Push(ParseOperand(ExponentPrecedence));
            Push(operandStart);
        }

        var power = _pending[_pendingCount - 2];
        for (var item = _pendingCount - 4; item >= list; item -= 2)
        {
            power = Finish(NodeKind.BinaryExpression, _pending[item + 1], _pending[item], power, detail: (byte)TokenKind.AsteriskAsterisk);
        }

        _pendingCount = list;
        return power;
    }

    private bool IsTypeOperator() => !_lexer.NewLineBefore && (IsWord(WellKnownNames.As) || IsWord(WellKnownNames.Satisfies));

    private int ParseAs(int left, int start)
    {
        var kind = _lexer.Name == WellKnownNames.As ? NodeKind.TSAsExpression : NodeKind.TSSatisfiesExpression;
        Next();
        var type = kind == NodeKind.TSAsExpression && Kind == TokenKind.Const ? ParseConstType() : ParseType();
        return Finish(kind, start, left, type);
    }

    // The `const` of `as const`: a reference to a type of that name.
    private int ParseConstType()
    {
        var start = Start;
        var name = _lexer.Name;
        Next();
        return Finish(NodeKind.TSTypeReference, start, Finish(NodeKind.Identifier, start, name));
    }

    // `a ?? b || c` needs parentheses (ECMA-262 13.13).
    private void CheckMixedCoalescing(TokenKind operation, int left, int right)
    {
        if (Mixes(left) || Mixes(right))
        {
            _diagnostics.MixedCoalescing(new(StartOf(left), NodeAt(right).End));
        }

        bool Mixes(int operand)
        {
            ref readonly var node = ref NodeAt(operand);
            return node.Kind == NodeKind.LogicalExpression
                && (node.Flags & NodeFlags.Parenthesized) == 0
                && (node.Detail == (byte)TokenKind.QuestionQuestion) != (operation == TokenKind.QuestionQuestion);
        }
    }
}
