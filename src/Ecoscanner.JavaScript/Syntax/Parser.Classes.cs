namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Classes (ECMA-262 15.7) with TypeScript's modifiers, and decorators.</remarks>
internal sealed partial class Parser
{
    // Words that go before a member; they follow one another in this order in TypeScript, which says so where they do not.
    private static NodeFlags ModifierOf(int name) =>
        name switch
        {
            WellKnownNames.Public => NodeFlags.Public,
            WellKnownNames.Private => NodeFlags.Private,
            WellKnownNames.Protected => NodeFlags.Protected,
            WellKnownNames.Declare => NodeFlags.Declare,
            WellKnownNames.Abstract => NodeFlags.Abstract,
            WellKnownNames.Override => NodeFlags.Override,
            WellKnownNames.Readonly => NodeFlags.Readonly,
            _ => NodeFlags.None,
        };

    private int ParseDecorators()
    {
        var list = BeginList();
        while (Kind == TokenKind.At)
        {
            Push(ParseDecorator());
        }

        return EndList(list);
    }

    private int ParseDecorator()
    {
        var start = Start;
        Next();
        var context = _context;
        _context |= ParserContext.Decorator;
        var expression = ParseLeftHandSide();
        _context = context;
        return Finish(NodeKind.Decorator, start, expression);
    }

    /// <summary>At the word <c>class</c>; decorators were read before, at <paramref name="start"/>.</summary>
    private int ParseClass(int start, bool isDeclaration, int decorators, NodeFlags flags = NodeFlags.None, bool nameIsOptional = false)
    {
        if (!Expect(TokenKind.Class))
        {
            return Finish(NodeKind.InvalidExpression, start, 0);
        }

        var context = _context;
        _context |= ParserContext.Strict;
        var id = 0;
        if (Kind is TokenKind.Identifier or TokenKind.EscapedKeyword && !(IsWord(WellKnownNames.Implements) && _isTypeScript && IsImplementsClause()))
        {
            id = ParseBindingIdentifier();
        }
        else if (isDeclaration && !nameIsOptional)
        {
            Missing("a name");
        }

        var typeParameters = ParseOptionalTypeParameters(NodeFlags.In | NodeFlags.Out | NodeFlags.Const);
        var superClass = 0;
        var superTypeArguments = 0;
        var implements = 0;
        if (TryEat(TokenKind.Extends))
        {
            ParseHeritage(out superClass, out superTypeArguments);
        }

        if (_isTypeScript && TryEatWord(WellKnownNames.Implements))
        {
            implements = ParseHeritageList(NodeKind.TSClassImplements);
            if (Kind == TokenKind.Extends)
            {
                _diagnostics.ExtendsAfterImplements(TokenSpan);
                Next();
                ParseHeritage(out superClass, out superTypeArguments);
            }
        }

        var body = ParseClassBody(superClass != 0, flags);
        _context = context;
        var kind = isDeclaration ? NodeKind.ClassDeclaration : NodeKind.ClassExpression;
        return FinishWide(kind, start, [decorators, id, typeParameters, superClass, superTypeArguments, implements, body], flags);
    }

    // `class implements A {}` has no name; `class implements {}` is called so, if the code were not strict.
    private bool IsImplementsClause() => PeekKind() is var next && (next.IsWord || next is TokenKind.OpenBrace);

    private void ParseHeritage(out int superClass, out int typeArguments)
    {
        var context = _context;
        _context &= ~ParserContext.Decorator;
        superClass = ParseLeftHandSide();
        _context = context;
        typeArguments = 0;
        if (KindOf(superClass) == NodeKind.TSInstantiationExpression && (NodeAt(superClass).Flags & NodeFlags.Parenthesized) == 0)
        {
            typeArguments = NodeAt(superClass).B;
            superClass = NodeAt(superClass).A;
        }
        else if (_isTypeScript && Kind is TokenKind.LessThan or TokenKind.LessThanLessThan)
        {
            typeArguments = ParseTypeArguments();
        }

        if (_isTypeScript && Kind == TokenKind.Comma)
        {
            _diagnostics.OneSuperClass(TokenSpan);
            while (TryEat(TokenKind.Comma))
            {
                ParseLeftHandSide();
            }
        }
    }

    private int ParseClassBody(bool isDerived, NodeFlags classFlags)
    {
        var start = Start;
        var context = _context;
        _context &= ~(ParserContext.Decorator | ParserContext.Consequent | ParserContext.Parameters);
        _context |= ParserContext.In;
        if (!Expect(TokenKind.OpenBrace))
        {
            _context = context;
            return Add(NodeKind.ClassBody, Start, Start);
        }

        var names = EnterPrivateNames();
        var hasConstructor = false;
        var list = BeginList();
        var failed = _failed;
        var outer = _statementStart;
        while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile) && !IsBraceMissing(start, outer))
        {
            if (TryEat(TokenKind.Semicolon))
            {
                continue;
            }

            var before = Start;
            _statementStart = before;
            _failed = false;
            var member = ParseMember(isDerived, classFlags, ref hasConstructor);
            Push(member);
            if (_failed)
            {
                Recover(before);
                if (Start == before && Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
                {
                    Next();
                }
            }
        }

        _failed = failed;
        _statementStart = outer;
        LeavePrivateNames(names);
        _context = context;
        CloseBrace();
        return Finish(NodeKind.ClassBody, start, EndList(list));
    }

    private int ParseMember(bool isDerived, NodeFlags classFlags, ref bool hasConstructor)
    {
        var start = Start;
        var decorators = Kind == TokenKind.At ? ParseDecorators() : 0;
        var flags = NodeFlags.None;
        var isAccessor = false;
        while (Kind == TokenKind.Identifier && (_lexer.Flags & TokenFlags.Escaped) == 0)
        {
            var name = _lexer.Name;
            var isStatic = name == WellKnownNames.Static;
            var isAccessorWord = name == WellKnownNames.Accessor;
            var modifier = _isTypeScript ? ModifierOf(name) : NodeFlags.None;
            if (!isStatic && !isAccessorWord && modifier == NodeFlags.None)
            {
                break;
            }

            var next = PeekKind(out var newLineBefore);
            if (isStatic && next == TokenKind.OpenBrace)
            {
                if (flags != 0 || decorators != 0)
                {
                    _diagnostics.ModifierHere(TokenSpan, "static");
                }

                Next();
                return ParseStaticBlock(start);
            }

            if (!IsMemberAhead(next) || (newLineBefore && !isStatic))
            {
                break;
            }

            if (isStatic)
            {
                modifier = NodeFlags.Static;
            }

            CheckModifier(flags, modifier, isAccessor, classFlags, isDerived);
            isAccessor |= isAccessorWord;
            flags |= modifier;
            Next();
        }

        if (_isTypeScript && Kind == TokenKind.OpenBracket && IsIndexSignature())
        {
            return ParseIndexSignature(start, flags);
        }

        return ParseMemberOf(start, decorators, flags, isAccessor, isDerived, ref hasConstructor);
    }

    // Whether a word before that token is a modifier, and not a name itself.
    private bool IsMemberAhead(TokenKind next) => StartsPropertyName(next) || next == TokenKind.Asterisk || (next == TokenKind.At && _isTypeScript);

    private int ParseStaticBlock(int start)
    {
        var context = _context;
        _context =
            (context & (ParserContext.Strict | ParserContext.Ambient))
            | ParserContext.In
            | ParserContext.NewTarget
            | ParserContext.SuperProperty
            | ParserContext.ClassInitializer
            | ParserContext.StaticBlock;
        var saved = EnterFunction();
        var open = Start;
        var list = BeginList();
        if (Expect(TokenKind.OpenBrace))
        {
            ParseStatements(open);
        }

        LeaveFunction(saved);
        _context = context;
        CloseBrace();
        return Finish(NodeKind.StaticBlock, start, EndList(list));
    }

    // From `async`, `get`, `set`, `*` or the name on.
    private int ParseMemberOf(int start, int decorators, NodeFlags flags, bool isAccessor, bool isDerived, ref bool hasConstructor)
    {
        var function = NodeFlags.None;
        var kind = MethodKind.Normal;
        if (Kind == TokenKind.Identifier && _lexer.Name is WellKnownNames.Async or WellKnownNames.Get or WellKnownNames.Set && IsModifierOfProperty())
        {
            if (_lexer.Name == WellKnownNames.Async)
            {
                function |= NodeFlags.Async;
            }
            else
            {
                kind = _lexer.Name == WellKnownNames.Get ? MethodKind.Get : MethodKind.Set;
            }

            Next();
        }

        if (kind == MethodKind.Normal && TryEat(TokenKind.Asterisk))
        {
            function |= NodeFlags.Generator;
        }

        var key = ParseMemberName(out var isComputed);
        if (isComputed)
        {
            flags |= NodeFlags.Computed;
        }

        if (_isTypeScript && Kind is TokenKind.Question)
        {
            flags |= NodeFlags.Optional;
            Next();
        }
        else if (_isTypeScript && Kind == TokenKind.Exclamation && !_lexer.NewLineBefore)
        {
            flags |= NodeFlags.Definite;
            Next();
        }

        CheckPrivateModifiers(key, flags);
        var isMethod = Kind == TokenKind.OpenParenthesis || (Kind == TokenKind.LessThan && _isTypeScript);
        CheckMemberName(key, isComputed, flags, function, kind, isMethod || kind != MethodKind.Normal);
        if (isMethod || kind != MethodKind.Normal || function != 0)
        {
            if (isAccessor)
            {
                _diagnostics.ModifierHere(new(start, StartOf(key)), "accessor");
            }

            return ParseMethodMember(start, decorators, key, flags, function, kind, isDerived, ref hasConstructor);
        }

        return ParseField(start, decorators, key, flags, isAccessor);
    }

    private int ParseMemberName(out bool isComputed)
    {
        if (IsStatementInsteadOfName())
        {
            isComputed = false;
            Missing("a name");
            return Add(NodeKind.Identifier, Start, Start);
        }

        if (Kind != TokenKind.PrivateIdentifier)
        {
            return ParsePropertyName(out isComputed);
        }

        isComputed = false;
        return ParsePrivateIdentifier();
    }

    private int ParseMethodMember(
        int start,
        int decorators,
        int key,
        NodeFlags flags,
        NodeFlags function,
        MethodKind kind,
        bool isDerived,
        ref bool hasConstructor
    )
    {
        var allowed = ParserContext.None;
        if (kind == MethodKind.Normal && function == 0 && (flags & (NodeFlags.Static | NodeFlags.Computed)) == 0 && IsConstructorName(key))
        {
            kind = MethodKind.Constructor;
            allowed = isDerived ? ParserContext.SuperCall : 0;
        }

        var value = ParseMethod(function, kind, allowed, mayLackBody: true);
        if (kind == MethodKind.Constructor && KindOf(value) == NodeKind.FunctionExpression)
        {
            if (hasConstructor)
            {
                _diagnostics.DuplicateConstructor(new(StartOf(key), NodeAt(key).End));
            }

            hasConstructor = true;
        }

        if (kind == MethodKind.Constructor && (flags & NodeFlags.Abstract) != 0)
        {
            _diagnostics.ModifierHere(new(start, StartOf(key)), "abstract");
        }

        if ((flags & NodeFlags.Declare) != 0)
        {
            _diagnostics.ModifierHere(new(start, StartOf(key)), "declare");
        }

        if ((flags & NodeFlags.Definite) != 0)
        {
            _diagnostics.DefiniteHere(new(StartOf(key), StartOf(value)));
        }

        if (kind == MethodKind.Constructor && decorators != 0)
        {
            _diagnostics.DecoratorsOfConstructor(new(start, StartOf(key)));
        }

        if (kind == MethodKind.Constructor && WideField(value, 1) is > 0 and var typeParameters)
        {
            _diagnostics.ConstructorTypeParameters(new(StartOf(typeParameters), NodeAt(typeParameters).End));
        }

        if (kind != MethodKind.Normal && (flags & NodeFlags.Optional) != 0)
        {
            _diagnostics.OptionalHere(new(StartOf(key), StartOf(value)));
        }

        DeclarePrivateName(key, kind, flags);
        CheckAbstract(flags, value);
        var nodeKind = (flags & NodeFlags.Abstract) != 0 ? NodeKind.TSAbstractMethodDefinition : NodeKind.MethodDefinition;
        return Finish(nodeKind, start, decorators, key, value, flags, (byte)kind);
    }

    private void CheckAbstract(NodeFlags flags, int value)
    {
        if ((flags & NodeFlags.Abstract) != 0 && KindOf(value) == NodeKind.FunctionExpression)
        {
            _diagnostics.AbstractWithBody(new(StartOf(value), StartOf(value) + 1));
        }
    }

    private bool IsConstructorName(int key) =>
        (KindOf(key) == NodeKind.Identifier && NodeAt(key).A == WellKnownNames.Constructor) || IsStringOf(key, "constructor");

    private int ParseField(int start, int decorators, int key, NodeFlags flags, bool isAccessor)
    {
        var annotation = _isTypeScript && Kind == TokenKind.Colon ? ParseTypeAnnotation() : 0;
        var value = 0;
        if (TryEat(TokenKind.Equals))
        {
            var context = _context;
            _context =
                (context & (ParserContext.Strict | ParserContext.Ambient))
                | ParserContext.In
                | ParserContext.NewTarget
                | ParserContext.SuperProperty
                | ParserContext.ClassInitializer;
            var saved = EnterFunction();
            value = ParseAssignment();
            LeaveFunction(saved);
            _context = context;
            if ((flags & NodeFlags.Abstract) != 0)
            {
                _diagnostics.AbstractWithBody(new(StartOf(value), NodeAt(value).End));
            }
        }

        CheckField(key, annotation, value, flags);
        DeclarePrivateName(key, MethodKind.Normal, flags, isField: true);
        EndStatement();
        var isAbstract = (flags & NodeFlags.Abstract) != 0;
        var kind =
            isAccessor ? (isAbstract ? NodeKind.TSAbstractAccessorProperty : NodeKind.AccessorProperty)
            : isAbstract ? NodeKind.TSAbstractPropertyDefinition
            : NodeKind.PropertyDefinition;
        return FinishWide(kind, start, [decorators, key, annotation, value], flags);
    }

    // Names that the language keeps for itself (ECMA-262 15.7.1).
    private void CheckMemberName(int key, bool isComputed, NodeFlags flags, NodeFlags function, MethodKind kind, bool isMethod)
    {
        if (isComputed)
        {
            return;
        }

        var span = new Text.TextSpan(StartOf(key), NodeAt(key).End);
        var isStatic = (flags & NodeFlags.Static) != 0;
        if (KindOf(key) == NodeKind.PrivateIdentifier)
        {
            if (NodeAt(key).A == WellKnownNames.Constructor)
            {
                _diagnostics.ConstructorName(span, "#constructor");
            }

            return;
        }

        if (isStatic && ((KindOf(key) == NodeKind.Identifier && NodeAt(key).A == WellKnownNames.Prototype) || IsStringOf(key, "prototype")))
        {
            _diagnostics.ConstructorName(span, "static prototype");
        }

        if (IsConstructorName(key) && (!isMethod ? true : !isStatic && (kind != MethodKind.Normal || function != 0)))
        {
            _diagnostics.ConstructorName(span, isMethod ? "a getter, setter, generator or async constructor" : "a field named constructor");
        }
    }
}
