namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>What expressions are made of (ECMA-262 13.2 and 13.3): literals, members, calls.</remarks>
internal sealed partial class Parser
{
    private int ParsePrimary()
    {
        var start = Start;
        switch (Kind)
        {
            case TokenKind.Identifier:
                return IsWord(WellKnownNames.Async) ? ParseAsync(canBeArrow: false) : ParseIdentifierReference();
            case TokenKind.String or TokenKind.Number or TokenKind.BigInt:
                return ParseLiteral();
            case TokenKind.True or TokenKind.False:
                var isTrue = Kind == TokenKind.True;
                Next();
                return Finish(NodeKind.BooleanLiteral, start, detail: isTrue ? (byte)1 : (byte)0);
            case TokenKind.Null:
                Next();
                return Finish(NodeKind.NullLiteral, start);
            case TokenKind.This:
                Next();
                return Finish(NodeKind.ThisExpression, start);
            case TokenKind.OpenParenthesis:
                return ParseParentheses(start, typeParameters: 0, canBeArrow: false);
            case TokenKind.OpenBracket:
                return ParseArray();
            case TokenKind.OpenBrace:
                return ParseObject();
            case TokenKind.Function:
                return ParseFunctionExpression(start, NodeFlags.None);
            case TokenKind.Class:
                return ParseClass(start, isDeclaration: false, decorators: 0);
            case TokenKind.At:
                return ParseClass(start, isDeclaration: false, ParseDecorators());
            case TokenKind.New:
                return ParseNew();
            case TokenKind.Super:
                return ParseSuper();
            case TokenKind.Import:
                return ParseImportExpression();
            case TokenKind.Template or TokenKind.TemplateHead:
                return ParseTemplate(isTagged: false);
            case TokenKind.Slash or TokenKind.SlashEquals:
                _lexer.RescanRegularExpression();
                Next();
                return Finish(NodeKind.RegExpLiteral, start);
            case TokenKind.LessThan when _isJsx:
                return ParseJsx();
            case TokenKind.EscapedKeyword:
                _diagnostics.EscapedKeyword(TokenSpan);
                return ParseIdentifierName();
            default:
                return MissingExpression();
        }
    }

    // A string or a number: an expression, or the name of a property.
    private int ParseLiteral()
    {
        var start = Start;
        switch (Kind)
        {
            case TokenKind.String:
                return ParseString();
            case TokenKind.Number:
                CheckLegacyOctal();
                Next();
                return Finish(NodeKind.NumericLiteral, start);
            default:
                Next();
                return Finish(NodeKind.BigIntLiteral, start);
        }
    }

    private void CheckLegacyOctal()
    {
        if ((_lexer.Flags & TokenFlags.LegacyOctal) != 0 && IsStrict)
        {
            _diagnostics.LegacyOctal(TokenSpan);
        }
    }

    /// <summary>The current token, a string.</summary>
    private int ParseString()
    {
        var start = Start;
        CheckLegacyOctal();
        var flags = (_lexer.Flags & TokenFlags.Escaped) != 0 ? NodeFlags.Escaped : NodeFlags.None;
        Next();
        return Finish(NodeKind.StringLiteral, start, flags: flags);
    }

    private int ParseSuper()
    {
        var start = Start;
        Next();
        var isCall = Kind == TokenKind.OpenParenthesis;
        if (!isCall && Kind is not (TokenKind.Dot or TokenKind.OpenBracket))
        {
            _diagnostics.SuperAlone(new(start, _lexer.PreviousEnd));
        }
        else if (!Allows(isCall ? ParserContext.SuperCall : ParserContext.SuperProperty))
        {
            _diagnostics.SuperOutsideMethod(new(start, _lexer.PreviousEnd), isCall);
        }

        return Finish(NodeKind.Super, start);
    }

    // `import(…)`, `import.meta`, `import.source(…)`, `import.defer(…)`.
    private int ParseImportExpression()
    {
        var start = Start;
        var word = _lexer.Name;
        CheckUnescaped();
        Next();
        var phase = ImportPhase.Evaluation;
        if (Kind == TokenKind.Dot)
        {
            var meta = Finish(NodeKind.Identifier, start, word);
            Next();
            if (IsWord(WellKnownNames.Meta))
            {
                if (_options.Goal == SourceGoal.Script)
                {
                    _diagnostics.ImportMetaInScript(new(start, _lexer.End));
                }

                _isModule = true;
                return Finish(NodeKind.MetaProperty, start, meta, ParseIdentifierName());
            }

            if (!IsWord(WellKnownNames.Source) && !IsWord(WellKnownNames.Defer))
            {
                Missing("meta, source or defer");
                return Finish(NodeKind.MetaProperty, start, meta, ParseIdentifierName());
            }

            phase = _lexer.Name == WellKnownNames.Source ? ImportPhase.Source : ImportPhase.Defer;
            Next();
        }

        Expect(TokenKind.OpenParenthesis);
        var context = EnterBrackets();
        var source = ParseAssignment();
        var options = 0;
        if (TryEat(TokenKind.Comma) && Kind != TokenKind.CloseParenthesis)
        {
            options = ParseAssignment();
            TryEat(TokenKind.Comma);
        }

        _context = context;
        Expect(TokenKind.CloseParenthesis);
        return Finish(NodeKind.ImportExpression, start, source, options, detail: (byte)phase);
    }

    private int ParseArray()
    {
        var start = Start;
        Next();
        var context = EnterBrackets();
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

            Push(Kind == TokenKind.Ellipsis ? ParseSpreadCover(TokenKind.CloseBracket) : ParseCover());
            if (!NextItem(TokenKind.CloseBracket, start, failed))
            {
                break;
            }
        }

        _context = context;
        Expect(TokenKind.CloseBracket);
        return Finish(NodeKind.ArrayExpression, start, EndList(list));
    }

    // A spread that may become a rest, which may have no comma behind it: the detail says whether there is one.
    private int ParseSpreadCover(TokenKind close)
    {
        var start = Start;
        Next();
        var argument = ParseCover();
        return Finish(NodeKind.SpreadElement, start, argument, detail: Kind == close ? (byte)0 : (byte)1);
    }

    private int ParseTemplate(bool isTagged)
    {
        var start = Start;
        if (Kind == TokenKind.Template)
        {
            var only = TemplateElement(1, isTagged, NodeFlags.Tail);
            Next();
            return Finish(NodeKind.TemplateLiteral, start, ListOf(only));
        }

        var quasis = new ValueList(stackalloc int[16]);
        quasis.Add(TemplateElement(2, isTagged, NodeFlags.None));
        var expressions = BeginList();
        while (true)
        {
            Next();
            Push(ParseExpressionInBrackets());
            if (Kind != TokenKind.CloseBrace)
            {
                Missing("}");
                break;
            }

            _lexer.RescanTemplateContinuation();
            if (Kind == TokenKind.TemplateTail)
            {
                quasis.Add(TemplateElement(1, isTagged, NodeFlags.Tail));
                Next();
                break;
            }

            quasis.Add(TemplateElement(2, isTagged, NodeFlags.None));
        }

        var expressionList = EndList(expressions);
        var quasiList = BeginList();
        foreach (var quasi in quasis.Items)
        {
            Push(quasi);
        }

        return Finish(NodeKind.TemplateLiteral, start, EndList(quasiList), expressionList);
    }

    // The part of a template between its delimiters.
    private int TemplateElement(int closing, bool isTagged, NodeFlags flags)
    {
        if ((_lexer.Flags & TokenFlags.InvalidEscape) != 0)
        {
            flags |= NodeFlags.Optional;
            if (!isTagged)
            {
                _diagnostics.InvalidEscape(TokenSpan);
            }
        }

        if ((_lexer.Flags & TokenFlags.Escaped) != 0)
        {
            flags |= NodeFlags.Escaped;
        }

        return Add(NodeKind.TemplateElement, Start + 1, Math.Max(Start + 1, _lexer.End - closing), flags: flags);
    }
}
