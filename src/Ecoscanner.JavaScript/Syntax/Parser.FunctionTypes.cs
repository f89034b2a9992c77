namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Function types, and what stands in the place of a result: types and predicates.</remarks>
internal sealed partial class Parser
{
    /// <summary>At a colon or an arrow: the type behind it, which may be a predicate.</summary>
    private int ParseReturnType()
    {
        var start = Start;
        Next();
        var type = ParseTypeOrPredicate();
        return Finish(NodeKind.TSTypeAnnotation, start, type);
    }

    // `asserts x`, `asserts x is T`, `x is T`, `this is T`.
    private int ParseTypeOrPredicate()
    {
        var start = Start;
        if (
            IsWord(WellKnownNames.Asserts)
            && PeekKind(out var newLineBefore) is TokenKind.Identifier or TokenKind.This
            && !newLineBefore
            && !IsWordAfter(1, WellKnownNames.Is)
        )
        {
            Next();
            var subject = ParsePredicateName();
            var asserted = TryEatWord(WellKnownNames.Is) ? ParsePredicateType() : 0;
            return Finish(NodeKind.TSTypePredicate, start, subject, asserted, flags: NodeFlags.Asserts);
        }

        if (
            Kind is TokenKind.Identifier or TokenKind.This
            && PeekKind(out newLineBefore) == TokenKind.Identifier
            && !newLineBefore
            && IsWordAfter(1, WellKnownNames.Is)
        )
        {
            var isAsserts = IsWord(WellKnownNames.Asserts) && IsWordAfter(2, WellKnownNames.Is);
            if (isAsserts)
            {
                Next();
            }

            var name = ParsePredicateName();
            Next();
            return Finish(NodeKind.TSTypePredicate, start, name, ParsePredicateType(), flags: isAsserts ? NodeFlags.Asserts : NodeFlags.None);
        }

        return ParseTypeAnywhere();
    }

    private int ParsePredicateName()
    {
        var start = Start;
        if (TryEat(TokenKind.This))
        {
            return Finish(NodeKind.TSThisType, start);
        }

        return ParseIdentifierName();
    }

    private int ParsePredicateType()
    {
        var start = Start;
        var type = ParseTypeAnywhere();
        return Finish(NodeKind.TSTypeAnnotation, start, type);
    }

    private bool IsFunctionType() =>
        Kind switch
        {
            TokenKind.LessThan or TokenKind.New => true,
            TokenKind.OpenParenthesis => IsParameterListAhead(),
            TokenKind.Identifier => IsWord(WellKnownNames.Abstract) && PeekKind() == TokenKind.New,
            _ => false,
        };

    // Whether the parenthesis begins parameters: (), (...a), (a:, (a,, (a?, (a=, (a) =>, and the same for patterns.
    private bool IsParameterListAhead()
    {
        if (IsSpeculationExhausted)
        {
            return false;
        }

        var start = Start;
        var mark = Speculate();
        Next();
        var isParameters = IsParameterStart();
        if (_lexer.PreviousEnd < start + ShortLook)
        {
            _wasted -= ShortLook;
        }

        Undo(mark);
        return isParameters;
    }

    // A look ahead of a few characters is paid by the place itself.
    private const int ShortLook = 64;

    private bool IsParameterStart()
    {
        if (Kind is TokenKind.CloseParenthesis or TokenKind.Ellipsis)
        {
            return true;
        }

        while (Kind == TokenKind.Identifier && ModifierOf(_lexer.Name) != NodeFlags.None && PeekKind().IsWord)
        {
            Next();
        }

        switch (Kind)
        {
            case TokenKind.Identifier or TokenKind.This:
                Next();
                break;
            case TokenKind.OpenBrace or TokenKind.OpenBracket:
                SkipBalanced();
                break;
            default:
                return false;
        }

        if (Kind is TokenKind.Colon or TokenKind.Comma or TokenKind.Question or TokenKind.Equals)
        {
            return true;
        }

        return TryEat(TokenKind.CloseParenthesis) && Kind == TokenKind.Arrow;
    }

    // Past the bracket that closes the current one; a loop, since it only looks ahead.
    private void SkipBalanced()
    {
        var depth = 0;
        do
        {
            if (Kind is TokenKind.OpenBrace or TokenKind.OpenBracket or TokenKind.OpenParenthesis)
            {
                depth++;
            }
            else if (Kind is TokenKind.CloseBrace or TokenKind.CloseBracket or TokenKind.CloseParenthesis)
            {
                depth--;
            }
            else if (Kind == TokenKind.TemplateHead)
            {
                SkipTemplate();
                continue;
            }

            Next();
        } while (depth > 0 && Kind != TokenKind.EndOfFile);
    }

    // `<T>(a: A) => B`, `new () => A`, `abstract new () => A`.
    private int ParseFunctionType()
    {
        var start = Start;
        var flags = TryEatWord(WellKnownNames.Abstract) ? NodeFlags.Abstract : NodeFlags.None;
        var kind = TryEat(TokenKind.New) ? NodeKind.TSConstructorType : NodeKind.TSFunctionType;
        var typeParameters = ParseOptionalTypeParameters();
        var context = EnterSignature();
        var parameters = ParseParameters(isConstructor: false, out _);
        if (Kind != TokenKind.Arrow)
        {
            _context = context;
            Missing("=>");
            return Finish(kind, start, typeParameters, parameters, 0, flags);
        }

        _context = context;
        var arrow = Start;
        Next();
        var type = ParseTypeOrPredicate();
        var returnType = Finish(NodeKind.TSTypeAnnotation, arrow, type);
        return Finish(kind, start, typeParameters, parameters, returnType, flags);
    }

    // Parameters of a type are only declared.
    private ParserContext EnterSignature()
    {
        var context = _context;
        _context =
            (context | ParserContext.Ambient | ParserContext.In) & ~(ParserContext.NoConditionalType | ParserContext.Decorator | ParserContext.Consequent);
        return context;
    }
}
