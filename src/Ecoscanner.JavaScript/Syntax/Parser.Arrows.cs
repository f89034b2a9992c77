namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Parentheses and arrow functions (ECMA-262 13.2.9, 15.3, 15.8), which only the <c>=&gt;</c> behind tells apart.</remarks>
internal sealed partial class Parser
{
    // The last places of `yield` and `await`, as expressions and as a name: wrong in the parameters of an arrow function.
    private int _lastYield = -1;
    private int _lastAwait = -1;
    private int _lastAwaitName = -1;

    /// <summary>What stands in parentheses: one expression, a sequence, or the parameters of an arrow function and all of it.</summary>
    /// <param name="start">Where an arrow function would start.</param>
    /// <param name="typeParameters">Type parameters that were read before, so that only an arrow function will do.</param>
    /// <param name="canBeArrow">Whether an arrow function may stand here.</param>
    private int ParseParentheses(int start, int typeParameters, bool canBeArrow)
    {
        var open = Start;
        var list = BeginList();
        var items = ParseItems();
        if (canBeArrow && IsArrowAhead(items.MayBeParameters))
        {
            _coverError = -1;
            return ParseArrowFunction(start, typeParameters, list, NodeFlags.None);
        }

        if (canBeArrow && items.MayBeParameters && TryParseArrowWithReturnType(start, typeParameters, list, NodeFlags.None, out var arrow))
        {
            _coverError = -1;
            return arrow;
        }

        ReportCoverError();
        return FinishParentheses(open, list, items);
    }

    private bool IsArrowAhead(bool mayBeParameters) => Kind == TokenKind.Arrow && !_lexer.NewLineBefore && mayBeParameters;

    private int FinishParentheses(int open, int list, ParenthesesItems items)
    {
        var count = _pendingCount - list;
        if (items.OnlyParameters >= 0 || count == 0 || items.TrailingComma >= 0)
        {
            if (Kind == TokenKind.Arrow && _lexer.NewLineBefore)
            {
                _diagnostics.NewLineBeforeArrow(TokenSpan);
            }
            else
            {
                Missing("=>");
            }
        }

        if (count == 0)
        {
            return Finish(NodeKind.InvalidExpression, open);
        }

        var first = _pending[list];
        if (count == 1)
        {
            _pendingCount = list;
            NodeAt(first).Flags |= NodeFlags.Parenthesized;
            return first;
        }

        // From the first token to the last: parentheses around an item are part of the sequence.
        return Add(NodeKind.SequenceExpression, items.Start, items.End, EndList(list), flags: NodeFlags.Parenthesized);
    }

    /// <summary>Reads from the opening parenthesis to the closing one; the items are pushed.</summary>
    private ParenthesesItems ParseItems()
    {
        var open = Start;
        Next();
        var context = EnterBrackets();
        var failed = _failed;
        var items = new ParenthesesItems(-1, -1, true, Start, Start);
        while (Kind is not (TokenKind.CloseParenthesis or TokenKind.EndOfFile))
        {
            var start = Start;
            if (Kind == TokenKind.Ellipsis)
            {
                Push(ParseSpreadCover(TokenKind.CloseParenthesis));
                items = items with { OnlyParameters = start };
            }
            else
            {
                Push(ParseCover());
            }

            if (_isTypeScript && Kind is TokenKind.Colon or TokenKind.Question && ParseParameterType(_pending[_pendingCount - 1]))
            {
                items = items with { OnlyParameters = start };
            }

            items = items with { MayBeParameters = items.MayBeParameters && MayBeParameter(_pending[_pendingCount - 1]) };
            var comma = Start;
            if (!NextItem(TokenKind.CloseParenthesis, open, failed))
            {
                break;
            }

            if (Kind == TokenKind.CloseParenthesis)
            {
                items = items with { TrailingComma = comma };
            }
        }

        _context = context;
        items = items with { End = _lexer.PreviousEnd };
        Expect(TokenKind.CloseParenthesis);
        return items;
    }

    private bool MayBeParameter(int node) =>
        KindOf(node)
            is NodeKind.Identifier
                or NodeKind.ObjectExpression
                or NodeKind.ArrayExpression
                or NodeKind.AssignmentExpression
                or NodeKind.SpreadElement
                or NodeKind.ObjectPattern
                or NodeKind.ArrayPattern
                or NodeKind.AssignmentPattern
                or NodeKind.RestElement;

    // `?`, `: T` and `= init` behind the name of a parameter of an arrow function, in TypeScript; whether it is one.
    private bool ParseParameterType(int item)
    {
        if (KindOf(item) == NodeKind.ThisExpression)
        {
            ref var node = ref NodeAt(item);
            node.Kind = NodeKind.Identifier;
            node.A = WellKnownNames.KeywordName(TokenKind.This);
        }
        else if (KindOf(item) is not (NodeKind.Identifier or NodeKind.ObjectExpression or NodeKind.ArrayExpression or NodeKind.SpreadElement))
        {
            return false;
        }

        // The literal will be a pattern, and what only a pattern may have is right.
        _coverError = -1;
        if (Kind == TokenKind.Question)
        {
            NodeAt(item).Flags |= NodeFlags.Optional;
            Next();
        }

        ToTarget(item, isBinding: true);
        NodeAt(item).End = _lexer.PreviousEnd;
        if (Kind == TokenKind.Colon)
        {
            item = Annotate(item);
            _pending[_pendingCount - 1] = item;
        }

        if (TryEat(TokenKind.Equals))
        {
            if ((NodeAt(item).Flags & NodeFlags.Optional) != 0)
            {
                _diagnostics.OptionalWithInitializer(new(StartOf(item), _lexer.PreviousEnd));
            }

            var initializer = ParseAssignment();
            _pending[_pendingCount - 1] = Finish(NodeKind.AssignmentPattern, StartOf(item), item, initializer);
        }

        return true;
    }

    // (a): T => …, where a colon behind parentheses may as well belong to a conditional expression or a case.
    // A caller that tries too is sure as soon as this is, and what is wrong in the body has to be said.
    private bool TryParseArrowWithReturnType(int start, int typeParameters, int list, NodeFlags flags, out int arrow, bool isInTrial = false)
    {
        arrow = 0;
        if (!_isTypeScript || Kind != TokenKind.Colon || !MaySpeculate())
        {
            return false;
        }

        var at = Start;
        var mark = Speculate();
        var returnType = ParseReturnType();
        if (!_stopped && Kind == TokenKind.Arrow && !_lexer.NewLineBefore)
        {
            // What the parameters have that only patterns may is right.
            _coverError = -1;
            if (!Allows(ParserContext.Consequent))
            {
                // What follows can only be an arrow function's body: it need not be read on trial.
                Keep();
                _speculating -= isInTrial ? 1 : 0;
                var body = ParseArrowBody(flags, out var isStrict);
                _speculating += isInTrial ? 1 : 0;
                arrow = FinishArrow(start, typeParameters, list, returnType, body, flags, isStrict);
                return true;
            }

            var consequent = ParseArrowBody(flags, out var isConsequentStrict);
            if (!_stopped && Kind == TokenKind.Colon)
            {
                Keep();
                arrow = FinishArrow(start, typeParameters, list, returnType, consequent, flags, isConsequentStrict);
                return true;
            }
        }

        Undo(mark);
        _failedSpeculations.Add(at);
        return false;
    }

    /// <summary>From the arrow on; the parameters are pushed since <paramref name="list"/> began, still as expressions.</summary>
    private int ParseArrowFunction(int start, int typeParameters, int list, NodeFlags flags)
    {
        var body = ParseArrowBody(flags, out var isStrict);
        return FinishArrow(start, typeParameters, list, 0, body, flags, isStrict);
    }

    // The parameters are turned into patterns last, since a trial that fails must leave them as they are.
    private int FinishArrow(int start, int typeParameters, int list, int returnType, int body, NodeFlags flags, bool isStrict)
    {
        CheckArrowParameters(start, StartOf(body), flags);
        var isSimple = true;
        for (var item = list; item < _pendingCount; item++)
        {
            var parameter = _pending[item];
            if (KindOf(parameter) == NodeKind.SpreadElement && (NodeAt(parameter).Detail != 0 || item < _pendingCount - 1))
            {
                _diagnostics.RestNotLast(new(StartOf(parameter), NodeAt(parameter).End));
            }

            ToTarget(parameter, isBinding: true);
            isSimple &= KindOf(parameter) == NodeKind.Identifier;
        }

        var parameters = EndList(list);
        CheckStrictFunction(0, parameters, isSimple, isStrict && !IsStrict, body);
        return FinishWide(NodeKind.ArrowFunctionExpression, start, [typeParameters, parameters, returnType, body], flags);
    }

    private void CheckArrowParameters(int start, int end, NodeFlags flags)
    {
        if (_lastYield >= start && _lastYield < end)
        {
            _diagnostics.YieldInParameters(new(_lastYield, _lastYield + 5));
        }

        if (_lastAwait > start && _lastAwait < end)
        {
            _diagnostics.AwaitInParameters(new(_lastAwait, _lastAwait + 5));
        }

        if ((flags & NodeFlags.Async) != 0 && _lastAwaitName > start && _lastAwaitName < end)
        {
            _diagnostics.AwaitInParameters(new(_lastAwaitName, _lastAwaitName + 5));
        }
    }

    private int ParseArrowBody(NodeFlags flags, out bool isStrict)
    {
        Expect(TokenKind.Arrow);
        var context = _context;
        var function =
            FunctionContext(flags) & ~(ParserContext.NewTarget | ParserContext.SuperProperty | ParserContext.SuperCall | ParserContext.ClassInitializer);
        var kept = context & (ParserContext.NewTarget | ParserContext.SuperProperty | ParserContext.SuperCall | ParserContext.ClassInitializer);
        if (Kind == TokenKind.OpenBrace)
        {
            _context = function | kept;
            var block = ParseFunctionBlock(out isStrict);
            _context = context;
            return block;
        }

        // An expression goes on as what stands around it does.
        isStrict = IsStrict;
        _context =
            (function & ~(ParserContext.In | ParserContext.Return))
            | kept
            | (context & (ParserContext.In | ParserContext.Decorator | ParserContext.Consequent | ParserContext.Return));
        if (_options.Goal == SourceGoal.Unknown && (context & ParserContext.Return) == 0)
        {
            // No `await` of the top level inside.
            _context |= ParserContext.Return;
        }

        var saved = EnterFunction();
        var expression = ParseAssignment();
        LeaveFunction(saved);
        _context = context;
        return expression;
    }

    /// <summary>At the word <c>async</c>: an async function, an async arrow function, a call of something named so, or just the name.</summary>
    private int ParseAsync(bool canBeArrow)
    {
        var start = Start;
        var next = PeekKind(out var newLineBefore);
        if (newLineBefore)
        {
            return ParseIdentifierReference();
        }

        if (next == TokenKind.Function)
        {
            Next();
            return ParseFunctionExpression(start, NodeFlags.Async);
        }

        if (canBeArrow && next == TokenKind.Identifier && TryParseAsyncArrowOfOne(start, out var single))
        {
            return single;
        }

        if (canBeArrow && next == TokenKind.LessThan && _isTypeScript && TryParseGenericArrow(start, NodeFlags.Async, out var generic))
        {
            return generic;
        }

        var name = ParseIdentifierReference();
        return canBeArrow && Kind == TokenKind.OpenParenthesis ? ParseAsyncCall(start, name) : name;
    }

    // async a => …
    private bool TryParseAsyncArrowOfOne(int start, out int arrow)
    {
        arrow = 0;
        var mark = Speculate();
        Next();
        var list = BeginList();
        var isAwait = _lexer.Name == WellKnownNames.Await;
        var parameter = TokenSpan;
        var name = ParseIdentifierReference();
        if (Kind != TokenKind.Arrow || _lexer.NewLineBefore)
        {
            Undo(mark);
            return false;
        }

        Keep();
        if (isAwait)
        {
            _diagnostics.AwaitInParameters(parameter);
        }

        Push(name);
        arrow = ParseArrowFunction(start, 0, list, NodeFlags.Async);
        return true;
    }

    // async(…), which may be a call or the parameters of an arrow function.
    private int ParseAsyncCall(int start, int name)
    {
        var list = BeginList();
        var items = ParseItems();
        if (IsArrowAhead(items.MayBeParameters))
        {
            _coverError = -1;
            return ParseArrowFunction(start, 0, list, NodeFlags.Async);
        }

        if (items.MayBeParameters && TryParseArrowWithReturnType(start, 0, list, NodeFlags.Async, out var arrow))
        {
            _coverError = -1;
            return arrow;
        }

        ReportCoverError();
        return Finish(NodeKind.CallExpression, start, name, 0, EndList(list));
    }

    /// <summary>What was seen between parentheses.</summary>
    /// <param name="OnlyParameters">Where something stands that only parameters may have; -1 where nothing does.</param>
    /// <param name="TrailingComma">Where a last comma stands; -1 where none does.</param>
    /// <param name="MayBeParameters">Whether all items look like parameters.</param>
    /// <param name="Start">Where the first item starts.</param>
    /// <param name="End">Where the last token inside ends.</param>
    private readonly record struct ParenthesesItems(int OnlyParameters, int TrailingComma, bool MayBeParameters, int Start, int End);
}
