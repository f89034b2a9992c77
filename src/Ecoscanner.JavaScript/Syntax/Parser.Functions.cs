namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Functions (ECMA-262 15): parameters, bodies, and what a body changes for the code in it.</remarks>
internal sealed partial class Parser
{
    private int ParseFunctionDeclaration(int start, NodeFlags flags, bool nameIsOptional = false)
    {
        Next();
        if (TryEat(TokenKind.Asterisk))
        {
            flags |= NodeFlags.Generator;
        }

        // A declaration's name belongs to the code around it.
        var id = nameIsOptional && Kind is TokenKind.OpenParenthesis or TokenKind.LessThan ? 0 : ParseBindingIdentifier();
        return ParseFunctionRest(NodeKind.FunctionDeclaration, start, id, flags);
    }

    private int ParseFunctionExpression(int start, NodeFlags flags)
    {
        Next();
        if (TryEat(TokenKind.Asterisk))
        {
            flags |= NodeFlags.Generator;
        }

        // An expression's name belongs to the function itself.
        var context = _context;
        _context = FunctionContext(flags) & ~ParserContext.Return;
        var id = Kind is TokenKind.Identifier or TokenKind.EscapedKeyword ? ParseBindingIdentifier() : 0;
        _context = context;
        return ParseFunctionRest(NodeKind.FunctionExpression, start, id, flags);
    }

    // From the type parameters on.
    private int ParseFunctionRest(NodeKind kind, int start, int id, NodeFlags flags)
    {
        var context = _context;
        _context = FunctionContext(flags);
        var typeParameters = ParseOptionalTypeParameters();
        var parameters = ParseParameters(isConstructor: false, out var isSimple);
        var returnType = ParseOptionalReturnType();
        var body = 0;
        if (Kind != TokenKind.OpenBrace && _isTypeScript && IsAtEndOfStatement())
        {
            // An overload, or a function that is only declared.
            if (kind == NodeKind.FunctionDeclaration)
            {
                if ((flags & NodeFlags.Generator) != 0)
                {
                    _diagnostics.GeneratorWithoutBody(new(start, _lexer.PreviousEnd));
                }

                EndStatement();
                kind = NodeKind.TSDeclareFunction;
            }
            else
            {
                Missing("{");
            }
        }
        else
        {
            if (Allows(ParserContext.Ambient) && kind == NodeKind.FunctionDeclaration)
            {
                _diagnostics.BodyInAmbient(TokenSpan);
            }

            body = ParseFunctionBlock(out var isStrict);
            _context = context | (isStrict ? ParserContext.Strict : 0);
            CheckStrictFunction(id, parameters, isSimple, isStrict && !IsStrictContext(context), body);
        }

        _context = context;
        return FinishWide(kind, start, [id, typeParameters, parameters, returnType, body], flags);
    }

    private static bool IsStrictContext(ParserContext context) => (context & ParserContext.Strict) != 0;

    /// <summary>A method, getter, setter or constructor from its type parameters on: the function that is its value.</summary>
    private int ParseMethod(NodeFlags flags, MethodKind kind, ParserContext allowed, bool mayLackBody = false)
    {
        var start = Start;
        var context = _context;
        _context = FunctionContext(flags) | allowed | ParserContext.SuperProperty;
        var typeParameters = ParseOptionalTypeParameters();
        var parameters = ParseParameters(kind == MethodKind.Constructor, out var isSimple);
        CheckAccessor(kind, parameters, start);
        var returnType = ParseOptionalReturnType();
        var nodeKind = NodeKind.FunctionExpression;
        var body = 0;
        if (Kind != TokenKind.OpenBrace && _isTypeScript && mayLackBody && IsAtEndOfStatement())
        {
            nodeKind = NodeKind.TSEmptyBodyFunctionExpression;
            TryEat(TokenKind.Semicolon);
        }
        else
        {
            if (Allows(ParserContext.Ambient) && mayLackBody)
            {
                _diagnostics.BodyInAmbient(TokenSpan);
            }

            body = ParseFunctionBlock(out var isStrict);
            _context = context | (isStrict ? ParserContext.Strict : 0);
            CheckStrictFunction(0, parameters, isSimple, isStrict && !IsStrictContext(context), body);
        }

        _context = context;
        return FinishWide(nodeKind, start, [0, typeParameters, parameters, returnType, body], flags);
    }

    // What stays, and what is new, where a function begins.
    private ParserContext FunctionContext(NodeFlags flags)
    {
        var context = (_context & (ParserContext.Strict | ParserContext.Ambient)) | ParserContext.In | ParserContext.Return | ParserContext.NewTarget;
        if ((flags & NodeFlags.Async) != 0)
        {
            context |= ParserContext.Await;
        }

        if ((flags & NodeFlags.Generator) != 0)
        {
            context |= ParserContext.Yield;
        }

        return context;
    }

    private int ParseOptionalTypeParameters(NodeFlags allowed = NodeFlags.Const) =>
        _isTypeScript && Kind == TokenKind.LessThan ? ParseTypeParameters(allowed) : 0;

    private int ParseOptionalReturnType() => _isTypeScript && Kind == TokenKind.Colon ? ParseReturnType() : 0;

    private void CheckAccessor(MethodKind kind, int parameters, int start)
    {
        // TypeScript's `this` parameter is none.
        var items = ItemsOf(parameters);
        var count = items.Length;
        if (count > 0 && _isTypeScript && KindOf(items[0]) == NodeKind.Identifier && NodeAt(items[0]).A == WellKnownNames.KeywordName(TokenKind.This))
        {
            count--;
        }

        if (kind == MethodKind.Get && count != 0)
        {
            _diagnostics.GetterWithParameters(new(start, _lexer.PreviousEnd));
        }

        if (kind == MethodKind.Set && (count != 1 || KindOf(items[^1]) == NodeKind.RestElement))
        {
            _diagnostics.SetterWithoutOneParameter(new(start, _lexer.PreviousEnd));
        }
    }

    /// <summary>The parameters in parentheses, as a list.</summary>
    /// <param name="isConstructor">Whether TypeScript's modifiers may make properties of them.</param>
    /// <param name="isSimple">Whether all are plain names.</param>
    private int ParseParameters(bool isConstructor, out bool isSimple)
    {
        isSimple = true;
        var open = Start;
        if (!Expect(TokenKind.OpenParenthesis))
        {
            return 0;
        }

        var context = _context;
        _context |= ParserContext.Parameters | ParserContext.In;
        _context &= ~(ParserContext.Decorator | ParserContext.Consequent);
        var failed = _failed;
        var list = BeginList();
        while (Kind is not (TokenKind.CloseParenthesis or TokenKind.EndOfFile))
        {
            var parameter = ParseParameter(isConstructor);
            isSimple &= KindOf(parameter) == NodeKind.Identifier;
            Push(parameter);
            if (!NextItem(TokenKind.CloseParenthesis, open, failed))
            {
                break;
            }

            if (
                KindOf(parameter) == NodeKind.RestElement
                && _lexer.PreviousEnd > NodeAt(parameter).End
                && !(Allows(ParserContext.Ambient) && Kind == TokenKind.CloseParenthesis)
            )
            {
                _diagnostics.RestNotLast(new(StartOf(parameter), NodeAt(parameter).End));
            }
        }

        _context = context;
        Expect(TokenKind.CloseParenthesis);
        return EndList(list);
    }

    private int ParseParameter(bool isConstructor)
    {
        var start = Start;
        var decorators = Kind == TokenKind.At ? ParseDecorators() : 0;
        var modifiers = _isTypeScript ? ParseParameterModifiers() : NodeFlags.None;
        if (modifiers != 0 && !isConstructor)
        {
            _diagnostics.ParameterPropertyOutsideConstructor(new(start, _lexer.PreviousEnd));
        }

        int parameter;
        if (Kind == TokenKind.Ellipsis)
        {
            var restStart = Start;
            Next();
            parameter = Finish(NodeKind.RestElement, restStart, ParseBindingTarget());
            parameter = ParseAnnotation(parameter);
            if (Kind == TokenKind.Equals)
            {
                _diagnostics.RestWithInitializer(TokenSpan);
                Next();
                ParseAssignment();
            }
        }
        else
        {
            parameter = ParsePlainParameter();
        }

        if (modifiers != 0)
        {
            var target = KindOf(parameter) == NodeKind.AssignmentPattern ? NodeAt(parameter).A : parameter;
            if (KindOf(target) is NodeKind.ObjectPattern or NodeKind.ArrayPattern or NodeKind.RestElement)
            {
                _diagnostics.ParameterPropertyPattern(new(start, _lexer.PreviousEnd));
            }

            return Finish(NodeKind.TSParameterProperty, start, decorators, parameter, flags: modifiers);
        }

        if (decorators != 0)
        {
            // Identifiers and patterns have their decorators as third field. Only a rest starts with them, as TS-ESTree has it.
            ref var node = ref NodeAt(parameter);
            node.C = decorators;
            node.Start = node.Kind == NodeKind.RestElement ? start : node.Start;
        }

        return parameter;
    }

    private int ParsePlainParameter()
    {
        var start = Start;
        int target;
        if (Kind == TokenKind.This && _isTypeScript)
        {
            Next();
            target = Finish(NodeKind.Identifier, start, WellKnownNames.KeywordName(TokenKind.This));
        }
        else
        {
            target = ParseBindingTarget();
        }

        target = ParseAnnotation(target);
        if (!TryEat(TokenKind.Equals))
        {
            return target;
        }

        if ((NodeAt(target).Flags & NodeFlags.Optional) != 0)
        {
            _diagnostics.OptionalWithInitializer(new(start, _lexer.PreviousEnd));
        }

        return Finish(NodeKind.AssignmentPattern, start, target, ParseAssignment());
    }

    /// <summary>TypeScript's <c>?</c> and <c>: T</c> behind a target, which then ends behind them.</summary>
    private int ParseAnnotation(int target)
    {
        if (!_isTypeScript)
        {
            return target;
        }

        if (Kind == TokenKind.Question)
        {
            NodeAt(target).Flags |= NodeFlags.Optional;
            Next();
            NodeAt(target).End = _lexer.PreviousEnd;
        }

        if (Kind == TokenKind.Colon)
        {
            return Annotate(target);
        }

        return target;
    }

    // Reads the type of a target, which is numbered anew, since children have smaller numbers.
    private int Annotate(int target)
    {
        var node = NodeAt(target);
        if (target == _nodeCount)
        {
            _nodeCount--;
        }
        else
        {
            NodeAt(target) = default;
        }

        var annotation = ParseTypeAnnotation();
        return Finish(node.Kind, node.Start, node.A, annotation, node.C, node.Flags, node.Detail);
    }

    private NodeFlags ParseParameterModifiers()
    {
        var flags = NodeFlags.None;
        while (
            Kind == TokenKind.Identifier
            && ModifierOf(_lexer.Name) is var modifier
            && modifier is NodeFlags.Public or NodeFlags.Private or NodeFlags.Protected or NodeFlags.Readonly or NodeFlags.Override
        )
        {
            var next = PeekKind(out _);
            if (!(next.IsWord || next is TokenKind.OpenBrace or TokenKind.OpenBracket or TokenKind.Ellipsis))
            {
                break;
            }

            if ((flags & modifier) != 0)
            {
                _diagnostics.DuplicateModifier(TokenSpan);
            }

            flags |= modifier;
            Next();
        }

        return flags;
    }

    /// <summary>The statements of a function in braces.</summary>
    /// <param name="isStrict">Whether the code in it is strict.</param>
    private int ParseFunctionBlock(out bool isStrict)
    {
        var start = Start;
        var saved = EnterFunction();
        var context = _context;
        _context &= ~(
            ParserContext.Ambient
            | ParserContext.Parameters
            | ParserContext.Break
            | ParserContext.Continue
            | ParserContext.Decorator
            | ParserContext.Consequent
            | ParserContext.Namespace
        );
        _context |= ParserContext.In;
        if (!Expect(TokenKind.OpenBrace))
        {
            isStrict = IsStrict;
            _context = context;
            LeaveFunction(saved);
            return Add(NodeKind.BlockStatement, Start, Start);
        }

        var list = BeginList();
        ParseDirectives();
        ParseStatements(start);
        isStrict = IsStrict;
        _context = context;
        CloseBrace();
        LeaveFunction(saved);
        return Finish(NodeKind.BlockStatement, start, EndList(list));
    }

    // Directives change how the rest is read, and are statements all the same.
    private void ParseDirectives()
    {
        while (Kind == TokenKind.String)
        {
            var isUseStrict = _source.Span(TokenSpan) is "\"use strict\"" or "'use strict'";
            var statement = ParseStatementListItem();
            Push(statement);
            ref var node = ref NodeAt(statement);
            if (node.Kind != NodeKind.ExpressionStatement || KindOf(node.A) != NodeKind.StringLiteral || (NodeAt(node.A).Flags & NodeFlags.Parenthesized) != 0)
            {
                return;
            }

            node.Flags |= NodeFlags.Directive;
            if (isUseStrict)
            {
                _context |= ParserContext.Strict;
                CheckDirectivesBefore();
            }
        }
    }

    // An octal escape before "use strict" is wrong as well (ECMA-262 12.9.4.1).
    private void CheckDirectivesBefore()
    {
        for (
            var at = _pendingCount - 1;
            at >= 0 && KindOf(_pending[at]) == NodeKind.ExpressionStatement && (NodeAt(_pending[at]).Flags & NodeFlags.Directive) != 0;
            at--
        )
        {
            var literal = NodeAt(NodeAt(_pending[at]).A);
            if ((literal.Flags & NodeFlags.Escaped) != 0 && LiteralValues.HasLegacyOctal(_source.Content.AsSpan(literal.Start, literal.End - literal.Start)))
            {
                _diagnostics.LegacyOctal(new(literal.Start, literal.End));
            }
        }
    }

    // "use strict" in a body is about the name and the parameters too, and needs simple parameters.
    private void CheckStrictFunction(int id, int parameters, bool isSimple, bool turnedStrict, int body)
    {
        if (!isSimple && SaysUseStrict(body))
        {
            _diagnostics.StrictWithPatterns(new(StartOf(body), StartOf(body) + 1));
        }

        if (!turnedStrict)
        {
            return;
        }

        if (id != 0)
        {
            CheckStrictName(id);
        }

        foreach (var parameter in ItemsOf(parameters))
        {
            CheckStrictName(parameter);
        }
    }

    private bool SaysUseStrict(int body)
    {
        if (KindOf(body) != NodeKind.BlockStatement)
        {
            return false;
        }

        foreach (var statement in ItemsOf(NodeAt(body).A))
        {
            if (KindOf(statement) != NodeKind.ExpressionStatement || (NodeAt(statement).Flags & NodeFlags.Directive) == 0)
            {
                return false;
            }

            var literal = NodeAt(NodeAt(statement).A);
            if (_source.Span(new(literal.Start, literal.End)) is "\"use strict\"" or "'use strict'")
            {
                return true;
            }
        }

        return false;
    }

    // Labels and the places of `yield` and `await` end at a function's border.
    private FunctionState EnterFunction()
    {
        var state = new FunctionState(_labels, _lastYield, _lastAwait, _lastAwaitName);
        _labels = null;
        return state;
    }

    private void LeaveFunction(FunctionState state)
    {
        (_labels, _lastYield, _lastAwait, _lastAwaitName) = (state.Labels, state.LastYield, state.LastAwait, state.LastAwaitName);
    }

    private readonly record struct FunctionState(Dictionary<int, bool>? Labels, int LastYield, int LastAwait, int LastAwaitName);
}
