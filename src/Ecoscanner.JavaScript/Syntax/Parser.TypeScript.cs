namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>TypeScript's declarations.</remarks>
internal sealed partial class Parser
{
    /// <summary>At a word that may begin a declaration; 0 where it is a name.</summary>
    /// <param name="start">Where the declaration starts.</param>
    /// <param name="flags">What stood before: <see cref="NodeFlags.Declare"/>.</param>
    private int ParseTypeScriptDeclaration(int start, NodeFlags flags)
    {
        switch (_lexer.Name)
        {
            case WellKnownNames.Type when IsNameOnLine():
                return ParseTypeAlias(start, flags);
            case WellKnownNames.Interface when IsNameOnLine():
                return ParseInterface(start, flags);
            case WellKnownNames.Namespace when IsNameOnLine():
                return ParseModuleDeclaration(start, flags, ModuleWord.Namespace);
            case WellKnownNames.Module when IsNameOnLine() || (PeekKind(out var newLineBefore) == TokenKind.String && !newLineBefore):
                return ParseModuleDeclaration(start, flags, ModuleWord.Module);
            case WellKnownNames.Global when Allows(ParserContext.Ambient) && PeekKind() == TokenKind.OpenBrace:
                return ParseModuleDeclaration(start, flags, ModuleWord.Global);
            case WellKnownNames.Abstract when PeekKind(out var lineBefore) == TokenKind.Class && !lineBefore:
                Next();
                return ParseClass(start, isDeclaration: true, decorators: 0, flags | NodeFlags.Abstract);
            case WellKnownNames.Declare when flags == NodeFlags.None && IsDeclare():
                return ParseDeclare(start);
            default:
                return 0;
        }
    }

    private bool IsNameOnLine() => PeekKind(out var newLineBefore) is TokenKind.Identifier or TokenKind.EscapedKeyword && !newLineBefore;

    private bool IsDeclare()
    {
        var next = PeekKind(out var newLineBefore);
        if (newLineBefore)
        {
            return false;
        }

        if (next is TokenKind.Var or TokenKind.Const or TokenKind.Function or TokenKind.Class or TokenKind.Enum or TokenKind.Import)
        {
            return true;
        }

        if (next != TokenKind.Identifier)
        {
            return false;
        }

        var mark = _lexer.Mark();
        Next();
        var isDeclaration = _lexer.Name switch
        {
            WellKnownNames.Let => PeekKind() is TokenKind.Identifier or TokenKind.OpenBrace or TokenKind.OpenBracket,
            WellKnownNames.Type or WellKnownNames.Interface or WellKnownNames.Namespace => IsNameOnLine(),
            WellKnownNames.Module => IsNameOnLine() || PeekKind() == TokenKind.String,
            WellKnownNames.Global => PeekKind() == TokenKind.OpenBrace,
            WellKnownNames.Abstract => PeekKind() == TokenKind.Class,
            WellKnownNames.Async => PeekKind() == TokenKind.Function,
            WellKnownNames.Using => IsUsingDeclaration(),
            _ => false,
        };
        _lexer.Reset(mark);
        return isDeclaration;
    }

    private int ParseDeclare(int start)
    {
        Next();
        var context = _context;
        _context |= ParserContext.Ambient;
        var declaration = ParseDeclared(start);
        _context = context;
        return declaration;
    }

    private int ParseDeclared(int start)
    {
        switch (Kind)
        {
            case TokenKind.Var:
                return ParseVariables(VariableKind.Var, NodeFlags.Declare, start);
            case TokenKind.Const when PeekKind() == TokenKind.Enum:
                Next();
                return ParseEnum(start, NodeFlags.Declare | NodeFlags.Const);
            case TokenKind.Const:
                return ParseVariables(VariableKind.Const, NodeFlags.Declare, start);
            case TokenKind.Function:
                return ParseFunctionDeclaration(start, NodeFlags.Declare);
            case TokenKind.Class:
                return ParseClass(start, isDeclaration: true, decorators: 0, NodeFlags.Declare);
            case TokenKind.Enum:
                return ParseEnum(start, NodeFlags.Declare);
            case TokenKind.Identifier when IsWord(WellKnownNames.Let):
                return ParseVariables(VariableKind.Let, NodeFlags.Declare, start);
            case TokenKind.Identifier when IsWord(WellKnownNames.Using):
                return ParseVariables(VariableKind.Using, NodeFlags.Declare, start);
            case TokenKind.Identifier when IsWord(WellKnownNames.Async):
                _diagnostics.ModifierHere(TokenSpan, "async");
                Next();
                return ParseFunctionDeclaration(start, NodeFlags.Declare | NodeFlags.Async);
            case TokenKind.Identifier when ParseTypeScriptDeclaration(start, NodeFlags.Declare) is > 0 and var declaration:
                return declaration;
            case TokenKind.Import:
                return ParseImport();
            default:
                return MissingExpression();
        }
    }

    private int ParseTypeAlias(int start, NodeFlags flags)
    {
        Next();
        var id = ParseBindingIdentifier();
        var typeParameters = ParseOptionalTypeParameters(NodeFlags.In | NodeFlags.Out);
        Expect(TokenKind.Equals);
        var type = IsWord(WellKnownNames.Intrinsic) && PeekKind() != TokenKind.Dot ? ParseKeywordType(NodeKind.TSIntrinsicKeyword) : ParseTypeAnywhere();
        EndStatement();
        return Finish(NodeKind.TSTypeAliasDeclaration, start, id, typeParameters, type, flags);
    }

    private int ParseInterface(int start, NodeFlags flags)
    {
        Next();
        var id = ParseBindingIdentifier();
        var typeParameters = ParseOptionalTypeParameters(NodeFlags.In | NodeFlags.Out | NodeFlags.Const);
        var extends = TryEat(TokenKind.Extends) ? ParseHeritageList(NodeKind.TSInterfaceHeritage) : 0;
        if (IsWord(WellKnownNames.Implements))
        {
            _diagnostics.InterfaceImplements(TokenSpan);
            Next();
            ParseHeritageList(NodeKind.TSInterfaceHeritage);
        }

        var bodyStart = Start;
        var members = ParseTypeMembers();
        var body = Finish(NodeKind.TSInterfaceBody, bodyStart, members);
        return FinishWide(NodeKind.TSInterfaceDeclaration, start, [id, typeParameters, extends, body], flags);
    }

    // A.B<T>, C
    private int ParseHeritageList(NodeKind kind)
    {
        if (Kind == TokenKind.OpenBrace)
        {
            Missing("the name of a type");
            return 0;
        }

        var list = BeginList();
        do
        {
            var start = Start;
            var expression = ParseLeftHandSide();
            var typeArguments = 0;
            if (KindOf(expression) == NodeKind.TSInstantiationExpression && (NodeAt(expression).Flags & NodeFlags.Parenthesized) == 0)
            {
                typeArguments = NodeAt(expression).B;
                expression = NodeAt(expression).A;
            }
            else if (Kind is TokenKind.LessThan or TokenKind.LessThanLessThan)
            {
                typeArguments = ParseTypeArguments();
            }

            CheckHeritageName(expression);
            Push(Finish(kind, start, expression, typeArguments));
        } while (TryEat(TokenKind.Comma) && !_failed);

        return EndList(list);
    }

    private int ParseConstEnum()
    {
        var start = Start;
        Next();
        return ParseEnum(start, NodeFlags.Const);
    }

    private int ParseEnum(int start, NodeFlags flags)
    {
        Expect(TokenKind.Enum);
        var id = ParseBindingIdentifier();
        var bodyStart = Start;
        Expect(TokenKind.OpenBrace);
        var context = EnterBrackets();
        var failed = _failed;
        var list = BeginList();
        while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
        {
            Push(ParseEnumMember());
            if (!NextItem(TokenKind.CloseBrace, bodyStart, failed))
            {
                break;
            }
        }

        _context = context;
        Expect(TokenKind.CloseBrace);
        var body = Finish(NodeKind.TSEnumBody, bodyStart, EndList(list));
        return Finish(NodeKind.TSEnumDeclaration, start, id, body, flags: flags);
    }

    private int ParseEnumMember()
    {
        var start = Start;
        var isName = Kind.IsWord || Kind is TokenKind.String or TokenKind.OpenBracket;
        var id = ParsePropertyName(out var isComputed);
        var isConstantKey = KindOf(id) is NodeKind.StringLiteral || (KindOf(id) == NodeKind.TemplateLiteral && NodeAt(id).B == 0);
        if (!isName || (isComputed && !isConstantKey))
        {
            _diagnostics.EnumMemberName(new(StartOf(id), NodeAt(id).End));
        }

        var initializer = TryEat(TokenKind.Equals) ? ParseAssignment() : 0;
        return Finish(NodeKind.TSEnumMember, start, id, initializer, flags: isComputed ? NodeFlags.Computed : NodeFlags.None);
    }

    private int ParseModuleDeclaration(int start, NodeFlags flags, ModuleWord word)
    {
        int id;
        if (word == ModuleWord.Global)
        {
            id = ParseIdentifierName();
        }
        else
        {
            Next();
            id = Kind == TokenKind.String ? ParseString() : ParseModuleId();
        }

        var body = 0;
        if (Kind == TokenKind.OpenBrace)
        {
            body = ParseModuleBlock();
        }
        else if (KindOf(id) == NodeKind.StringLiteral || word == ModuleWord.Global)
        {
            EndStatement();
        }
        else
        {
            Missing("{");
        }

        return Finish(NodeKind.TSModuleDeclaration, start, id, body, flags: flags, detail: (byte)word);
    }

    private int ParseModuleId()
    {
        var start = Start;
        var name = ParseBindingIdentifier();
        while (TryEat(TokenKind.Dot))
        {
            name = Finish(NodeKind.TSQualifiedName, start, name, ParseIdentifierName());
        }

        return name;
    }

    private int ParseModuleBlock()
    {
        var start = Start;
        var context = _context;
        _context =
            (context | ParserContext.Namespace | ParserContext.In)
            & ~(ParserContext.Await | ParserContext.Yield | ParserContext.Break | ParserContext.Continue | ParserContext.Return);
        var saved = EnterFunction();
        var list = BeginList();
        if (Expect(TokenKind.OpenBrace))
        {
            ParseDirectives();
            ParseStatements(start);
            CloseBrace();
        }

        LeaveFunction(saved);
        _context = context;
        return Finish(NodeKind.TSModuleBlock, start, EndList(list));
    }

    // import a = require("m"); import a = b.c;
    private int ParseImportEquals(int start, int local, NodeFlags flags)
    {
        Expect(TokenKind.Equals);
        var referenceStart = Start;
        int reference;
        if (IsWord(WellKnownNames.Require) && PeekKind() == TokenKind.OpenParenthesis)
        {
            Next();
            Next();
            var source = ParseModuleSource();
            Expect(TokenKind.CloseParenthesis);
            reference = Finish(NodeKind.TSExternalModuleReference, referenceStart, source);
        }
        else
        {
            reference = ParseEntityName();
            if ((flags & NodeFlags.TypeOnly) != 0)
            {
                _diagnostics.TypeOnlyAlias(new(start, _lexer.PreviousEnd));
            }
        }

        EndStatement();
        return Finish(NodeKind.TSImportEqualsDeclaration, start, local, reference, flags: flags);
    }

    // export import a = b.c;
    private int ParseExportedImport(int start)
    {
        var importStart = Start;
        Next();
        var flags = NodeFlags.None;
        if (IsWord(WellKnownNames.Type) && PeekKind() == TokenKind.Identifier)
        {
            flags = NodeFlags.TypeOnly;
            Next();
        }

        var local = ParseBindingIdentifier();
        var declaration = ParseImportEquals(importStart, local, flags);
        return FinishWide(NodeKind.ExportNamedDeclaration, start, [declaration, 0, 0, 0]);
    }
}
