namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Imports (ECMA-262 16.2.2) with TypeScript's forms, and what they share with exports.</remarks>
internal sealed partial class Parser
{
    // Modules are strict and await; what was read before the first import or export was read as either.
    private void BecomeModule(int start)
    {
        if (_options.Goal == SourceGoal.Script)
        {
            _diagnostics.ModuleSyntaxInScript(new(start, _lexer.End));
        }

        _isModule = true;
        _lexer.HtmlComments = false;
        if (!Allows(ParserContext.Return | ParserContext.Namespace))
        {
            _context |= ParserContext.Strict;
        }
    }

    private void CheckTopLevel(int start)
    {
        if (_depth > 1 || Allows(ParserContext.Return))
        {
            if (!Allows(ParserContext.Namespace))
            {
                _diagnostics.ModuleSyntaxInside(new(start, _lexer.End));
            }
        }
    }

    private int ParseImport()
    {
        var start = Start;
        CheckTopLevel(start);
        BecomeModule(start);
        CheckUnescaped();
        Next();
        if (Kind == TokenKind.String)
        {
            return ParseImportFrom(start, 0, NodeFlags.None, ImportPhase.Evaluation);
        }

        var flags = NodeFlags.None;
        var phase = ImportPhase.Evaluation;
        if (_isTypeScript && IsWord(WellKnownNames.Type) && IsImportModifier())
        {
            flags = NodeFlags.TypeOnly;
            Next();
        }
        else if ((IsWord(WellKnownNames.Defer) || IsWord(WellKnownNames.Source)) && IsPhase())
        {
            phase = _lexer.Name == WellKnownNames.Defer ? ImportPhase.Defer : ImportPhase.Source;
            Next();
        }

        var list = BeginList();
        if (Kind is TokenKind.Identifier or TokenKind.EscapedKeyword)
        {
            var local = ParseBindingIdentifier();
            if (_isTypeScript && Kind == TokenKind.Equals)
            {
                return ParseImportEquals(start, local, flags);
            }

            Push(Finish(NodeKind.ImportDefaultSpecifier, StartOf(local), local));
            if (!TryEat(TokenKind.Comma))
            {
                return ParseImportRest(start, EndList(list), flags, phase);
            }
        }

        if ((flags & NodeFlags.TypeOnly) != 0 && _pendingCount > list)
        {
            _diagnostics.TypeImportOfBoth(new(start, _lexer.End));
        }

        switch (Kind)
        {
            case TokenKind.Asterisk:
                Push(ParseNamespaceImport());
                break;
            case TokenKind.OpenBrace:
                ParseImportSpecifiers();
                break;
            default:
                Missing("names to import");
                break;
        }

        return ParseImportRest(start, EndList(list), flags, phase);
    }

    // `type` before a name, `*` or `{`, and not itself the name: import type from "m".
    private bool IsImportModifier()
    {
        var next = PeekKind();
        if (next is TokenKind.OpenBrace or TokenKind.Asterisk)
        {
            return true;
        }

        if (!next.IsWord || next.IsKeyword)
        {
            return false;
        }

        var mark = _lexer.Mark();
        Next();
        var isFrom = IsWord(WellKnownNames.From);
        var after = PeekKind();
        _lexer.Reset(mark);

        // import type from from "m"; import type from = require("m")
        return !isFrom || after is TokenKind.Equals || (after == TokenKind.Identifier && IsWordAfter(2, WellKnownNames.From));
    }

    private bool IsPhase()
    {
        var next = PeekKind();
        if (next == TokenKind.Asterisk)
        {
            return _lexer.Name == WellKnownNames.Defer;
        }

        if (_lexer.Name != WellKnownNames.Source || next != TokenKind.Identifier)
        {
            return false;
        }

        return !IsWordAfter(1, WellKnownNames.From) || IsWordAfter(2, WellKnownNames.From);
    }

    private bool IsWordAfter(int tokens, int name)
    {
        var mark = _lexer.Mark();
        for (var token = 0; token < tokens; token++)
        {
            Next();
        }

        var isWord = IsWord(name);
        _lexer.Reset(mark);
        return isWord;
    }

    private int ParseNamespaceImport()
    {
        var start = Start;
        Next();
        if (!TryEatWord(WellKnownNames.As))
        {
            Missing("as");
        }

        return Finish(NodeKind.ImportNamespaceSpecifier, start, ParseBindingIdentifier());
    }

    private void ParseImportSpecifiers()
    {
        var open = Start;
        var failed = _failed;
        Next();
        while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile) && !IsStatementInsteadOfName())
        {
            Push(ParseImportSpecifier());
            if (!NextItem(TokenKind.CloseBrace, open, failed))
            {
                break;
            }
        }

        Expect(TokenKind.CloseBrace);
    }

    private int ParseImportSpecifier()
    {
        var start = Start;
        var flags = NodeFlags.None;
        if (_isTypeScript && IsWord(WellKnownNames.Type) && IsSpecifierModifier())
        {
            flags = NodeFlags.TypeOnly;
            Next();
        }

        var token = _lexer.Mark();
        var imported = ParseModuleName();
        if (TryEatWord(WellKnownNames.As))
        {
            return Finish(NodeKind.ImportSpecifier, start, imported, ParseBindingIdentifier(), flags: flags);
        }

        if (token.Kind is not (TokenKind.Identifier or TokenKind.EscapedKeyword))
        {
            Missing("as");
        }

        CheckReference(token);
        var local = Finish(NodeKind.Identifier, token.Start, token.Name, flags: NodeAt(imported).Flags);
        CheckBinding(local);
        return Finish(NodeKind.ImportSpecifier, start, imported, local, flags: flags);
    }

    // { type }, { type as x }, { type as as x } and { type a }: whether `type` is a modifier.
    private bool IsSpecifierModifier()
    {
        var next = PeekKind();
        if (!next.IsWord && next != TokenKind.String)
        {
            return false;
        }

        if (!IsWordAfter(1, WellKnownNames.As))
        {
            return true;
        }

        if (!IsWordAfter(2, WellKnownNames.As))
        {
            var mark = _lexer.Mark();
            Next();
            var after = PeekKind();
            _lexer.Reset(mark);
            return !after.IsWord && after != TokenKind.String;
        }

        var second = _lexer.Mark();
        Next();
        Next();
        var third = PeekKind();
        _lexer.Reset(second);
        return third.IsWord || third == TokenKind.String;
    }

    // A name or, since ES2022, a string without lone surrogates.
    private int ParseModuleName()
    {
        if (Kind != TokenKind.String)
        {
            return ParseIdentifierName();
        }

        var text = ParseString();
        if (LiteralValues.HasLoneSurrogate(_source.Content.AsSpan(StartOf(text), NodeAt(text).End - StartOf(text))))
        {
            _diagnostics.LoneSurrogateName(new(StartOf(text), NodeAt(text).End));
        }

        return text;
    }

    private int ParseImportRest(int start, int specifiers, NodeFlags flags, ImportPhase phase)
    {
        if (!TryEatWord(WellKnownNames.From))
        {
            Missing("from");
        }

        return ParseImportFrom(start, specifiers, flags, phase);
    }

    private int ParseImportFrom(int start, int specifiers, NodeFlags flags, ImportPhase phase)
    {
        var source = ParseModuleSource();
        var attributes = ParseAttributes();
        EndStatement();
        return Finish(NodeKind.ImportDeclaration, start, specifiers, source, attributes, flags, (byte)phase);
    }

    private int ParseModuleSource()
    {
        if (Kind == TokenKind.String)
        {
            return ParseString();
        }

        Missing("the name of a module");
        return Add(NodeKind.StringLiteral, Start, Start);
    }

    // with { type: "json" }; before ES2025 it was `assert`, which much code still has.
    private int ParseAttributes()
    {
        if (Kind != TokenKind.With && !(IsWord(WellKnownNames.Assert) && !_lexer.NewLineBefore))
        {
            return 0;
        }

        Next();
        Expect(TokenKind.OpenBrace);
        var list = BeginList();
        while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile) && !IsStatementInsteadOfName())
        {
            Push(ParseAttribute(list));
            if (Kind != TokenKind.CloseBrace && !Expect(TokenKind.Comma))
            {
                break;
            }
        }

        Expect(TokenKind.CloseBrace);
        return EndList(list);
    }

    private int ParseAttribute(int list)
    {
        var start = Start;
        var key = Kind == TokenKind.String ? ParseString() : ParseIdentifierName();
        for (var item = list; item < _pendingCount; item++)
        {
            if (NameOfKey(NodeAt(_pending[item]).A) == NameOfKey(key))
            {
                _diagnostics.DuplicateAttribute(new(StartOf(key), NodeAt(key).End));
                break;
            }
        }

        Expect(TokenKind.Colon);
        var value = ParseModuleSource();
        return Finish(NodeKind.ImportAttribute, start, key, value);
    }

    private string NameOfKey(int key)
    {
        ref readonly var node = ref NodeAt(key);
        return node.Kind == NodeKind.Identifier
            ? _names.Text(node.A)
            : LiteralValues.Unescape(_source.Content.AsSpan(node.Start + 1, Math.Max(0, node.End - node.Start - 2)));
    }

    // What leaves nothing behind once types are taken away.
    private NodeFlags TypeOnlyIfDeclared(int declaration) =>
        KindOf(declaration) is NodeKind.TSInterfaceDeclaration or NodeKind.TSTypeAliasDeclaration || (NodeAt(declaration).Flags & NodeFlags.Declare) != 0
            ? NodeFlags.TypeOnly
            : NodeFlags.None;
}
