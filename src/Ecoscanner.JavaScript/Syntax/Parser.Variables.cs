namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Declarations of variables (ECMA-262 14.3), and telling their words from names.</remarks>
internal sealed partial class Parser
{
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
        if (
            !Allows(ParserContext.Await)
            && (_options.Goal != SourceGoal.Unknown || Allows(ParserContext.Return | ParserContext.StaticBlock | ParserContext.ClassInitializer))
        )
        {
            return false;
        }

        var mark = _lexer.Mark();
        var diagnostics = _diagnostics.Count;
        _lexer.Next();
        var isUsing =
            IsWord(WellKnownNames.Using)
            && !_lexer.NewLineBefore
            && PeekKind(out var newLineBefore) is TokenKind.Identifier or TokenKind.EscapedKeyword
            && !newLineBefore;
        _lexer.Reset(mark);
        _diagnostics.Truncate(diagnostics);
        return isUsing;
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
