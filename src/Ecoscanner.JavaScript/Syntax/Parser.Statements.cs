namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Statements (ECMA-262 14) and the program (16).</remarks>
internal sealed partial class Parser
{
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
            case TokenKind.Export:
                return ParseExport(decorators: 0);
            case TokenKind.Identifier when ParseDeclarationOfWord() is > 0 and var declaration:
                return declaration;
            default:
                return ParseStatement();
        }
    }

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

    private int ParseDecorated()
    {
        var start = Start;
        var decorators = ParseDecorators();
        switch (Kind)
        {
            case TokenKind.Export:
                return ParseExport(decorators);
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
            case TokenKind.Break or TokenKind.Continue:
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

    private bool IsAtEndOfStatement() => Kind is TokenKind.Semicolon or TokenKind.CloseBrace or TokenKind.EndOfFile || _lexer.NewLineBefore;

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
}
