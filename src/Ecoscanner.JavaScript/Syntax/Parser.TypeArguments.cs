namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>What stands between <c>&lt;</c> and <c>&gt;</c>: type parameters, type arguments, and telling them from comparisons.</remarks>
internal sealed partial class Parser
{
    private int ParseTypeParameters(NodeFlags allowed = NodeFlags.Const)
    {
        var start = Start;
        Expect(TokenKind.LessThan);
        if (Kind == TokenKind.GreaterThan)
        {
            _diagnostics.EmptyTypeList(TokenSpan);
        }

        var context = _context;
        _context &= ~ParserContext.NoConditionalType;
        var list = BeginList();
        while (!IsGreaterThan() && Kind != TokenKind.EndOfFile)
        {
            Push(ParseTypeParameter(allowed));
            if (!IsGreaterThan() && !Expect(TokenKind.Comma))
            {
                break;
            }
        }

        _context = context;
        ExpectGreaterThan();
        return Finish(NodeKind.TSTypeParameterDeclaration, start, EndList(list));
    }

    private int ParseTypeParameter(NodeFlags allowed)
    {
        var start = Start;
        var flags = ParseVariance(allowed);
        var name = ParseBindingIdentifier();
        var constraint = TryEat(TokenKind.Extends) ? ParseTypeAnywhere() : 0;
        var initial = TryEat(TokenKind.Equals) ? ParseTypeAnywhere() : 0;
        return Finish(NodeKind.TSTypeParameter, start, name, constraint, initial, flags);
    }

    // `const`, `in` and `out`, each of which but the first may be the name itself.
    private NodeFlags ParseVariance(NodeFlags allowed)
    {
        var flags = NodeFlags.None;
        while (true)
        {
            var modifier = Kind switch
            {
                TokenKind.Const => NodeFlags.Const,
                TokenKind.In => NodeFlags.In,
                TokenKind.Identifier when IsWord(WellKnownNames.Out) && PeekKind() is TokenKind.Identifier or TokenKind.In or TokenKind.Const => NodeFlags.Out,
                _ => NodeFlags.None,
            };
            if (modifier == NodeFlags.None)
            {
                return flags;
            }

            if ((flags & modifier) != 0)
            {
                _diagnostics.DuplicateModifier(TokenSpan);
            }
            else if ((allowed & modifier) == 0 || (modifier == NodeFlags.In && (flags & NodeFlags.Out) != 0))
            {
                _diagnostics.ModifierHere(TokenSpan, _names.Text(_lexer.Name));
            }

            flags |= modifier;
            Next();
        }
    }

    private int ParseTypeArguments()
    {
        var start = Start;
        if (Kind == TokenKind.LessThanLessThan)
        {
            _lexer.Split(TokenKind.LessThan);
        }

        Expect(TokenKind.LessThan);
        if (Kind == TokenKind.GreaterThan)
        {
            _diagnostics.EmptyTypeList(TokenSpan);
        }

        var context = _context;
        _context &= ~ParserContext.NoConditionalType;
        var list = BeginList();
        while (!IsGreaterThan() && Kind != TokenKind.EndOfFile)
        {
            Push(ParseTypeAnywhere());
            if (!IsGreaterThan() && !Expect(TokenKind.Comma))
            {
                break;
            }
        }

        _context = context;
        ExpectGreaterThan();
        if (_stopped)
        {
            // What are no type arguments in a trial's middle will be none when they are met again.
            _failedSpeculations.Add(start);
        }

        return Finish(NodeKind.TSTypeParameterInstantiation, start, EndList(list));
    }

    /// <summary>Whether the current token begins with <c>&gt;</c>.</summary>
    private bool IsGreaterThan() =>
        Kind
            is TokenKind.GreaterThan
                or TokenKind.GreaterThanGreaterThan
                or TokenKind.GreaterThanGreaterThanGreaterThan
                or TokenKind.GreaterThanEquals
                or TokenKind.GreaterThanGreaterThanEquals
                or TokenKind.GreaterThanGreaterThanGreaterThanEquals;

    private void ExpectGreaterThan()
    {
        if (Kind != TokenKind.GreaterThan && IsGreaterThan())
        {
            _lexer.Split(TokenKind.GreaterThan);
        }

        Expect(TokenKind.GreaterThan);
    }

    /// <summary>At <c>&lt;</c> behind an expression: type arguments, or false where it is a comparison.</summary>
    private bool TryParseTypeArguments(out int typeArguments)
    {
        typeArguments = 0;
        if (!MaySpeculate())
        {
            return false;
        }

        var at = Start;
        var mark = Speculate();
        var start = Start;
        if (Kind == TokenKind.LessThanLessThan)
        {
            _lexer.Split(TokenKind.LessThan);
        }

        Next();
        var list = BeginList();
        do
        {
            Push(ParseTypeAnywhere());
        } while (TryEat(TokenKind.Comma) && !_stopped);

        // Not a longer operator: `a < b >= c` compares.
        if (!_stopped && Kind == TokenKind.GreaterThan)
        {
            Next();
            if (MayFollowTypeArguments())
            {
                Keep();
                typeArguments = Finish(NodeKind.TSTypeParameterInstantiation, start, EndList(list));
                return true;
            }
        }

        Undo(mark);
        _failedSpeculations.Add(at);
        return false;
    }

    // What TypeScript takes as a sign that type arguments ended: a call, a template, or nothing that could be an operand.
    private bool MayFollowTypeArguments() =>
        Kind switch
        {
            TokenKind.OpenParenthesis or TokenKind.Template or TokenKind.TemplateHead => true,
            TokenKind.LessThan or TokenKind.GreaterThan or TokenKind.Plus or TokenKind.Minus => false,
            _ => _lexer.NewLineBefore || Kind.Precedence > 0 || IsTypeOperator() || !StartsExpression(),
        };

    private bool StartsExpression() =>
        Kind switch
        {
            TokenKind.Identifier or TokenKind.EscapedKeyword or TokenKind.PrivateIdentifier => true,
            TokenKind.Number or TokenKind.BigInt or TokenKind.String or TokenKind.Template or TokenKind.TemplateHead => true,
            TokenKind.This or TokenKind.Super or TokenKind.Null or TokenKind.True or TokenKind.False => true,
            TokenKind.Function or TokenKind.Class or TokenKind.New or TokenKind.Import => true,
            TokenKind.Delete or TokenKind.Typeof or TokenKind.Void => true,
            TokenKind.OpenParenthesis or TokenKind.OpenBracket or TokenKind.OpenBrace or TokenKind.Slash or TokenKind.SlashEquals => true,
            TokenKind.Plus or TokenKind.Minus or TokenKind.Tilde or TokenKind.Exclamation or TokenKind.PlusPlus or TokenKind.MinusMinus => true,
            TokenKind.LessThan or TokenKind.At => true,
            _ => false,
        };

    /// <summary>An arrow function with type parameters; false where the <c>&lt;</c> begins an element or an assertion.</summary>
    /// <param name="start">Where the function starts; at <c>async</c> where the flags say so.</param>
    private bool TryParseGenericArrow(int start, NodeFlags flags, out int arrow)
    {
        arrow = 0;
        if (!MaySpeculate())
        {
            return false;
        }

        var at = Start;
        var mark = Speculate();
        if (flags != NodeFlags.None)
        {
            Next();
        }

        if (!_isJsx || flags != NodeFlags.None || IsGenericInJsx())
        {
            var typeParameters = ParseTypeParameters();
            if (!_stopped && Kind == TokenKind.OpenParenthesis)
            {
                var list = BeginList();
                var items = ParseItems();
                if (!_stopped && IsArrowAhead(items.MayBeParameters))
                {
                    Keep();
                    _coverError = -1;
                    arrow = ParseArrowFunction(start, typeParameters, list, flags);
                    return true;
                }

                if (!_stopped && items.MayBeParameters && TryParseArrowWithReturnType(start, typeParameters, list, flags, out arrow, isInTrial: true))
                {
                    Keep();
                    _coverError = -1;
                    return true;
                }
            }
        }

        Undo(mark);
        _failedSpeculations.Add(at);
        return false;
    }

    // `<T,`, `<T =` and `<T extends X`: where elements may stand, only these begin type parameters.
    private bool IsGenericInJsx()
    {
        var mark = _lexer.Mark();
        Next();
        TryEat(TokenKind.Const);
        var isGeneric = false;
        if (Kind == TokenKind.Identifier)
        {
            Next();
            isGeneric = Kind switch
            {
                TokenKind.Comma or TokenKind.Equals => true,
                TokenKind.Extends => PeekKind() is not (TokenKind.Equals or TokenKind.GreaterThan or TokenKind.Slash),
                _ => false,
            };
        }

        _lexer.Reset(mark);
        return isGeneric;
    }
}
