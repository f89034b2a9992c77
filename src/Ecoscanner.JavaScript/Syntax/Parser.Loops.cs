namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Loops, jumps and labels (ECMA-262 14.7 to 14.9, 14.13).</remarks>
internal sealed partial class Parser
{
    // Whether each label around leads to a loop, by name; of this function only.
    private Dictionary<int, bool>? _labels;
    private (int End, bool IsLoop) _labelChain;

    private int ParseLoopBody()
    {
        var context = _context;
        _context |= ParserContext.Break | ParserContext.Continue;
        var body = ParseBody();
        _context = context;
        return body;
    }

    // A statement below another is no function, labelled or not (ECMA-262 14.13.1).
    private int ParseBody()
    {
        var body = ParseStatement();
        var labelled = body;
        while (KindOf(labelled) == NodeKind.LabeledStatement)
        {
            labelled = NodeAt(labelled).B;
        }

        if (labelled != body && KindOf(labelled) == NodeKind.FunctionDeclaration)
        {
            _diagnostics.DeclarationAsStatement(new(StartOf(labelled), NodeAt(labelled).End));
        }

        return body;
    }

    private int ParseDo(int start)
    {
        Next();
        var body = ParseLoopBody();
        Expect(TokenKind.While);
        var test = ParseCondition();

        // Here a semicolon is always understood (ECMA-262 12.10.1).
        TryEat(TokenKind.Semicolon);
        return Finish(NodeKind.DoWhileStatement, start, body, test);
    }

    private int ParseFor(int start)
    {
        Next();
        var flags = NodeFlags.None;
        if (_lexer.Name == WellKnownNames.Await && Kind == TokenKind.Identifier)
        {
            if (!Allows(ParserContext.Await))
            {
                if (_options.Goal != SourceGoal.Unknown || Allows(ParserContext.Return))
                {
                    _diagnostics.ForAwaitOutsideAsync(TokenSpan);
                }

                _isModule |= _options.Goal == SourceGoal.Unknown;
            }

            flags = NodeFlags.Await;
            Next();
        }

        Expect(TokenKind.OpenParenthesis);
        var outer = _context;
        _context = (outer | ParserContext.In) & ~(ParserContext.Decorator | ParserContext.Consequent);
        if (Kind == TokenKind.Semicolon)
        {
            return ParseForRest(start, 0, flags, outer);
        }

        var initStart = Start;
        if (HeadKind() is { } kind)
        {
            _context &= ~ParserContext.In;
            var declarators = ParseDeclarators(kind, NodeFlags.None, isHead: true);
            _context |= ParserContext.In;
            var declaration = Finish(NodeKind.VariableDeclaration, initStart, declarators, detail: (byte)kind);
            return IsHeadOfIteration() ? ParseIteration(start, declaration, flags, outer) : ParseForRest(start, declaration, flags, outer);
        }

        return ParseForExpression(start, flags, outer);
    }

    private VariableKind? HeadKind() =>
        Kind switch
        {
            TokenKind.Var => VariableKind.Var,
            TokenKind.Const => VariableKind.Const,
            TokenKind.Identifier when IsWord(WellKnownNames.Let) && IsLetInHead() => VariableKind.Let,
            TokenKind.Identifier when IsWord(WellKnownNames.Using) && IsUsingDeclaration() => VariableKind.Using,
            TokenKind.Identifier when IsWord(WellKnownNames.Await) && IsAwaitUsing() => VariableKind.AwaitUsing,
            _ => null,
        };

    // for (let in …), for (let;…) and for (let = …) use a variable of that name.
    private bool IsLetInHead() =>
        PeekKind() is TokenKind.Identifier or TokenKind.EscapedKeyword or TokenKind.OpenBrace or TokenKind.OpenBracket or >= TokenKind.Break and < TokenKind.In
        || IsStrict;

    private bool IsHeadOfIteration() => Kind == TokenKind.In || IsWord(WellKnownNames.Of);

    private int ParseForExpression(int start, NodeFlags flags, ParserContext outer)
    {
        var initStart = Start;
        var startsWithLet = IsWord(WellKnownNames.Let);
        var startsWithAsync = IsWord(WellKnownNames.Async) && PeekKind() == TokenKind.Identifier;
        _context &= ~ParserContext.In;
        var cover = _coverError;
        _coverError = -1;
        var init = ParseCover();
        if (Kind == TokenKind.Comma)
        {
            ReportCoverError();
            var list = BeginList();
            Push(init);
            while (TryEat(TokenKind.Comma))
            {
                Push(ParseAssignment());
            }

            init = Finish(NodeKind.SequenceExpression, initStart, EndList(list));
        }

        _context |= ParserContext.In;
        if (!IsHeadOfIteration())
        {
            ReportCoverError();
            _coverError = cover;
            return ParseForRest(start, init, flags, outer);
        }

        if (IsWord(WellKnownNames.Of))
        {
            if (startsWithLet || (startsWithAsync && flags == 0 && KindOf(init) == NodeKind.Identifier && _lexer.PreviousEnd == initStart + 5))
            {
                _diagnostics.ForOfStart(new(initStart, _lexer.PreviousEnd));
            }
        }

        _coverError = IsLiteralPattern(init) ? -1 : _coverError;
        ReportCoverError();
        _coverError = cover;
        ToTarget(init, isBinding: false);
        if (KindOf(init) == NodeKind.AssignmentPattern)
        {
            InvalidTarget(init, isBinding: false);
        }

        return ParseIteration(start, init, flags, outer);
    }

    private int ParseForRest(int start, int init, NodeFlags flags, ParserContext outer)
    {
        if (flags != 0)
        {
            _diagnostics.ForAwaitWithoutOf(TokenSpan);
        }

        if (init != 0 && KindOf(init) == NodeKind.VariableDeclaration)
        {
            CheckLoopDeclarators(init);
        }

        Expect(TokenKind.Semicolon);
        var test = Kind == TokenKind.Semicolon ? 0 : ParseExpression();
        Expect(TokenKind.Semicolon);
        var update = Kind == TokenKind.CloseParenthesis ? 0 : ParseExpression();
        Expect(TokenKind.CloseParenthesis);
        _context = outer;
        var body = ParseLoopBody();
        return FinishWide(NodeKind.ForStatement, start, [init, test, update, body]);
    }

    private void CheckLoopDeclarators(int declaration)
    {
        foreach (var declarator in ItemsOf(NodeAt(declaration).A))
        {
            var kind = (VariableKind)NodeAt(declaration).Detail;
            var needsValue = KindOf(NodeAt(declarator).A) != NodeKind.Identifier || kind is VariableKind.Const or VariableKind.Using or VariableKind.AwaitUsing;
            if (needsValue && NodeAt(declarator).B == 0 && !_failed)
            {
                _diagnostics.InitializerExpected(new(StartOf(declarator), NodeAt(declarator).End));
            }
        }
    }

    // At `in` or `of`.
    private int ParseIteration(int start, int left, NodeFlags flags, ParserContext outer)
    {
        var isIn = Kind == TokenKind.In;
        if (KindOf(left) == NodeKind.VariableDeclaration)
        {
            CheckIterationDeclaration(left, isIn);
        }

        if (isIn && flags != 0)
        {
            _diagnostics.ForAwaitWithoutOf(TokenSpan);
        }

        Next();
        var right = isIn ? ParseExpression() : ParseAssignment();
        Expect(TokenKind.CloseParenthesis);
        _context = outer;
        var body = ParseLoopBody();
        return Finish(isIn ? NodeKind.ForInStatement : NodeKind.ForOfStatement, start, left, right, body, flags);
    }

    // One variable without a value; old code may have one in `for (var a = 1 in b)` (ECMA-262 B.3.5).
    private void CheckIterationDeclaration(int declaration, bool isIn)
    {
        var kind = (VariableKind)NodeAt(declaration).Detail;
        var declarators = ItemsOf(NodeAt(declaration).A);
        if (declarators.Length > 1)
        {
            _diagnostics.OneVariableInLoop(new(StartOf(declaration), NodeAt(declaration).End));
        }

        var first = NodeAt(declarators[0]);
        var mayHaveValue = isIn && kind == VariableKind.Var && !IsStrict && KindOf(first.A) == NodeKind.Identifier;
        if (first.B != 0 && !mayHaveValue)
        {
            _diagnostics.ValueInLoopHead(new(first.Start, first.End));
        }

        if (_isTypeScript && (NodeAt(first.A).B != 0 || (first.Flags & NodeFlags.Definite) != 0))
        {
            _diagnostics.TypeInLoopHead(new(first.Start, first.End));
        }

        if (isIn && kind is VariableKind.Using or VariableKind.AwaitUsing)
        {
            _diagnostics.UsingInForIn(new(StartOf(declaration), NodeAt(declaration).End));
        }
    }

    private int ParseJump(int start)
    {
        var isBreak = Kind == TokenKind.Break;
        var word = TokenSpan;
        Next();
        var label = 0;
        if (Kind is TokenKind.Identifier or TokenKind.EscapedKeyword && !_lexer.NewLineBefore)
        {
            label = ParseIdentifierReference();
            CheckLabel(label, isBreak);
        }
        else if (!Allows(isBreak ? ParserContext.Break : ParserContext.Continue))
        {
            _diagnostics.JumpOutsideLoop(word, isBreak);
        }

        EndStatement();
        return Finish(isBreak ? NodeKind.BreakStatement : NodeKind.ContinueStatement, start, label);
    }

    private void CheckLabel(int label, bool isBreak)
    {
        var name = NodeAt(label).A;
        var isLoop = false;
        if (_labels?.TryGetValue(name, out isLoop) != true)
        {
            _diagnostics.UnknownLabel(new(StartOf(label), NodeAt(label).End), _names.Text(name));
        }
        else if (!isBreak && !isLoop)
        {
            _diagnostics.ContinueToNoLoop(new(StartOf(label), NodeAt(label).End), _names.Text(name));
        }
    }

    private int ParseLabeled(int start, int label)
    {
        var name = NodeAt(label).A;
        Next();
        if (name == WellKnownNames.Await && _isModule)
        {
            _diagnostics.ReservedName(new(StartOf(label), NodeAt(label).End), "await");
        }

        _labels ??= [];
        var isNew = _labels.TryAdd(name, IsLoopAhead());
        if (!isNew)
        {
            _diagnostics.DuplicateLabel(new(StartOf(label), NodeAt(label).End), _names.Text(name));
        }

        int body;
        if (Kind == TokenKind.Function && !IsStrict)
        {
            body = ParseFunctionDeclaration(Start, NodeFlags.None);
            if ((NodeAt(body).Flags & NodeFlags.Generator) != 0)
            {
                _diagnostics.DeclarationAsStatement(new(StartOf(body), NodeAt(body).End));
            }
        }
        else
        {
            body = ParseStatement();
        }

        if (isNew)
        {
            _labels.Remove(name);
        }

        return Finish(NodeKind.LabeledStatement, start, label, body);
    }

    // Whether the labels lead to a loop: a: b: while …
    private bool IsLoopAhead()
    {
        if (Kind is TokenKind.For or TokenKind.While or TokenKind.Do)
        {
            return true;
        }

        if (Kind != TokenKind.Identifier || PeekKind() != TokenKind.Colon)
        {
            return false;
        }

        // A chain of labels is looked along once, not once for each of them.
        if (Start < _labelChain.End)
        {
            return _labelChain.IsLoop;
        }

        var mark = _lexer.Mark();
        while (Kind == TokenKind.Identifier && PeekKind() == TokenKind.Colon)
        {
            Next();
            Next();
        }

        _labelChain = (Start, Kind is TokenKind.For or TokenKind.While or TokenKind.Do);
        _lexer.Reset(mark);
        return _labelChain.IsLoop;
    }
}
