namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>TypeScript's types.</remarks>
internal sealed partial class Parser
{
    /// <summary>At a colon: the type behind it.</summary>
    private int ParseTypeAnnotation()
    {
        var start = Start;
        Next();
        var type = ParseTypeAnywhere();
        return Finish(NodeKind.TSTypeAnnotation, start, type);
    }

    // Where brackets or a colon begin anew, conditional types may stand.
    private int ParseTypeAnywhere()
    {
        var context = _context;
        _context &= ~(ParserContext.NoConditionalType | ParserContext.Decorator);
        var type = ParseType();
        _context = context;
        return type;
    }

    private int ParseType()
    {
        var type = FitsOnStack() ? ParseTypeHere() : Deeper(static parser => parser.ParseTypeHere());
        _depth--;
        return type;
    }

    private int ParseTypeHere()
    {
        var start = Start;
        if (IsFunctionType())
        {
            return ParseFunctionType();
        }

        var check = ParseUnion();
        if (Kind != TokenKind.Extends || Allows(ParserContext.NoConditionalType) || _lexer.NewLineBefore)
        {
            return check;
        }

        Next();
        var context = _context;
        _context |= ParserContext.NoConditionalType;
        var extends = ParseType();
        _context = context;
        Expect(TokenKind.Question);
        var whenTrue = ParseTypeAnywhere();
        Expect(TokenKind.Colon);
        var whenFalse = ParseTypeAnywhere();
        return FinishWide(NodeKind.TSConditionalType, start, [check, extends, whenTrue, whenFalse]);
    }

    private int ParseUnion()
    {
        var start = Start;
        var leading = TryEat(TokenKind.Bar);
        var first = ParseIntersection();
        if (Kind != TokenKind.Bar && !leading)
        {
            return first;
        }

        var list = BeginList();
        Push(first);
        while (TryEat(TokenKind.Bar))
        {
            Push(ParseIntersection());
        }

        return Finish(NodeKind.TSUnionType, start, EndList(list));
    }

    private int ParseIntersection()
    {
        var start = Start;
        var leading = TryEat(TokenKind.Ampersand);
        var first = ParseConstituent();
        if (Kind != TokenKind.Ampersand && !leading)
        {
            return first;
        }

        var list = BeginList();
        Push(first);
        while (TryEat(TokenKind.Ampersand))
        {
            Push(ParseConstituent());
        }

        return Finish(NodeKind.TSIntersectionType, start, EndList(list));
    }

    // A function type here needs parentheses; it is read all the same.
    private int ParseConstituent()
    {
        if (
            Kind is TokenKind.LessThan or TokenKind.New
            || (Kind == TokenKind.OpenParenthesis && IsFunctionType())
            || (IsWord(WellKnownNames.Abstract) && IsFunctionType())
        )
        {
            _diagnostics.FunctionTypeNeedsParentheses(TokenSpan);
            return ParseFunctionType();
        }

        return ParseTypeOperator();
    }

    private int ParseTypeOperator()
    {
        if (Kind == TokenKind.Identifier && (_lexer.Flags & TokenFlags.Escaped) == 0)
        {
            switch (_lexer.Name)
            {
                case WellKnownNames.Keyof or WellKnownNames.Unique or WellKnownNames.Readonly:
                    var operand = FitsOnStack() ? ParsePrefixedType() : Deeper(static parser => parser.ParsePrefixedType());
                    _depth--;
                    return operand;
                case WellKnownNames.Infer:
                    return ParseInfer();
                default:
                    break;
            }
        }

        return ParsePostfixType();
    }

    private int ParsePrefixedType()
    {
        var start = Start;
        var word = _lexer.Name;
        Next();
        var operand = ParseTypeOperator();
        return Finish(NodeKind.TSTypeOperator, start, operand, detail: (byte)word);
    }

    private int ParseInfer()
    {
        var start = Start;
        Next();
        var parameterStart = Start;
        var name = ParseBindingIdentifier();
        var constraint = Kind == TokenKind.Extends ? ParseInferConstraint() : 0;
        var parameter = Finish(NodeKind.TSTypeParameter, parameterStart, name, constraint);
        return Finish(NodeKind.TSInferType, start, parameter);
    }

    // `infer T extends A` is a constraint, unless the `extends` belongs to the conditional type around.
    private int ParseInferConstraint()
    {
        if (!MaySpeculate())
        {
            return 0;
        }

        var at = Start;
        var mark = Speculate();
        Next();
        _context |= ParserContext.NoConditionalType;
        var constraint = ParseType();
        _context = mark.Context;
        if (!_stopped && (Allows(ParserContext.NoConditionalType) || Kind != TokenKind.Question))
        {
            Keep();
            return constraint;
        }

        Undo(mark);
        _failedSpeculations.Add(at);
        return 0;
    }

    private int ParsePostfixType()
    {
        var start = Start;
        var type = ParsePrimaryType();
        while (Kind == TokenKind.OpenBracket && !_lexer.NewLineBefore)
        {
            Next();
            if (TryEat(TokenKind.CloseBracket))
            {
                type = Finish(NodeKind.TSArrayType, start, type);
                continue;
            }

            var index = ParseTypeAnywhere();
            Expect(TokenKind.CloseBracket);
            type = Finish(NodeKind.TSIndexedAccessType, start, type, index);
        }

        return type;
    }

    private int ParsePrimaryType()
    {
        var start = Start;
        switch (Kind)
        {
            case TokenKind.Identifier:
                return
                    KeywordTypeOf(_lexer.Name) is var keyword and not NodeKind.None
                    && (_lexer.Flags & TokenFlags.Escaped) == 0
                    && _lexer.Following != '.'
                    && PeekKind() != TokenKind.Dot
                    ? ParseKeywordType(keyword)
                    : ParseTypeReference();
            case TokenKind.Void:
                return ParseKeywordType(NodeKind.TSVoidKeyword);
            case TokenKind.Null:
                return ParseKeywordType(NodeKind.TSNullKeyword);
            case TokenKind.This:
                return ParseKeywordType(NodeKind.TSThisType);
            case TokenKind.Typeof:
                return ParseTypeQuery();
            case TokenKind.Import:
                return ParseImportType();
            case TokenKind.OpenBrace:
                return IsMappedType() ? ParseMappedType() : ParseTypeLiteral();
            case TokenKind.OpenBracket:
                return ParseTuple();
            case TokenKind.OpenParenthesis:
                Next();
                var inner = ParseTypeAnywhere();
                Expect(TokenKind.CloseParenthesis);
                return inner;
            case TokenKind.String or TokenKind.Number or TokenKind.BigInt or TokenKind.True or TokenKind.False:
                var literal = ParsePrimary();
                return Finish(NodeKind.TSLiteralType, start, literal);
            case TokenKind.Minus:
                Next();
                var number = Kind is TokenKind.Number or TokenKind.BigInt ? ParsePrimary() : MissingExpression();
                var negative = Finish(NodeKind.UnaryExpression, start, number, detail: (byte)TokenKind.Minus);
                return Finish(NodeKind.TSLiteralType, start, negative);
            case TokenKind.Template or TokenKind.TemplateHead:
                return ParseTemplateType();
            default:
                Missing("a type");
                return Add(NodeKind.InvalidExpression, Start, Start);
        }
    }

    private static NodeKind KeywordTypeOf(int name) =>
        name switch
        {
            WellKnownNames.Any => NodeKind.TSAnyKeyword,
            WellKnownNames.Unknown => NodeKind.TSUnknownKeyword,
            WellKnownNames.Never => NodeKind.TSNeverKeyword,
            WellKnownNames.String => NodeKind.TSStringKeyword,
            WellKnownNames.Number => NodeKind.TSNumberKeyword,
            WellKnownNames.Boolean => NodeKind.TSBooleanKeyword,
            WellKnownNames.Symbol => NodeKind.TSSymbolKeyword,
            WellKnownNames.BigInt => NodeKind.TSBigIntKeyword,
            WellKnownNames.Object => NodeKind.TSObjectKeyword,
            WellKnownNames.Undefined => NodeKind.TSUndefinedKeyword,
            _ => NodeKind.None,
        };

    private int ParseKeywordType(NodeKind kind)
    {
        var start = Start;
        Next();
        return Finish(kind, start);
    }

    private int ParseTypeReference()
    {
        var start = Start;
        var name = ParseEntityName();
        var typeArguments = ParseTypeArgumentsOnLine();
        return Finish(NodeKind.TSTypeReference, start, name, typeArguments);
    }

    private int ParseTypeArgumentsOnLine() => Kind is TokenKind.LessThan or TokenKind.LessThanLessThan && !_lexer.NewLineBefore ? ParseTypeArguments() : 0;

    // a.b.c, where a word is a name.
    private int ParseEntityName()
    {
        var start = Start;
        int name;
        if (Kind is TokenKind.Identifier or TokenKind.EscapedKeyword)
        {
            name = ParseIdentifierName();
        }
        else if (Kind == TokenKind.This)
        {
            Next();
            name = Finish(NodeKind.ThisExpression, start);
        }
        else
        {
            Missing("the name of a type");
            return Add(NodeKind.Identifier, Start, Start);
        }

        while (Kind == TokenKind.Dot)
        {
            Next();
            var right = Kind == TokenKind.PrivateIdentifier ? ParsePrivateIdentifier() : ParseIdentifierName();
            name = Finish(NodeKind.TSQualifiedName, start, name, right);
        }

        return name;
    }

    private int ParseTypeQuery()
    {
        var start = Start;
        Next();
        var name =
            Kind == TokenKind.Import ? ParseImportType()
            : Kind.IsWord && Kind != TokenKind.This ? ParseEntityNameOfWords()
            : ParseEntityName();
        var typeArguments = ParseTypeArgumentsOnLine();
        return Finish(NodeKind.TSTypeQuery, start, name, typeArguments);
    }

    // import("m", { with: { … } }).A.B<T>
    private int ParseImportType()
    {
        var start = Start;
        Next();
        Expect(TokenKind.OpenParenthesis);
        var source = Kind == TokenKind.String ? ParseString() : ParseTypeAnywhere();
        var options = 0;
        if (TryEat(TokenKind.Comma) && Kind != TokenKind.CloseParenthesis)
        {
            options = ParseAssignmentInBrackets();
            TryEat(TokenKind.Comma);
        }

        Expect(TokenKind.CloseParenthesis);
        var qualifier = TryEat(TokenKind.Dot) ? ParseEntityNameOfWords() : 0;
        var typeArguments = ParseTypeArgumentsOnLine();
        return FinishWide(NodeKind.TSImportType, start, [source, options, qualifier, typeArguments]);
    }

    private int ParseEntityNameOfWords()
    {
        var start = Start;
        var name = ParseIdentifierName();
        while (TryEat(TokenKind.Dot))
        {
            var right = Kind == TokenKind.PrivateIdentifier ? ParsePrivateIdentifier() : ParseIdentifierName();
            name = Finish(NodeKind.TSQualifiedName, start, name, right);
        }

        return name;
    }

    private int ParseTemplateType()
    {
        var start = Start;
        if (Kind == TokenKind.Template)
        {
            var plain = ParseTemplate(isTagged: false);
            return Finish(NodeKind.TSLiteralType, start, plain);
        }

        var quasis = new ValueList(stackalloc int[16]);
        quasis.Add(TemplateElement(2, isTagged: false, NodeFlags.None));
        var types = BeginList();
        while (true)
        {
            Next();
            Push(ParseTypeAnywhere());
            if (Kind != TokenKind.CloseBrace)
            {
                Missing("}");
                break;
            }

            _lexer.RescanTemplateContinuation();
            if (Kind == TokenKind.TemplateTail)
            {
                quasis.Add(TemplateElement(1, isTagged: false, NodeFlags.Tail));
                Next();
                break;
            }

            quasis.Add(TemplateElement(2, isTagged: false, NodeFlags.None));
        }

        var typeList = EndList(types);
        var quasiList = BeginList();
        foreach (var quasi in quasis.Items)
        {
            Push(quasi);
        }

        return Finish(NodeKind.TSTemplateLiteralType, start, EndList(quasiList), typeList);
    }

    private int ParseTuple()
    {
        var start = Start;
        Next();
        var list = BeginList();
        while (Kind is not (TokenKind.CloseBracket or TokenKind.EndOfFile))
        {
            Push(ParseTupleElement());
            if (Kind != TokenKind.CloseBracket && !Expect(TokenKind.Comma))
            {
                break;
            }
        }

        Expect(TokenKind.CloseBracket);
        return Finish(NodeKind.TSTupleType, start, EndList(list));
    }

    private int ParseTupleElement()
    {
        var start = Start;
        var isRest = TryEat(TokenKind.Ellipsis);
        var elementStart = Start;
        int element;
        if (Kind.IsWord && IsTupleLabel())
        {
            var label = ParseIdentifierName();
            var flags = TryEat(TokenKind.Question) ? NodeFlags.Optional : NodeFlags.None;
            Expect(TokenKind.Colon);
            element = Finish(NodeKind.TSNamedTupleMember, elementStart, label, ParseTypeAnywhere(), flags: flags);
        }
        else
        {
            element = ParseTypeAnywhere();
            if (Kind == TokenKind.Question)
            {
                Next();
                element = Finish(NodeKind.TSOptionalType, elementStart, element);
            }
        }

        return isRest ? Finish(NodeKind.TSRestType, start, element) : element;
    }

    private bool IsTupleLabel()
    {
        switch (PeekKind())
        {
            case TokenKind.Colon:
                return true;
            case TokenKind.Question:
                var mark = _lexer.Mark();
                Next();
                var isLabel = PeekKind() == TokenKind.Colon;
                _lexer.Reset(mark);
                return isLabel;
            default:
                return false;
        }
    }
}
