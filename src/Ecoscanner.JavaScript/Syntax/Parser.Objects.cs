namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Object literals (ECMA-262 13.2.5) and the names of properties.</remarks>
internal sealed partial class Parser
{
    private int ParseObject()
    {
        var start = Start;
        Next();
        var context = EnterBrackets();
        var failed = _failed;
        var list = BeginList();
        var hasPrototype = false;
        while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile) && !IsStatementInsteadOfName())
        {
            Push(Kind == TokenKind.Ellipsis ? ParseSpreadCover(TokenKind.CloseBrace) : ParseProperty(ref hasPrototype));
            if (!NextItem(TokenKind.CloseBrace, start, failed))
            {
                break;
            }
        }

        _context = context;
        Expect(TokenKind.CloseBrace);
        return Finish(NodeKind.ObjectExpression, start, EndList(list));
    }

    private int ParseProperty(ref bool hasPrototype)
    {
        var start = Start;
        var flags = NodeFlags.None;
        var kind = MethodKind.Normal;
        if (Kind == TokenKind.Identifier && _lexer.Name is >= WellKnownNames.Async and <= WellKnownNames.Set && IsModifierOfProperty())
        {
            if (_lexer.Name == WellKnownNames.Async)
            {
                flags |= NodeFlags.Async;
            }
            else
            {
                kind = _lexer.Name == WellKnownNames.Get ? MethodKind.Get : MethodKind.Set;
            }

            Next();
        }

        if (kind == MethodKind.Normal && TryEat(TokenKind.Asterisk))
        {
            flags |= NodeFlags.Generator;
        }

        var keyKind = Kind;
        var keyToken = _lexer.Mark();
        var key = ParsePropertyName(out var isComputed);
        var propertyFlags = isComputed ? NodeFlags.Computed : NodeFlags.None;
        if (kind != MethodKind.Normal || flags != NodeFlags.None || Kind is TokenKind.OpenParenthesis || (Kind == TokenKind.LessThan && _isTypeScript))
        {
            var method = ParseMethod(flags, kind, ParserContext.SuperProperty);
            return Finish(
                NodeKind.Property,
                start,
                key,
                method,
                flags: propertyFlags | (kind == MethodKind.Normal ? NodeFlags.Method : NodeFlags.None),
                detail: (byte)kind
            );
        }

        if (TryEat(TokenKind.Colon))
        {
            if (!isComputed && IsPrototypeName(key))
            {
                if (hasPrototype && _coverError < 0)
                {
                    _coverError = start;
                }

                hasPrototype = true;
            }

            return Finish(NodeKind.Property, start, key, ParseCover(), flags: propertyFlags);
        }

        if (keyKind is not (TokenKind.Identifier or TokenKind.EscapedKeyword))
        {
            Missing(":");
            return Finish(NodeKind.Property, start, key, Add(NodeKind.InvalidExpression, Start, Start), flags: propertyFlags);
        }

        return ParseShorthand(start, key, keyToken);
    }

    // { a } or, in what will be a pattern, { a = 1 }.
    private int ParseShorthand(int start, int key, in LexerMark name)
    {
        var nameFlags = NodeAt(key).Flags;
        CheckReference(name);
        var value = Finish(NodeKind.Identifier, start, name.Name, flags: nameFlags);
        if (Kind == TokenKind.Equals)
        {
            if (_coverError < 0)
            {
                _coverError = Start;
            }

            Next();
            value = Finish(NodeKind.AssignmentPattern, start, value, ParseAssignment());
        }

        return Finish(NodeKind.Property, start, key, value, flags: NodeFlags.Shorthand);
    }

    // `get`, `set` and `async` go before another name; otherwise they are the name.
    private bool IsModifierOfProperty()
    {
        if ((_lexer.Flags & TokenFlags.Escaped) != 0 || _lexer.Name == WellKnownNames.Of)
        {
            return false;
        }

        var isAsync = _lexer.Name == WellKnownNames.Async;
        var next = PeekKind(out var newLineBefore);
        return isAsync ? !newLineBefore && (next == TokenKind.Asterisk || StartsPropertyName(next)) : StartsPropertyName(next);
    }

    private static bool StartsPropertyName(TokenKind kind) =>
        kind.IsWord || kind is TokenKind.String or TokenKind.Number or TokenKind.BigInt or TokenKind.OpenBracket or TokenKind.PrivateIdentifier;

    private bool IsPrototypeName(int key)
    {
        ref readonly var node = ref NodeAt(key);
        return node.Kind switch
        {
            NodeKind.Identifier => node.A == WellKnownNames.Proto,
            NodeKind.StringLiteral => IsStringOf(key, "__proto__"),
            _ => false,
        };
    }

    /// <summary>Whether the node is a string with that value.</summary>
    private bool IsStringOf(int node, string value)
    {
        ref readonly var literal = ref NodeAt(node);
        if (literal.Kind != NodeKind.StringLiteral)
        {
            return false;
        }

        var text = _source.Content.AsSpan(literal.Start + 1, Math.Max(0, literal.End - literal.Start - 2));
        return (literal.Flags & NodeFlags.Escaped) == 0 ? text.SequenceEqual(value) : LiteralValues.Unescape(text) == value;
    }

    /// <summary>A name, string, number or computed expression before a property's or member's value.</summary>
    private int ParsePropertyName(out bool isComputed)
    {
        isComputed = false;
        switch (Kind)
        {
            case TokenKind.String or TokenKind.Number or TokenKind.BigInt:
                return ParseLiteral();
            case TokenKind.OpenBracket:
                isComputed = true;
                Next();
                var expression = ParseAssignmentInBrackets();
                Expect(TokenKind.CloseBracket);
                return expression;
            default:
                return ParseIdentifierName();
        }
    }

    /// <summary>Any word as a name: behind a dot, before a colon.</summary>
    private int ParseIdentifierName()
    {
        if (!Kind.IsWord)
        {
            Missing("a name");
            return Add(NodeKind.Identifier, Start, Start);
        }

        var start = Start;
        var name = _lexer.Name;
        var flags = (_lexer.Flags & TokenFlags.Escaped) != 0 ? NodeFlags.Escaped : NodeFlags.None;
        Next();
        return Finish(NodeKind.Identifier, start, name, flags: flags);
    }
}
