namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Imports and exports (ECMA-262 16.2) with TypeScript's forms.</remarks>
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
        while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
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
        while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
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

    private int ParseExport(int start, int decorators)
    {
        CheckTopLevel(Start);
        BecomeModule(Start);
        CheckUnescaped();
        if (decorators != 0 && PeekKind() is not (TokenKind.Class or TokenKind.Default or TokenKind.Identifier))
        {
            Missing("a class behind the decorator");
        }

        // Decorators before `export` belong to the class, and the export starts at its own word.
        var exportStart = Start;
        Next();
        switch (Kind)
        {
            case TokenKind.Default:
                Next();
                return ParseExportDefault(exportStart, start, decorators);
            case TokenKind.Asterisk:
                return ParseExportAll(exportStart, NodeFlags.None);
            case TokenKind.OpenBrace:
                return ParseExportList(exportStart, NodeFlags.None);
            case TokenKind.Equals when _isTypeScript:
                Next();
                var assigned = ParseExpression();
                EndStatement();
                return Finish(NodeKind.TSExportAssignment, exportStart, assigned);
            case TokenKind.Import when _isTypeScript:
                return ParseExportedImport(exportStart);
            case TokenKind.Identifier when _isTypeScript && ParseTypeScriptExport(exportStart) is > 0 and var special:
                return special;
            default:
                return ParseExportedDeclaration(exportStart, start, decorators);
        }
    }

    // export type { A }; export type * from "m"; export as namespace N; 0 where it is none of them.
    private int ParseTypeScriptExport(int start)
    {
        if (IsWord(WellKnownNames.As) && IsWordAfter(1, WellKnownNames.Namespace))
        {
            Next();
            Next();
            var id = ParseIdentifierName();
            EndStatement();
            return Finish(NodeKind.TSNamespaceExportDeclaration, start, id);
        }

        if (!IsWord(WellKnownNames.Type))
        {
            return 0;
        }

        switch (PeekKind())
        {
            case TokenKind.OpenBrace:
                Next();
                return ParseExportList(start, NodeFlags.TypeOnly);
            case TokenKind.Asterisk:
                Next();
                return ParseExportAll(start, NodeFlags.TypeOnly);
            default:
                return 0;
        }
    }

    private int ParseExportedDeclaration(int start, int classStart, int decorators)
    {
        if (Kind == TokenKind.At || decorators != 0)
        {
            var from = Start;
            var all = decorators;
            if (Kind == TokenKind.At)
            {
                if (decorators != 0)
                {
                    _diagnostics.DecoratorsOnBothSides(TokenSpan);
                }

                all = ParseDecorators();
            }

            var flags = ParseClassModifiers();
            var decorated = ParseClass(from, isDeclaration: true, all, flags);
            return FinishWide(NodeKind.ExportNamedDeclaration, start, [decorated, 0, 0, 0], TypeOnlyIfDeclared(decorated));
        }

        var declaration = Kind switch
        {
            TokenKind.Var => ParseVariables(VariableKind.Var),
            TokenKind.Const => _isTypeScript && PeekKind() == TokenKind.Enum ? ParseConstEnum() : ParseVariables(VariableKind.Const),
            TokenKind.Function => ParseFunctionDeclaration(Start, NodeFlags.None),
            TokenKind.Class => ParseClass(Start, isDeclaration: true, decorators: 0),
            TokenKind.Enum when _isTypeScript => ParseEnum(Start, NodeFlags.None),
            TokenKind.Identifier => ParseExportedWord(),
            _ => 0,
        };
        if (declaration == 0)
        {
            Missing("a declaration, \"{\", \"*\" or \"default\"");
            declaration = Add(NodeKind.InvalidExpression, Start, Start);
        }

        return FinishWide(NodeKind.ExportNamedDeclaration, start, [declaration, 0, 0, 0], TypeOnlyIfDeclared(declaration));
    }

    // What leaves nothing behind once types are taken away.
    private NodeFlags TypeOnlyIfDeclared(int declaration) =>
        KindOf(declaration) is NodeKind.TSInterfaceDeclaration or NodeKind.TSTypeAliasDeclaration || (NodeAt(declaration).Flags & NodeFlags.Declare) != 0
            ? NodeFlags.TypeOnly
            : NodeFlags.None;

    private int ParseExportedWord()
    {
        var declaration = ParseDeclarationOfWord();
        if (declaration > 0 && KindOf(declaration) == NodeKind.VariableDeclaration && NodeAt(declaration).Detail >= (byte)VariableKind.Using)
        {
            _diagnostics.ExportOfUsing(new(StartOf(declaration), NodeAt(declaration).End));
        }

        return declaration;
    }

    private int ParseExportDefault(int start, int classStart, int decorators)
    {
        var value = Start;
        int declaration;
        switch (Kind)
        {
            case TokenKind.Function:
                declaration = ParseFunctionDeclaration(value, NodeFlags.None, nameIsOptional: true);
                break;
            case TokenKind.Identifier when IsWord(WellKnownNames.Async) && PeekKind(out var newLineBefore) == TokenKind.Function && !newLineBefore:
                Next();
                declaration = ParseFunctionDeclaration(value, NodeFlags.Async, nameIsOptional: true);
                break;
            case TokenKind.Class:
                declaration = ParseClass(value, isDeclaration: true, decorators, nameIsOptional: true);
                break;
            case TokenKind.At:
                declaration = ParseDefaultDecorated(value, decorators);
                break;
            case TokenKind.Identifier when _isTypeScript && IsWord(WellKnownNames.Abstract) && PeekKind(out var lineBefore) == TokenKind.Class && !lineBefore:
                Next();
                declaration = ParseClass(value, isDeclaration: true, decorators, NodeFlags.Abstract, nameIsOptional: true);
                break;
            case TokenKind.Identifier when _isTypeScript && IsWord(WellKnownNames.Interface) && PeekKind(out var newLine) == TokenKind.Identifier && !newLine:
                declaration = ParseTypeScriptDeclaration(value, NodeFlags.None);
                break;
            default:
                declaration = ParseAssignment();
                EndStatement();
                break;
        }

        return Finish(NodeKind.ExportDefaultDeclaration, start, declaration);
    }

    private int ParseDefaultDecorated(int start, int decorators)
    {
        if (decorators != 0)
        {
            _diagnostics.DecoratorsOnBothSides(TokenSpan);
        }

        var own = ParseDecorators();
        var flags = _isTypeScript && TryEatWord(WellKnownNames.Abstract) ? NodeFlags.Abstract : NodeFlags.None;
        return ParseClass(start, isDeclaration: true, own, flags, nameIsOptional: true);
    }

    private int ParseExportAll(int start, NodeFlags flags)
    {
        Next();
        var exported = TryEatWord(WellKnownNames.As) ? ParseModuleName() : 0;
        if (!TryEatWord(WellKnownNames.From))
        {
            Missing("from");
        }

        var source = ParseModuleSource();
        var attributes = ParseAttributes();
        EndStatement();
        return Finish(NodeKind.ExportAllDeclaration, start, exported, source, attributes, flags);
    }

    private int ParseExportList(int start, NodeFlags flags)
    {
        var open = Start;
        var failed = _failed;
        Next();
        var list = BeginList();
        var first = Start;
        while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
        {
            Push(ParseExportSpecifier());
            if (!NextItem(TokenKind.CloseBrace, open, failed))
            {
                break;
            }
        }

        Expect(TokenKind.CloseBrace);
        var specifiers = EndList(list);
        var source = 0;
        var attributes = 0;
        if (TryEatWord(WellKnownNames.From))
        {
            source = ParseModuleSource();
            attributes = ParseAttributes();
        }
        else
        {
            CheckLocalExports(specifiers, first);
        }

        EndStatement();
        return FinishWide(NodeKind.ExportNamedDeclaration, start, [0, specifiers, source, attributes], flags);
    }

    private int ParseExportSpecifier()
    {
        var start = Start;
        var flags = NodeFlags.None;
        if (_isTypeScript && IsWord(WellKnownNames.Type) && IsSpecifierModifier())
        {
            flags = NodeFlags.TypeOnly;
            Next();
        }

        var local = ParseModuleName();
        if (TryEatWord(WellKnownNames.As))
        {
            return Finish(NodeKind.ExportSpecifier, start, local, ParseModuleName(), flags: flags);
        }

        // The same name twice; as two nodes, so that each has one parent.
        var copy = NodeAt(local);
        var exported = Add(copy.Kind, copy.Start, copy.End, copy.A, copy.B, copy.C, copy.Flags, copy.Detail);
        return Finish(NodeKind.ExportSpecifier, start, local, exported, flags: flags);
    }

    // Without `from`, what is exported is a name of this module, and no word that can't be one.
    private void CheckLocalExports(int specifiers, int start)
    {
        foreach (var specifier in ItemsOf(specifiers))
        {
            var local = NodeAt(NodeAt(specifier).A);
            if (local.Kind == NodeKind.StringLiteral)
            {
                _diagnostics.StringExportWithoutFrom(new(local.Start, local.End));
            }
            else if (
                local.A <= WellKnownNames.LastReserved
                || (local.A is >= WellKnownNames.FirstStrictReserved and <= WellKnownNames.LastStrictReserved && start >= 0 && !_isTypeScript)
            )
            {
                _diagnostics.ReservedName(new(local.Start, local.End), _names.Text(local.A));
            }
        }
    }
}
