using System.Buffers;
using System.Runtime.CompilerServices;
using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Syntax;

/// <summary>
/// Reads a source by recursive descent, in one pass. Where JavaScript can't be told apart before it is read
/// (a pattern from a literal, an arrow function's parameters from parentheses) nodes are re-labelled in place;
/// where TypeScript can't, the parser tries one way and comes back (<see cref="Parser.Speculate"/>).
/// </summary>
internal sealed partial class Parser
{
    private readonly ParseOptions _options;
    private readonly SourceText _source;
    private readonly NameTable _names;
    private readonly DiagnosticBag _diagnostics = new();
    private readonly List<Comment> _comments = [];

    // Not readonly: a mutable structure.
    private Lexer _lexer;
    private ParserContext _context;
    private bool _isModule;
    private bool _isTypeScript;
    private bool _isJsx;

    public Parser(SourceText source, ParseOptions options)
    {
        _options = options;
        _source = source;
        _names = new(source.Content);
        _nodes = ArrayPool<NodeRecord>.Shared.Rent((source.Length / CharactersPerNode) + 64);
        _lists = ArrayPool<int>.Shared.Rent((source.Length / CharactersPerListEntry) + 64);
        _nodes[0] = default;
        _lists[0] = 0;
        _isTypeScript = options.TypeScript;
        _isJsx = options.Jsx;
        _isModule = options.Goal == SourceGoal.Module;
        _lexer = new(source, _names, _comments, _diagnostics) { HtmlComments = options.Goal != SourceGoal.Module && !options.TypeScript };
    }

    private TokenKind Kind
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _lexer.Kind;
    }

    private int Start
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _lexer.Start;
    }

    private bool IsStrict => Allows(ParserContext.Strict);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Allows(ParserContext context) => (_context & context) != 0;

    /// <summary>Whether the current token is that word, written without escapes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsWord(int name) => _lexer.Name == name && _lexer.Kind == TokenKind.Identifier && (_lexer.Flags & TokenFlags.Escaped) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Next() => _lexer.Next();

    private bool TryEat(TokenKind kind)
    {
        if (Kind != kind)
        {
            return false;
        }

        Next();
        return true;
    }

    private bool TryEatWord(int name)
    {
        if (!IsWord(name))
        {
            return false;
        }

        Next();
        return true;
    }

    /// <summary>Takes that token, or says that it is missing and stays.</summary>
    private bool Expect(TokenKind kind)
    {
        if (Kind == kind)
        {
            Next();
            return true;
        }

        Missing(kind.Spelling);
        return false;
    }
}
