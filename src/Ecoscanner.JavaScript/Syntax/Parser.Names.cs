namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Identifiers and what they may be called (ECMA-262 13.1).</remarks>
internal sealed partial class Parser
{
    /// <summary>An identifier that refers to something.</summary>
    private int ParseIdentifierReference()
    {
        if (Kind != TokenKind.Identifier)
        {
            if (Kind != TokenKind.EscapedKeyword)
            {
                return MissingExpression();
            }

            _diagnostics.EscapedKeyword(TokenSpan);
        }

        var start = Start;
        var name = _lexer.Name;
        if (name <= WellKnownNames.Arguments)
        {
            CheckReference(_lexer.Mark());
        }

        var flags = (_lexer.Flags & TokenFlags.Escaped) != 0 ? NodeFlags.Escaped : NodeFlags.None;
        Next();
        return Finish(NodeKind.Identifier, start, name, flags: flags);
    }

    /// <summary>Says so where that token can't be a reference here.</summary>
    private void CheckReference(in LexerMark token)
    {
        switch (token.Name)
        {
            case <= WellKnownNames.LastReserved when token.Kind == TokenKind.EscapedKeyword:
                _diagnostics.EscapedKeyword(new(token.Start, token.End));
                break;
            case WellKnownNames.Yield:
                if (Allows(ParserContext.Yield | ParserContext.Strict))
                {
                    ReservedName(token);
                }

                break;
            case WellKnownNames.Await:
                _lastAwaitName = token.Start;
                if (Allows(ParserContext.Await | ParserContext.StaticBlock) || _options.Goal == SourceGoal.Module)
                {
                    ReservedName(token);
                }

                break;
            case >= WellKnownNames.FirstStrictReserved and <= WellKnownNames.LastStrictReserved:
                if (IsStrict && !Allows(ParserContext.Ambient))
                {
                    ReservedName(token);
                }

                break;
            case WellKnownNames.Arguments:
                if (Allows(ParserContext.ClassInitializer))
                {
                    _diagnostics.ArgumentsInInitializer(new(token.Start, token.End));
                }

                break;
            default:
                break;
        }
    }

    private void ReservedName(in LexerMark token) => _diagnostics.ReservedName(new(token.Start, token.End), _names.Text(token.Name));

    /// <summary>An identifier that is declared: a variable, a function, a parameter.</summary>
    private int ParseBindingIdentifier()
    {
        if (Kind is not (TokenKind.Identifier or TokenKind.EscapedKeyword))
        {
            Missing("a name");
            return Add(NodeKind.Identifier, Start, Start);
        }

        var name = ParseIdentifierReference();
        CheckBinding(name);
        return name;
    }

    // `eval` and `arguments` are no names to declare or assign in strict code.
    private void CheckBinding(int identifier)
    {
        ref readonly var node = ref NodeAt(identifier);
        if (IsStrict && node.A is WellKnownNames.Eval or WellKnownNames.Arguments && !Allows(ParserContext.Ambient))
        {
            _diagnostics.ReservedName(new(node.Start, node.End), _names.Text(node.A));
        }
    }

    // A function that turned strict in its body was named, and its parameters were, before that was known.
    private void CheckStrictName(int identifier)
    {
        ref readonly var node = ref NodeAt(identifier);
        if (
            node.Kind == NodeKind.Identifier
            && node.A is WellKnownNames.Eval or WellKnownNames.Arguments or (>= WellKnownNames.FirstStrictReserved and <= WellKnownNames.LastStrictReserved)
        )
        {
            _diagnostics.ReservedName(new(node.Start, node.End), _names.Text(node.A));
        }
    }
}
