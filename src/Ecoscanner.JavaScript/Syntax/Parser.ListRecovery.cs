using System.Runtime.CompilerServices;

namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>
/// Errors in brackets: one in an item of a list costs the item where the comma or the bracket behind it is found, and a comma may be missing.
/// A line that is indented no deeper than the one with the opening bracket is taken for the next statement.
/// </remarks>
internal sealed partial class Parser
{
    /// <summary>Behind an item of a list in brackets: takes the comma, and says whether there may be another item.</summary>
    /// <param name="close">What ends the list.</param>
    /// <param name="open">Where the bracket stands that began it.</param>
    /// <param name="failed">Whether the parser had lost its way when the list began.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool NextItem(TokenKind close, int open, bool failed)
    {
        if (Kind == TokenKind.Comma && _failed == failed)
        {
            Next();
            return true;
        }

        return (Kind != close || _failed != failed) && NextItemAfterError(close, open, failed);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool NextItemAfterError(TokenKind close, int open, bool failed)
    {
        if (failed)
        {
            return false;
        }

        if (_failed)
        {
            if (!SkipInBrackets(close, open, stopsAtComma: true))
            {
                return false;
            }

            _failed = false;
            return TryEat(TokenKind.Comma);
        }

        if (_speculating > 0 || !IsItemAhead(close, open))
        {
            Missing(close == TokenKind.CloseParenthesis ? close.Spelling : ",");
            return false;
        }

        _diagnostics.Expected(TokenSpan, ",", Found());
        TryEat(TokenKind.Semicolon);
        return true;
    }

    /// <summary>Takes the closing bracket, or says that it is missing and looks for it.</summary>
    private void ExpectClose(TokenKind close, int open, bool failed)
    {
        if (Kind != close)
        {
            Missing(close.Spelling);
            if (failed || !SkipInBrackets(close, open, stopsAtComma: false))
            {
                return;
            }
        }

        Next();
        _failed = failed;
    }

    // Goes to the closing bracket or a comma before it, if they are found before what looks like another statement.
    private bool SkipInBrackets(TokenKind close, int open, bool stopsAtComma)
    {
        var diagnostics = _diagnostics.Count;
        var indent = IndentOf(open);
        var depth = 0;
        var isFound = false;
        while (Kind != TokenKind.EndOfFile)
        {
            if (depth == 0 && (Kind == close || (stopsAtComma && Kind == TokenKind.Comma)))
            {
                isFound = true;
                break;
            }

            if (EndsBrackets(indent, depth) || (Kind == TokenKind.OpenBrace && !stopsAtComma))
            {
                break;
            }

            switch (Kind)
            {
                case TokenKind.TemplateHead:
                    SkipTemplate();
                    continue;
                case TokenKind.OpenBrace or TokenKind.OpenParenthesis or TokenKind.OpenBracket:
                    depth++;
                    break;
                case TokenKind.CloseBrace or TokenKind.CloseParenthesis or TokenKind.CloseBracket:
                    depth--;
                    break;
                default:
                    break;
            }

            Next();
        }

        _diagnostics.Truncate(diagnostics);
        return isFound;
    }

    private bool StartsLineOutside(int indent) => _lexer.NewLineBefore && MayStartStatement() && IndentOf(Start) <= indent;

    private bool EndsBrackets(int indent, int depth)
    {
        if (StartsLineOutside(indent))
        {
            return true;
        }

        return depth == 0
            && (
                Kind is TokenKind.Semicolon or TokenKind.CloseBrace or TokenKind.CloseParenthesis or TokenKind.CloseBracket
                || (StartsOnlyStatements(Kind) && _lexer.NewLineBefore)
            );
    }

    // Whether the current token rather begins an item without a comma before it than another statement.
    private bool IsItemAhead(TokenKind close, int open)
    {
        if (close != TokenKind.CloseBrace)
        {
            return IsInBrackets(open) && MayStartItem(close);
        }

        if (Kind != TokenKind.Semicolon)
        {
            return IsInBrackets(open) && MayStartProperty();
        }

        // { a: 1; b: 2 }
        var mark = _lexer.Mark();
        var diagnostics = _diagnostics.Count;
        Next();
        var isProperty = IsInBrackets(open) && (Kind == TokenKind.CloseBrace || MayStartProperty());
        _lexer.Reset(mark);
        _diagnostics.Truncate(diagnostics);
        return isProperty;
    }

    private bool IsInBrackets(int open) => !_lexer.NewLineBefore || IndentOf(Start) > IndentOf(open);

    private bool MayStartItem(TokenKind close) =>
        Kind.IsWord
            ? MayStartStatement() && !StartsOnlyStatements(Kind)
            : Kind is TokenKind.String or TokenKind.Number or TokenKind.BigInt or TokenKind.Template or TokenKind.TemplateHead or TokenKind.Ellipsis
                || (Kind == TokenKind.OpenBrace && close == TokenKind.CloseBracket);

    private bool MayStartProperty()
    {
        if (Kind is TokenKind.Ellipsis or TokenKind.Asterisk)
        {
            return true;
        }

        if (!StartsPropertyName(Kind))
        {
            return false;
        }

        var isModifier = Kind == TokenKind.Identifier && _lexer.Name is WellKnownNames.Async or WellKnownNames.Get or WellKnownNames.Set;
        var next = PeekKind();
        return Kind == TokenKind.OpenBracket
            || next is TokenKind.Colon or TokenKind.OpenParenthesis or TokenKind.Comma or TokenKind.CloseBrace
            || (isModifier && StartsPropertyName(next));
    }
}
