namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Exports (ECMA-262 16.2.3) with TypeScript's forms.</remarks>
internal sealed partial class Parser
{
    private int ParseExport(int decorators)
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
                return ParseExportDefault(exportStart, decorators);
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
                return ParseExportedDeclaration(exportStart, decorators);
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

    private int ParseExportedDeclaration(int start, int decorators)
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

    private int ParseExportedWord()
    {
        var declaration = ParseDeclarationOfWord();
        if (declaration > 0 && KindOf(declaration) == NodeKind.VariableDeclaration && NodeAt(declaration).Detail >= (byte)VariableKind.Using)
        {
            _diagnostics.ExportOfUsing(new(StartOf(declaration), NodeAt(declaration).End));
        }

        return declaration;
    }

    private int ParseExportDefault(int start, int decorators)
    {
        var value = Start;
        if (decorators != 0 && Kind is not (TokenKind.Class or TokenKind.At) && !IsWord(WellKnownNames.Abstract))
        {
            Missing("a class behind the decorator");
        }

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
        while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile) && !IsStatementInsteadOfName())
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
