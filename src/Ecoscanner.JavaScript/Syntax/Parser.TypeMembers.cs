namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Members of interfaces and type literals, index signatures, mapped types.</remarks>
internal sealed partial class Parser
{
    private int ParseTypeLiteral()
    {
        var start = Start;
        var members = ParseTypeMembers();
        return Finish(NodeKind.TSTypeLiteral, start, members);
    }

    // From brace to brace.
    private int ParseTypeMembers()
    {
        var context = EnterSignature();
        Expect(TokenKind.OpenBrace);
        var list = BeginList();
        while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
        {
            var before = Start;
            Push(ParseTypeMember());
            if (Start == before)
            {
                break;
            }
        }

        _context = context;
        Expect(TokenKind.CloseBrace);
        return EndList(list);
    }

    private int ParseTypeMember()
    {
        var start = Start;
        switch (Kind)
        {
            case TokenKind.OpenParenthesis or TokenKind.LessThan:
                return ParseSignature(NodeKind.TSCallSignatureDeclaration, start);
            case TokenKind.New when PeekKind() is TokenKind.OpenParenthesis or TokenKind.LessThan:
                Next();
                return ParseSignature(NodeKind.TSConstructSignatureDeclaration, start);
            default:
                break;
        }

        var flags = NodeFlags.None;
        while (Kind == TokenKind.Identifier && ModifierOf(_lexer.Name) is var modifier and not NodeFlags.None && IsTypeMemberAhead())
        {
            if (modifier != NodeFlags.Readonly)
            {
                _diagnostics.ModifierHere(TokenSpan, _names.Text(_lexer.Name));
            }

            flags |= modifier;
            Next();
        }

        if (Kind == TokenKind.OpenBracket && IsIndexSignature())
        {
            return ParseIndexSignature(start, flags);
        }

        var kind = MethodKind.Normal;
        if (Kind == TokenKind.Identifier && _lexer.Name is WellKnownNames.Get or WellKnownNames.Set && IsModifierOfProperty())
        {
            kind = _lexer.Name == WellKnownNames.Get ? MethodKind.Get : MethodKind.Set;
            Next();
        }

        var key = ParseMemberName(out var isComputed);
        if (isComputed)
        {
            flags |= NodeFlags.Computed;
        }

        if (TryEat(TokenKind.Question))
        {
            flags |= NodeFlags.Optional;
        }

        if (Kind is TokenKind.OpenParenthesis or TokenKind.LessThan)
        {
            if ((flags & NodeFlags.Readonly) != 0)
            {
                _diagnostics.ModifierHere(new(start, _lexer.PreviousEnd), "readonly");
            }

            return ParseMethodSignature(start, key, flags, kind);
        }

        var annotation = Kind == TokenKind.Colon ? ParseTypeAnnotation() : 0;
        if (Kind == TokenKind.Equals)
        {
            _diagnostics.ValueInType(TokenSpan);
            Next();
            ParseAssignment();
        }

        EndMember();
        return Finish(NodeKind.TSPropertySignature, start, key, annotation, flags: flags);
    }

    private bool IsTypeMemberAhead()
    {
        var next = PeekKind(out var newLineBefore);
        return !newLineBefore && StartsPropertyName(next);
    }

    private int ParseSignature(NodeKind kind, int start)
    {
        var typeParameters = ParseOptionalTypeParameters();
        var parameters = ParseParameters(isConstructor: false, out _);
        var returnType = ParseOptionalReturnType();
        EndMember();
        return Finish(kind, start, typeParameters, parameters, returnType);
    }

    private int ParseMethodSignature(int start, int key, NodeFlags flags, MethodKind kind)
    {
        var typeParameters = ParseOptionalTypeParameters();
        var parameters = ParseParameters(isConstructor: false, out _);
        var returnType = ParseOptionalReturnType();
        EndMember();
        return FinishWide(NodeKind.TSMethodSignature, start, [key, typeParameters, parameters, returnType], flags, (byte)kind);
    }

    // A comma, a semicolon, or a place where one is understood; it belongs to the member.
    private void EndMember()
    {
        if (TryEat(TokenKind.Comma))
        {
            return;
        }

        EndStatement();
    }

    // `[key: T]`, and not a computed name.
    private bool IsIndexSignature()
    {
        var mark = _lexer.Mark();
        Next();
        var isSignature =
            Kind == TokenKind.Identifier
                ? PeekKind() is TokenKind.Colon || (ModifierOf(_lexer.Name) != NodeFlags.None && PeekKind() == TokenKind.Identifier && IsColonAfterTwo())
                : Kind == TokenKind.Ellipsis;
        _lexer.Reset(mark);
        return isSignature;
    }

    private bool IsColonAfterTwo()
    {
        var mark = _lexer.Mark();
        Next();
        var isColon = PeekKind() == TokenKind.Colon;
        _lexer.Reset(mark);
        return isColon;
    }

    private int ParseIndexSignature(int start, NodeFlags flags)
    {
        Next();
        var list = BeginList();
        while (Kind is not (TokenKind.CloseBracket or TokenKind.EndOfFile))
        {
            Push(ParseParameter(isConstructor: false));
            if (!TryEat(TokenKind.Comma))
            {
                break;
            }
        }

        Expect(TokenKind.CloseBracket);
        var parameters = EndList(list);
        if (ItemsOf(parameters).Length != 1)
        {
            _diagnostics.IndexSignatureParameter(new(start, _lexer.PreviousEnd));
        }

        var annotation = Kind == TokenKind.Colon ? ParseTypeAnnotation() : 0;
        EndMember();
        return Finish(NodeKind.TSIndexSignature, start, parameters, annotation, flags: flags);
    }

    // `{ [K in T]`, with `readonly`, `+readonly` or `-readonly` before.
    private bool IsMappedType()
    {
        var mark = _lexer.Mark();
        Next();
        if (Kind is TokenKind.Plus or TokenKind.Minus)
        {
            Next();
        }

        if (IsWord(WellKnownNames.Readonly) && PeekKind() == TokenKind.OpenBracket)
        {
            Next();
        }

        var isMapped = false;
        if (TryEat(TokenKind.OpenBracket) && Kind == TokenKind.Identifier)
        {
            isMapped = PeekKind() == TokenKind.In;
        }

        _lexer.Reset(mark);
        return isMapped;
    }

    private int ParseMappedType()
    {
        var start = Start;
        Next();
        var readOnly = ParseMappedModifier();
        if (readOnly != MappedModifier.None && !TryEatWord(WellKnownNames.Readonly))
        {
            Missing("readonly");
        }

        Expect(TokenKind.OpenBracket);
        var key = ParseIdentifierName();
        Expect(TokenKind.In);
        var constraint = ParseTypeAnywhere();
        var nameType = TryEatWord(WellKnownNames.As) ? ParseTypeAnywhere() : 0;
        Expect(TokenKind.CloseBracket);
        var optional = MappedModifier.None;
        if (Kind is TokenKind.Plus or TokenKind.Minus or TokenKind.Question)
        {
            optional =
                Kind == TokenKind.Plus ? MappedModifier.Plus
                : Kind == TokenKind.Minus ? MappedModifier.Minus
                : MappedModifier.Present;
            if (optional != MappedModifier.Present)
            {
                Next();
            }

            Expect(TokenKind.Question);
        }

        var annotation = TryEat(TokenKind.Colon) ? ParseTypeAnywhere() : 0;
        TryEat(TokenKind.Semicolon);
        if (Kind == TokenKind.Comma)
        {
            Next();
        }

        Expect(TokenKind.CloseBrace);
        return FinishWide(NodeKind.TSMappedType, start, [key, constraint, nameType, annotation], detail: (byte)((int)readOnly | ((int)optional << 2)));
    }

    // The sign before `readonly`; the word itself is still to come.
    private MappedModifier ParseMappedModifier()
    {
        switch (Kind)
        {
            case TokenKind.Plus:
                Next();
                return MappedModifier.Plus;
            case TokenKind.Minus:
                Next();
                return MappedModifier.Minus;
            default:
                return IsWord(WellKnownNames.Readonly) ? MappedModifier.Present : MappedModifier.None;
        }
    }
}
