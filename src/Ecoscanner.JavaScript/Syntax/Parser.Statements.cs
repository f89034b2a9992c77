namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Statements (ECMA-262 14) and the program (16).</remarks>
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

    /// <summary>A statement or a declaration.</summary>
    private int ParseStatementListItem()
    {
        var statement = FitsOnStack() ? ParseStatementListItemHere() : Deeper(static parser => parser.ParseStatementListItemHere());
        _depth--;
        return statement;
    }

    private int ParseStatementListItemHere()
    {
        switch (Kind)
        {
            case TokenKind.Function:
                return ParseFunctionDeclaration(Start, NodeFlags.None);
            case TokenKind.Class:
                return ParseClass(Start, isDeclaration: true, decorators: 0);
            case TokenKind.At:
                return ParseDecorated();
            case TokenKind.Const:
                return _isTypeScript && PeekKind() == TokenKind.Enum ? ParseConstEnum() : ParseVariables(VariableKind.Const);
            case TokenKind.Enum when _isTypeScript:
                return ParseEnum(Start, NodeFlags.None);
            case TokenKind.Import when PeekKind() is not (TokenKind.OpenParenthesis or TokenKind.Dot):
                return ParseImport();
            case TokenKind.Import:
                return IsImportPhaseDeclaration() ? ParseImport() : ParseStatement();
            case TokenKind.Export:
                return ParseExport(Start, decorators: 0);
            case TokenKind.Identifier when ParseDeclarationOfWord() is > 0 and var declaration:
                return declaration;
            default:
                return ParseStatement();
        }
    }

    // `import.meta` and `import()` are expressions; there is no declaration that begins like them.
    private static bool IsImportPhaseDeclaration() => false;

    // Declarations that begin with a word which may as well be a name; 0 where it is one.
    private int ParseDeclarationOfWord()
    {
        if ((_lexer.Flags & TokenFlags.Escaped) != 0 && _lexer.Name != WellKnownNames.Let)
        {
            return 0;
        }

        switch (_lexer.Name)
        {
            case WellKnownNames.Let:
                return IsLetDeclaration(isStatement: false) ? ParseVariables(VariableKind.Let) : 0;
            case WellKnownNames.Using:
                return IsUsingDeclaration() ? ParseVariables(VariableKind.Using) : 0;
            case WellKnownNames.Await:
                return IsAwaitUsing() ? ParseVariables(VariableKind.AwaitUsing) : 0;
            case WellKnownNames.Async:
                if (PeekKind(out var newLineBefore) != TokenKind.Function || newLineBefore)
                {
                    return 0;
                }

                var start = Start;
                Next();
                return ParseFunctionDeclaration(start, NodeFlags.Async);
            default:
                return _isTypeScript ? ParseTypeScriptDeclaration(Start, NodeFlags.None) : 0;
        }
    }

    // `let` is a name in old code: what follows tells (ECMA-262 14.5 looks ahead for `let [`).
    private bool IsLetDeclaration(bool isStatement)
    {
        if ((_lexer.Flags & TokenFlags.Escaped) != 0)
        {
            return false;
        }

        var next = PeekKind(out var newLineBefore);
        return next switch
        {
            TokenKind.OpenBracket => true,
            TokenKind.OpenBrace => !isStatement || !newLineBefore,
            TokenKind.Identifier or TokenKind.EscapedKeyword => !isStatement || !newLineBefore,
            _ => IsStrict && next.IsKeyword && next is not (TokenKind.In or TokenKind.Instanceof),
        };
    }

    private bool IsUsingDeclaration()
    {
        var mark = _lexer.Mark();
        var next = PeekKind(out var newLineBefore);
        if (newLineBefore || next is not (TokenKind.Identifier or TokenKind.EscapedKeyword))
        {
            return false;
        }

        // `using of` in the head of a loop, and `using as T`, are expressions; `using of = …` declares.
        _lexer.Next();
        var name = _lexer.Name;
        var after = PeekKind();
        _lexer.Reset(mark);
        return name switch
        {
            WellKnownNames.Of => after is TokenKind.Equals or TokenKind.Semicolon or TokenKind.Colon,
            WellKnownNames.As or WellKnownNames.Satisfies when _isTypeScript => after is TokenKind.Equals or TokenKind.Comma or TokenKind.Semicolon,
            _ => true,
        };
    }

    private bool IsAwaitUsing()
    {
        if (!Allows(ParserContext.Await) && (_options.Goal != SourceGoal.Unknown || Allows(ParserContext.Return | ParserContext.StaticBlock | ParserContext.ClassInitializer)))
        {
            return false;
        }

        var mark = _lexer.Mark();
        var diagnostics = _diagnostics.Count;
        _lexer.Next();
        var isUsing = IsWord(WellKnownNames.Using) && !_lexer.NewLineBefore && PeekKind(out var newLineBefore) is TokenKind.Identifier or TokenKind.EscapedKeyword && !newLineBefore;
        _lexer.Reset(mark);
        _diagnostics.Truncate(diagnostics);
        return isUsing;
    }

    private int ParseDecorated()
    {
        var start = Start;
        var decorators = ParseDecorators();
        switch (Kind)
        {
            case TokenKind.Export:
                return ParseExport(start, decorators);
            default:
                var flags = ParseClassModifiers();
                return ParseClass(start, isDeclaration: true, decorators, flags);
        }
    }

    // `declare` and `abstract` behind decorators.
    private NodeFlags ParseClassModifiers()
    {
        var flags = NodeFlags.None;
        if (_isTypeScript && TryEatWord(WellKnownNames.Declare))
        {
            flags |= NodeFlags.Declare;
        }

        if (_isTypeScript && TryEatWord(WellKnownNames.Abstract))
        {
            flags |= NodeFlags.Abstract;
        }

        return flags;
    }

    /// <summary>A statement that is no declaration.</summary>
    private int ParseStatement()
    {
        var statement = FitsOnStack() ? ParseStatementHere() : Deeper(static parser => parser.ParseStatementHere());
        _depth--;
        return statement;
    }

    private int ParseStatementHere()
    {
        var start = Start;
        switch (Kind)
        {
            case TokenKind.OpenBrace:
                return ParseBlock();
            case TokenKind.Semicolon:
                Next();
                return Finish(NodeKind.EmptyStatement, start);
            case TokenKind.Var:
                return ParseVariables(VariableKind.Var);
            case TokenKind.If:
                return ParseIf(start);
            case TokenKind.Return:
                return ParseReturn(start);
            case TokenKind.For:
                return ParseFor(start);
            case TokenKind.While:
                Next();
                var condition = ParseCondition();
                return Finish(NodeKind.WhileStatement, start, condition, ParseLoopBody());
            case TokenKind.Do:
                return ParseDo(start);
            case TokenKind.Break
            or TokenKind.Continue:
                return ParseJump(start);
            case TokenKind.Throw:
                return ParseThrow(start);
            case TokenKind.Try:
                return ParseTry(start);
            case TokenKind.Switch:
                return ParseSwitch(start);
            case TokenKind.With:
                return ParseWith(start);
            case TokenKind.Debugger:
                Next();
                EndStatement();
                return Finish(NodeKind.DebuggerStatement, start);
            case TokenKind.Function:
                // Only the body of an `if` may be one, in old code.
                _diagnostics.DeclarationAsStatement(TokenSpan);
                return ParseFunctionDeclaration(start, NodeFlags.None);
            case TokenKind.Class:
                _diagnostics.DeclarationAsStatement(TokenSpan);
                return ParseClass(start, isDeclaration: true, decorators: 0);
            case TokenKind.Const:
                _diagnostics.DeclarationAsStatement(TokenSpan);
                return ParseVariables(VariableKind.Const);
            default:
                return ParseExpressionStatement(start);
        }
    }

    private int ParseExpressionStatement(int start)
    {
        if (Kind == TokenKind.Identifier)
        {
            if (_lexer.Name == WellKnownNames.Let && IsLetDeclaration(isStatement: true))
            {
                _diagnostics.DeclarationAsStatement(TokenSpan);
                return ParseVariables(VariableKind.Let);
            }

            if (IsWord(WellKnownNames.Async) && PeekKind(out var newLineBefore) == TokenKind.Function && !newLineBefore)
            {
                _diagnostics.DeclarationAsStatement(TokenSpan);
            }
        }

        var isName = Kind is TokenKind.Identifier or TokenKind.EscapedKeyword;
        var expression = ParseExpression();
        if (isName && Kind == TokenKind.Colon && KindOf(expression) == NodeKind.Identifier && (NodeAt(expression).Flags & NodeFlags.Parenthesized) == 0)
        {
            return ParseLabeled(start, expression);
        }

        EndStatement();
        return Finish(NodeKind.ExpressionStatement, start, expression);
    }

    private bool IsAtEndOfStatement() =>
        Kind is TokenKind.Semicolon or TokenKind.CloseBrace or TokenKind.EndOfFile || _lexer.NewLineBefore;

    /// <summary>The semicolon, or a place where one is understood (ECMA-262 12.10).</summary>
    private void EndStatement()
    {
        if (TryEat(TokenKind.Semicolon) || Kind is TokenKind.CloseBrace or TokenKind.EndOfFile || _lexer.NewLineBefore)
        {
            return;
        }

        Missing(";");
    }

    private int ParseBlock()
    {
        var start = Start;
        var context = _context;
        _context = (context | ParserContext.In) & ~(ParserContext.Decorator | ParserContext.Consequent);
        if (!Expect(TokenKind.OpenBrace))
        {
            _context = context;
            return Add(NodeKind.BlockStatement, Start, Start);
        }

        var list = BeginList();
        ParseStatements(start);
        _context = context;
        CloseBrace();
        return Finish(NodeKind.BlockStatement, start, EndList(list));
    }

    private int ParseCondition()
    {
        var open = Start;
        var failed = _failed;
        Expect(TokenKind.OpenParenthesis);
        var condition = ParseExpressionInBrackets();
        ExpectClose(TokenKind.CloseParenthesis, open, failed);
        return condition;
    }

    private int ParseIf(int start)
    {
        Next();
        var test = ParseCondition();
        var consequent = ParseBranch();
        var alternate = TryEat(TokenKind.Else) ? ParseBranch() : 0;
        return Finish(NodeKind.IfStatement, start, test, consequent, alternate);
    }

    // Old code may have a function here (ECMA-262 B.3.3).
    private int ParseBranch()
    {
        if (Kind != TokenKind.Function || IsStrict)
        {
            return ParseBody();
        }

        var function = ParseFunctionDeclaration(Start, NodeFlags.None);
        if ((NodeAt(function).Flags & NodeFlags.Generator) != 0)
        {
            _diagnostics.DeclarationAsStatement(new(StartOf(function), NodeAt(function).End));
        }

        return function;
    }

    private int ParseReturn(int start)
    {
        if (!Allows(ParserContext.Return) && (_options.Goal != SourceGoal.Unknown || Allows(ParserContext.StaticBlock | ParserContext.Namespace)))
        {
            _diagnostics.ReturnOutsideFunction(TokenSpan);
        }

        Next();
        var argument = IsAtEndOfStatement() ? 0 : ParseExpression();
        EndStatement();
        return Finish(NodeKind.ReturnStatement, start, argument);
    }

    private int ParseThrow(int start)
    {
        Next();
        if (_lexer.NewLineBefore)
        {
            _diagnostics.NewLineAfterThrow(new(start, _lexer.PreviousEnd));
        }

        var argument = ParseExpression();
        EndStatement();
        return Finish(NodeKind.ThrowStatement, start, argument);
    }

    private int ParseTry(int start)
    {
        Next();
        var block = ParseBlock();
        var handler = Kind == TokenKind.Catch ? ParseCatch() : 0;
        var finalizer = TryEat(TokenKind.Finally) ? ParseBlock() : 0;
        if (handler == 0 && finalizer == 0)
        {
            Missing("catch or finally");
        }

        return Finish(NodeKind.TryStatement, start, block, handler, finalizer);
    }

    private int ParseCatch()
    {
        var start = Start;
        Next();
        var parameter = 0;
        if (TryEat(TokenKind.OpenParenthesis))
        {
            parameter = ParseAnnotation(ParseBindingTarget());
            Expect(TokenKind.CloseParenthesis);
        }

        return Finish(NodeKind.CatchClause, start, parameter, ParseBlock());
    }

    private int ParseSwitch(int start)
    {
        Next();
        var discriminant = ParseCondition();
        var open = Start;
        if (!Expect(TokenKind.OpenBrace))
        {
            return Finish(NodeKind.SwitchStatement, start, discriminant, 0);
        }

        var context = _context;
        _context |= ParserContext.Break | ParserContext.In;
        var failed = _failed;
        var outer = _statementStart;
        var list = BeginList();
        var hasDefault = false;
        while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile) && !IsBraceMissing(open, outer))
        {
            Push(ParseCase(open, ref hasDefault));
        }

        _failed = failed;
        _statementStart = outer;
        _context = context;
        CloseBrace();
        return Finish(NodeKind.SwitchStatement, start, discriminant, EndList(list));
    }

    private int ParseCase(int open, ref bool hasDefault)
    {
        var start = Start;
        var outer = _statementStart;
        var test = 0;
        _failed = false;
        if (Kind == TokenKind.Default)
        {
            if (hasDefault)
            {
                _diagnostics.DuplicateDefault(TokenSpan);
            }

            hasDefault = true;
            Next();
        }
        else if (Kind == TokenKind.Case)
        {
            Next();
            test = ParseExpressionInBrackets();
        }
        else
        {
            // Statements without a case are read as if one were missing.
            Missing("case or default");
            test = Add(NodeKind.InvalidExpression, Start, Start);
        }

        Expect(TokenKind.Colon);
        var list = BeginList();
        while (Kind is not (TokenKind.Case or TokenKind.Default or TokenKind.CloseBrace or TokenKind.EndOfFile) && !IsBraceMissing(open, outer))
        {
            Push(ParseOrRecover());
        }

        _statementStart = outer;
        return Finish(NodeKind.SwitchCase, start, test, EndList(list));
    }

    private int ParseWith(int start)
    {
        if (IsStrict)
        {
            _diagnostics.WithInStrict(TokenSpan);
        }

        Next();
        var target = ParseCondition();
        return Finish(NodeKind.WithStatement, start, target, ParseBody());
    }

    /// <summary>A declaration of variables with its semicolon.</summary>
    private int ParseVariables(VariableKind kind, NodeFlags flags = NodeFlags.None, int? start = null)
    {
        var from = start ?? Start;
        var list = ParseDeclarators(kind, flags, isHead: false);
        EndStatement();
        return Finish(NodeKind.VariableDeclaration, from, list, flags: flags, detail: (byte)kind);
    }

    // From the word on.
    private int ParseDeclarators(VariableKind kind, NodeFlags flags, bool isHead)
    {
        Next();
        if (kind == VariableKind.AwaitUsing)
        {
            if (!Allows(ParserContext.Await))
            {
                _isModule = true;
            }

            Next();
        }

        var list = BeginList();
        do
        {
            Push(ParseDeclarator(kind, flags, isHead));
        } while (TryEat(TokenKind.Comma));

        return EndList(list);
    }

    private int ParseDeclarator(VariableKind kind, NodeFlags flags, bool isHead)
    {
        var start = Start;
        if (kind != VariableKind.Var && _lexer.Name == WellKnownNames.Let && Kind == TokenKind.Identifier)
        {
            _diagnostics.LetNamedLet(TokenSpan);
        }

        var id = ParseBindingTarget();
        var declaratorFlags = NodeFlags.None;
        if (_isTypeScript)
        {
            if (Kind == TokenKind.Exclamation && !_lexer.NewLineBefore)
            {
                declaratorFlags = NodeFlags.Definite;
                Next();
            }

            if (Kind == TokenKind.Colon)
            {
                id = ParseAnnotation(id);
            }
        }

        var isPattern = KindOf(id) != NodeKind.Identifier;
        if (isPattern && kind >= VariableKind.Using)
        {
            _diagnostics.UsingPattern(new(start, NodeAt(id).End));
        }

        var initializer = 0;
        if (TryEat(TokenKind.Equals))
        {
            initializer = ParseAssignment();
        }
        else if (
            !(isHead && (Kind == TokenKind.In || IsWord(WellKnownNames.Of)))
            && (isPattern || kind is VariableKind.Const or VariableKind.Using or VariableKind.AwaitUsing)
            && !Allows(ParserContext.Ambient)
            && (flags & NodeFlags.Declare) == 0
            && !_failed
        )
        {
            _diagnostics.InitializerExpected(new(start, _lexer.PreviousEnd));
        }

        if (_isTypeScript)
        {
            CheckDeclarator(id, initializer, kind, flags, declaratorFlags);
        }

        return Finish(NodeKind.VariableDeclarator, start, id, initializer, flags: declaratorFlags);
    }
}
