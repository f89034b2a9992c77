namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>The whole source: directives, statements up to its end, and what becomes of an error in one of them.</remarks>
internal sealed partial class Parser
{
    /// <summary>Reads all of the source.</summary>
    private SyntaxTree ParseProgram()
    {
        _context = ParserContext.In;
        if (_options.Strict || _isModule)
        {
            _context |= ParserContext.Strict;
        }

        if (_isModule)
        {
            _context |= ParserContext.Await;
        }

        if (_options.Ambient)
        {
            _context |= ParserContext.Ambient;
        }

        foreach (var problem in _source.Problems)
        {
            _diagnostics.Undecoded(problem);
        }

        Next();
        var isFlow = FindFlowPragma();
        var list = BeginList();
        ParseDirectives();
        while (Kind != TokenKind.EndOfFile)
        {
            ParseStatements(open: -1);
            if (Kind == TokenKind.CloseBrace)
            {
                _diagnostics.UnmatchedBrace(TokenSpan);
                Next();
            }
        }

        CheckPrivateNames();
        ReportMergeMarkers();
        if (_diagnostics.Count > 0)
        {
            WidenSpans();
        }

        Add(NodeKind.Program, 0, _source.Length, EndList(list));
        return new(_options, _source, _names)
        {
            Nodes = Keep(ref _nodes, _nodeCount + 1),
            NodeCount = _nodeCount,
            Lists = Keep(ref _lists, _listCount),
            Comments = _comments,
            Diagnostics = _diagnostics.Sorted(),
            IsModule = _isModule,
            IsFlow = isFlow,
        };
    }

    // `@flow` in a comment before the code; such types are read as TypeScript's, which most of them look like.
    private bool FindFlowPragma()
    {
        if (_options.TypeScript)
        {
            return false;
        }

        foreach (var comment in _comments)
        {
            if (_source.Span(comment.Span).Contains("@flow", StringComparison.Ordinal))
            {
                _isTypeScript = true;
                _diagnostics.IsFlow(comment.Span);
                return true;
            }
        }

        return false;
    }

    // Up to the brace that closes the one at that place, or to the end; each is pushed.
    private void ParseStatements(int open)
    {
        var failed = _failed;
        var outer = _statementStart;
        while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile) && !IsBraceMissing(open, outer))
        {
            Push(ParseOrRecover());
        }

        _statementStart = outer;
        _failed = failed;
    }

    // An error costs the statement that it stands in.
    private int ParseOrRecover()
    {
        var start = Start;
        _statementStart = start;
        _failed = false;
        var statement = ParseStatementListItem();
        if (!_failed)
        {
            return statement;
        }

        Recover(start);
        if (Start == start && Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
        {
            Next();
        }

        return Finish(NodeKind.InvalidStatement, Math.Min(start, _lexer.PreviousEnd), ListOf(statement));
    }
}
