using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>
/// JSX: elements and fragments, read as acorn-jsx does. When an element is read its last token, a <c>&gt;</c>, is still the current one,
/// since only who asked for the element knows whether text or JavaScript follows.
/// <para>
/// An element that is not closed would take the rest of the file for its text. So its content is then read once more, and a <c>}</c> in
/// text belongs to the JavaScript around: all elements end before it.
/// </para>
/// </remarks>
internal sealed partial class Parser
{
    // How many elements around may claim a closing tag: enough for people's mistakes, and no time lost with a machine's.
    private const int ClosingDistance = 16;

    private static readonly string[] StartsOfStatements =
    [
        "async function ",
        "class ",
        "const ",
        "export ",
        "for (",
        "function ",
        "if (",
        "import ",
        "let ",
        "return ",
        "switch (",
        "try {",
        "var ",
        "while (",
    ];

    // The names of the elements that are open, by node; 0 for a fragment.
    private readonly List<int> _openElements = [];
    private JsxState _jsx;

    /// <summary>At <c>&lt;</c>: an element or a fragment, and what follows it by mistake.</summary>
    private int ParseJsx()
    {
        if (IsJsxClosingAhead())
        {
            return MissingExpression();
        }

        var start = Start;
        var element = ParseOutermostJsx();
        if (Kind != TokenKind.LessThan || _failed)
        {
            return element;
        }

        _diagnostics.AdjacentJsx(TokenSpan);
        var list = BeginList();
        Push(element);
        while (Kind == TokenKind.LessThan && !_failed && PeekKind() is var next && (next.IsWord || next == TokenKind.GreaterThan))
        {
            Push(ParseOutermostJsx());
        }

        return Finish(NodeKind.SequenceExpression, start, EndList(list));
    }

    // Behind it JavaScript goes on.
    private int ParseOutermostJsx()
    {
        var outer = _jsx;
        _jsx = new() { FirstOpen = _openElements.Count };
        var element = ParseJsxElement();
        if (!_jsx.IsLost)
        {
            Next();
        }

        _jsx = outer;
        return element;
    }

    private int ParseJsxElement()
    {
        var start = Start;
        Next();
        if (IsGreaterThan())
        {
            _lexer.Split(TokenKind.GreaterThan);
            return ParseJsxContent(start, 0, Add(NodeKind.JSXOpeningFragment, start, _lexer.End));
        }

        var failed = _failed;
        var name = ParseJsxElementName();
        var typeArguments = _isTypeScript && Kind is TokenKind.LessThan or TokenKind.LessThanLessThan ? ParseTypeArguments() : 0;
        var attributes = ParseJsxAttributes(out var isSelfClosing);
        if (_jsx.IsLost)
        {
            return Finish(NodeKind.JSXElement, start, Finish(NodeKind.JSXOpeningElement, start, name, typeArguments, attributes));
        }

        // Whatever was wrong in the tag, its end is found.
        _failed = failed;
        var opening = Add(NodeKind.JSXOpeningElement, start, _lexer.End, name, typeArguments, attributes);
        return isSelfClosing ? Add(NodeKind.JSXElement, start, _lexer.End, opening) : ParseJsxContent(start, name, opening);
    }

    // From the end of the opening tag on; the name is 0 for a fragment.
    private int ParseJsxContent(int start, int name, int opening)
    {
        var isOutermost = _openElements.Count == _jsx.FirstOpen;
        var mark = isOutermost ? Mark() : default;
        _openElements.Add(name);
        var children = ParseJsxChildren(opening, out var closing);
        if (isOutermost && _jsx.IsLost && _speculating == 0 && !IsSpeculationExhausted)
        {
            GoBack(mark);
            _jsx = new() { FirstOpen = _jsx.FirstOpen, EndsAtBrace = true };
            children = ParseJsxChildren(opening, out closing);
        }

        _openElements.RemoveAt(_openElements.Count - 1);
        var end =
            _jsx.IsLost ? _lexer.PreviousEnd
            : _jsx.Closing != 0 ? StartOf(_jsx.Closing)
            : _lexer.End;
        return Add(name == 0 ? NodeKind.JSXFragment : NodeKind.JSXElement, start, end, opening, children, closing);
    }

    private int ParseJsxChildren(int opening, out int closing)
    {
        closing = 0;
        var list = BeginList();
        while (!_jsx.IsLost && closing == 0 && _jsx.Closing == 0)
        {
            var diagnostics = _diagnostics.Count;
            _lexer.NextJsxChild();
            switch (Kind)
            {
                case TokenKind.JsxText when _jsx.EndsAtBrace && EndOfJsxText(IndentOf(StartOf(opening))) is >= 0 and var end:
                    _diagnostics.Truncate(diagnostics);
                    LeaveJsx(opening, end);
                    break;
                case TokenKind.JsxText:
                    Push(Add(NodeKind.JSXText, Start, _lexer.End));
                    break;
                case TokenKind.OpenBrace:
                    Push(ParseJsxBraces(isValue: false));
                    break;
                case TokenKind.LessThan when IsJsxClosingAhead():
                    closing = CloseJsx(opening, ParseJsxClosing());
                    break;
                case TokenKind.LessThan:
                    Push(ParseNestedJsx());
                    closing = TakeClosing();
                    break;
                default:
                    LoseJsx(opening);
                    break;
            }
        }

        return EndList(list);
    }

    private int ParseNestedJsx()
    {
        var element = FitsOnStack() ? ParseJsxElement() : Deeper(static parser => parser.ParseJsxElement());
        _depth--;
        _jsx.IsLost |= KindOf(element) == NodeKind.InvalidExpression;
        return element;
    }

    private void LoseJsx(int opening)
    {
        _jsx.IsLost = true;
        if (Fails())
        {
            _diagnostics.UnclosedJsx(SpanOf(opening), OpenClosing());
        }
    }

    // In text where JavaScript goes on.
    private void LeaveJsx(int opening, int end)
    {
        _jsx.IsLost = true;
        _diagnostics.UnclosedJsx(SpanOf(opening), OpenClosing());
        if (end > Start)
        {
            Push(Add(NodeKind.JSXText, Start, end));
        }

        _lexer.LeaveJsxText(end);
    }

    // Where the current token, text of elements that are not closed, goes over into JavaScript: at a brace that closes something around,
    // or in a line before it that begins with something that closes; at a line that looks like another statement; -1 where it does not.
    private int EndOfJsxText(int indent)
    {
        var text = _source.Span(TokenSpan);
        var brace = text.IndexOf('}');
        var isAtStart = true;
        for (var at = 0; at < text.Length && at != brace; at++)
        {
            if (isAtStart && !char.IsWhiteSpace(text[at]))
            {
                var closes = brace >= 0 && text[at] is ')' or ']' or ';';
                if (closes || (at > 0 && LooksLikeStatement(text[at..]) && IndentOf(Start + at) <= indent))
                {
                    return Start + at;
                }

                isAtStart = false;
            }

            isAtStart |= text[at] is '\n' or '\r';
        }

        return brace < 0 ? -1 : Start + brace;
    }

    private static bool LooksLikeStatement(ReadOnlySpan<char> text)
    {
        foreach (var start in StartsOfStatements)
        {
            if (text.StartsWith(start))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsJsxClosingAhead() => !char.IsAsciiLetter(_lexer.Following) && PeekKind() == TokenKind.Slash;

    private int ParseJsxClosing()
    {
        var start = Start;
        Next();
        Next();
        if (IsGreaterThan())
        {
            _lexer.Split(TokenKind.GreaterThan);
            return Add(NodeKind.JSXClosingFragment, start, _lexer.End);
        }

        var failed = _failed;
        var name = ParseJsxElementName();
        while (!_jsx.IsLost && !IsGreaterThan())
        {
            Missing(">");
            SkipInJsxTag();
        }

        if (_jsx.IsLost)
        {
            return Finish(NodeKind.JSXClosingElement, start, name);
        }

        _failed = failed;
        EndJsxTag();
        return Add(NodeKind.JSXClosingElement, start, _lexer.End, name);
    }

    // Gives the closing tag to the innermost element, or leaves it for one around that has its name.
    private int CloseJsx(int opening, int closing)
    {
        if (_jsx.IsLost || IsClosingOf(_openElements[^1], closing))
        {
            return closing;
        }

        var around = _openElements.Count - 2;
        var limit = Math.Max(0, _openElements.Count - ClosingDistance);
        while (around >= limit && !IsClosingOf(_openElements[around], closing))
        {
            around--;
        }

        if (around >= limit && around < _jsx.FirstOpen)
        {
            // It stands beyond the braces that these elements are in: they are not closed.
            LoseJsx(opening);
            return 0;
        }

        _diagnostics.MismatchedJsxClosing(SpanOf(closing), OpenClosing(), Shown(_source.Span(SpanOf(closing))));
        if (around < limit)
        {
            return closing;
        }

        _jsx.Closing = closing;
        return 0;
    }

    // The closing tag that an element inside left, if it belongs here.
    private int TakeClosing()
    {
        var closing = _jsx.Closing;
        if (closing == 0 || !IsClosingOf(_openElements[^1], closing))
        {
            return 0;
        }

        _jsx.Closing = 0;
        return closing;
    }

    private bool IsClosingOf(int name, int closing) =>
        KindOf(closing) == NodeKind.JSXClosingFragment ? name == 0 : name != 0 && IsSameJsxName(name, NodeAt(closing).A);

    private bool IsSameJsxName(int left, int right)
    {
        while (KindOf(left) == KindOf(right))
        {
            var (a, b) = (NodeAt(left), NodeAt(right));
            if (a.Kind == NodeKind.JSXIdentifier)
            {
                // A name that is missing was said to be, and fits.
                return a.A == b.A || a.A == 0 || b.A == 0;
            }

            if (NodeAt(a.B).A != NodeAt(b.B).A)
            {
                return false;
            }

            (left, right) = (a.A, b.A);
        }

        return false;
    }

    // What would close the innermost element, for a message.
    private string OpenClosing() => _openElements[^1] == 0 ? "</>" : $"</{Shown(_source.Span(SpanOf(_openElements[^1])))}>";

    private TextSpan SpanOf(int node) => new(NodeAt(node).Start, NodeAt(node).End);

    private int ParseJsxElementName()
    {
        var start = Start;
        var name = ParseJsxName(start);
        while (Kind == TokenKind.Dot && KindOf(name) != NodeKind.JSXNamespacedName)
        {
            Next();
            name = Finish(NodeKind.JSXMemberExpression, start, name, ParseJsxIdentifier());
        }

        while (Kind is TokenKind.Dot or TokenKind.Colon)
        {
            _diagnostics.NamespaceOfJsxMember(TokenSpan);
            Next();
            ParseJsxIdentifier();
        }

        return name;
    }

    // `a` or `a:b`.
    private int ParseJsxName(int start)
    {
        var name = ParseJsxIdentifier();
        return TryEat(TokenKind.Colon) ? Finish(NodeKind.JSXNamespacedName, start, name, ParseJsxIdentifier()) : name;
    }

    private int ParseJsxIdentifier()
    {
        if (!Kind.IsWord || (_jsx.EndsAtBrace && IsStatementInsteadOfName()))
        {
            Missing("a name");
            return Add(NodeKind.JSXIdentifier, Start, Start);
        }

        var start = Start;
        _lexer.ExtendJsxName();
        var name = _lexer.Name;
        Next();
        return Finish(NodeKind.JSXIdentifier, start, name);
    }

    // Up to the `>`, which stays the current token.
    private int ParseJsxAttributes(out bool isSelfClosing)
    {
        isSelfClosing = false;
        var list = BeginList();
        while (!_jsx.IsLost && !IsGreaterThan())
        {
            isSelfClosing = false;
            if (_failed && IsStatementInsteadOfName())
            {
                _jsx.IsLost = true;
                break;
            }

            if (Kind.IsWord)
            {
                Push(ParseJsxAttribute());
                continue;
            }

            switch (Kind)
            {
                case TokenKind.Slash:
                    Next();
                    isSelfClosing = IsGreaterThan();
                    if (!isSelfClosing)
                    {
                        Missing(">");
                    }

                    break;
                case TokenKind.OpenBrace:
                    Push(ParseJsxSpreadAttribute());
                    break;
                default:
                    Missing("an attribute or \">\"");
                    SkipInJsxTag();
                    break;
            }
        }

        if (!_jsx.IsLost)
        {
            EndJsxTag();
        }

        return EndList(list);
    }

    private int ParseJsxAttribute()
    {
        var start = Start;
        var name = ParseJsxName(start);
        var value = 0;
        if (Kind is TokenKind.Equals or TokenKind.Arrow or TokenKind.EqualsEquals or TokenKind.EqualsEqualsEquals)
        {
            _lexer.Split(TokenKind.Equals);
            _lexer.NextJsxValue();
            value = ParseJsxValue();
        }

        return Finish(NodeKind.JSXAttribute, start, name, value);
    }

    private int ParseJsxValue()
    {
        var start = Start;
        switch (Kind)
        {
            case TokenKind.JsxString:
                Next();
                return Finish(NodeKind.JSXString, start);
            case TokenKind.OpenBrace:
                var braces = ParseJsxBraces(isValue: true);
                if (!_jsx.IsLost)
                {
                    Next();
                }

                return braces;
            case TokenKind.LessThan when !IsJsxClosingAhead():
                var element = FitsOnStack() ? ParseOutermostJsx() : Deeper(static parser => parser.ParseOutermostJsx());
                _depth--;
                return element;
            default:
                Missing("a string, an element or an expression in braces");
                return Add(NodeKind.InvalidExpression, Start, Start);
        }
    }

    private int ParseJsxSpreadAttribute()
    {
        var start = Start;
        var failed = _failed;
        _failed = false;
        Next();
        Expect(TokenKind.Ellipsis);
        var argument = ParseExpressionInBrackets();
        EndJsxBraces(start, failed);
        if (!_jsx.IsLost)
        {
            Next();
        }

        return Finish(NodeKind.JSXSpreadAttribute, start, argument);
    }

    // An expression, a spread or nothing, in braces; ends at the closing one.
    private int ParseJsxBraces(bool isValue)
    {
        var start = Start;
        var failed = _failed;
        _failed = false;
        Next();
        var kind = NodeKind.JSXExpressionContainer;
        int expression;
        if (Kind == TokenKind.CloseBrace)
        {
            expression = Add(NodeKind.JSXEmptyExpression, start + 1, Start);
            if (isValue)
            {
                _diagnostics.EmptyJsxAttribute(new(start, _lexer.End));
            }
        }
        else
        {
            if (Kind == TokenKind.Ellipsis && !isValue)
            {
                kind = NodeKind.JSXSpreadChild;
                Next();
            }

            expression = ParseExpressionInBrackets();
        }

        EndJsxBraces(start, failed);
        return Add(kind, start, _jsx.IsLost ? _lexer.PreviousEnd : _lexer.End, expression);
    }

    // An error in braces costs no more than what is in them, where their end is found.
    private void EndJsxBraces(int open, bool failed)
    {
        if (Kind != TokenKind.CloseBrace)
        {
            Missing("}");
            if (Kind == TokenKind.LessThan && IsJsxClosingAhead())
            {
                _lexer.Insert(TokenKind.CloseBrace);
            }
            else if (_jsx.EndsAtBrace)
            {
                _jsx.IsLost = true;
            }
            else
            {
                SkipToJsxBrace(open);
            }
        }

        _failed = failed || _jsx.IsLost;
    }

    private void SkipToJsxBrace(int open)
    {
        var diagnostics = _diagnostics.Count;
        var indent = IndentOf(open);
        var depth = 0;
        while (Kind != TokenKind.EndOfFile && !StartsLineOutside(indent) && (Kind != TokenKind.CloseBrace || depth > 0))
        {
            if (Kind == TokenKind.TemplateHead)
            {
                SkipTemplate();
                continue;
            }

            if (Kind == TokenKind.LessThan && _lexer.Following == '/' && IsJsxClosingAhead())
            {
                _lexer.Insert(TokenKind.CloseBrace);
                break;
            }

            depth +=
                Kind == TokenKind.OpenBrace ? 1
                : Kind == TokenKind.CloseBrace ? -1
                : 0;
            Next();
        }

        _jsx.IsLost |= Kind != TokenKind.CloseBrace;
        _diagnostics.Truncate(diagnostics);
    }

    // Past a token that does not belong in a tag, if the tag may go on behind it. Before the next tag only `>` is missing.
    private void SkipInJsxTag()
    {
        switch (Kind)
        {
            case TokenKind.EndOfFile
            or TokenKind.Semicolon
            or TokenKind.OpenBrace
            or TokenKind.CloseBrace
            or TokenKind.OpenParenthesis
            or TokenKind.CloseParenthesis:
                _jsx.IsLost = true;
                break;
            case TokenKind.LessThan:
                _lexer.Insert(TokenKind.GreaterThan);
                break;
            default:
                _jsx.IsLost = IsStatementInsteadOfName();
                if (!_jsx.IsLost)
                {
                    Next();
                }

                break;
        }
    }

    // At `>`, which may be the start of a longer token, or missing.
    private void EndJsxTag()
    {
        if (_lexer.End > Start)
        {
            _lexer.Split(TokenKind.GreaterThan);
        }
    }

    /// <summary>How the elements are read that belong together, down to the next expression in braces.</summary>
    private struct JsxState
    {
        /// <summary>Where they begin among the open elements.</summary>
        public int FirstOpen;

        /// <summary>The parser lost its way: no level reads on.</summary>
        public bool IsLost;

        /// <summary>They are known not to be closed: a closing brace in text belongs to what stands around.</summary>
        public bool EndsAtBrace;

        /// <summary>A closing tag for an element around the current one.</summary>
        public int Closing;
    }
}
