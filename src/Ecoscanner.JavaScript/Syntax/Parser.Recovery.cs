using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>
/// What happens where the source is wrong, deeper than a stack, or can be read in two ways.
/// Errors come in two sorts: after a <em>failure</em> the parser has lost its way, says so once and looks for the next statement;
/// any other error is said and costs nothing.
/// </remarks>
internal sealed partial class Parser
{
    /// <summary>How deep the grammar may nest; what is deeper is skipped with a diagnostic.</summary>
    public const int MaximumDepth = 500_000;

    // A thread's stack is used up at about 10,000 levels; then the parser goes on upon another one.
    private const int StackSize = 64 << 20;
    private const int DepthBetweenChecks = 16;

    // Looking ahead may cost this many characters for each one of the source (and a start); a source that needs more is built to be slow.
    private const int SpeculationFactor = 8;
    private const int SpeculationFloor = 65_536;

    private readonly HashSet<int> _failedSpeculations = [];
    private int _depth;
    private bool _failed;
    private int _speculating;
    private bool _stopped;
    private long _wasted;

    private TextSpan TokenSpan => new(_lexer.Start, _lexer.End);

    /// <summary>What stands here, for a message.</summary>
    private string Found() => Kind.IsKeyword || Kind >= TokenKind.OpenBrace ? Kind.Spelling : Describe();

    /// <summary>Whether to report that the parser lost its way: once a statement, and never while it is only trying.</summary>
    private bool Fails()
    {
        if (_speculating > 0)
        {
            _stopped = true;
            _lexer.Stop();
            return false;
        }

        if (_failed)
        {
            return false;
        }

        _failed = true;
        return true;
    }

    /// <summary>Fails since that was expected here.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Missing(string expected)
    {
        if (Fails() && Start != _cutAt)
        {
            _diagnostics.Expected(TokenSpan, expected, Found());
        }
    }

    /// <summary>Fails, and makes a node for the expression that is not there.</summary>
    private int MissingExpression()
    {
        Missing("an expression");
        return Add(NodeKind.InvalidExpression, Start, Start);
    }

    private string Describe() => Kind == TokenKind.EndOfFile ? Kind.Spelling : $"\"{Shown(_source.Span(TokenSpan))}\"";

    private static string Shown(ReadOnlySpan<char> text)
    {
        const int Length = 30;
        return text.Length <= Length ? text.ToString() : $"{text[..Length]}...";
    }

    /// <summary>After a failure in the statement that began there, goes to where the next one may start.</summary>
    private void Recover(int start)
    {
        _failed = false;
        if (Start > start && _source.Content[_lexer.PreviousEnd - 1] == ';')
        {
            return;
        }

        // What the lexer finds wrong with what is skipped is of no more use.
        var diagnostics = _diagnostics.Count;
        var indent = IndentOf(start);
        var braces = 0;
        var brackets = 0;
        while (Kind != TokenKind.EndOfFile && !(Start > start && StartsAnew(indent, braces, brackets)))
        {
            var kind = Kind;
            if (kind == TokenKind.CloseBrace && braces == 0)
            {
                break;
            }

            switch (kind)
            {
                case TokenKind.TemplateHead:
                    SkipTemplate();
                    continue;
                case TokenKind.OpenBrace:
                    braces++;
                    break;
                case TokenKind.CloseBrace:
                    braces--;
                    break;
                case TokenKind.OpenParenthesis or TokenKind.OpenBracket:
                    brackets++;
                    break;
                case TokenKind.CloseParenthesis or TokenKind.CloseBracket:
                    brackets = Math.Max(0, brackets - 1);
                    break;
                default:
                    break;
            }

            Next();
            if (kind == TokenKind.Semicolon && braces == 0 && brackets == 0)
            {
                break;
            }
        }

        _diagnostics.Truncate(diagnostics);
    }

    // Whether to read a statement again from here, where so many brackets were opened since the parser lost its way.
    private bool StartsAnew(int indent, int braces, int brackets)
    {
        if (StartsLineOutside(indent))
        {
            return true;
        }

        if (braces > 0)
        {
            return false;
        }

        return Kind switch
        {
            // The body of something that was not understood.
            TokenKind.OpenBrace => _source.Content[_lexer.PreviousEnd - 1] == ')'
                || _source.Span(new(Math.Max(0, _lexer.PreviousEnd - 4), _lexer.PreviousEnd)) is [.., '=', '>'] or "else",
            TokenKind.Function or TokenKind.Class => PeekKind() == TokenKind.Identifier,
            _ => (brackets == 0 || _lexer.NewLineBefore) && StartsOnlyStatements(Kind),
        };
    }

    // No operator or closing bracket, nor a word that goes on with what stands before.
    private bool MayStartStatement() =>
        Kind.IsWord
            ? Kind is not (TokenKind.Else or TokenKind.Catch or TokenKind.Finally or TokenKind.In or TokenKind.Instanceof or TokenKind.Extends)
            : Kind
                is TokenKind.String
                    or TokenKind.Number
                    or TokenKind.Template
                    or TokenKind.TemplateHead
                    or TokenKind.PrivateIdentifier
                    or TokenKind.OpenBrace
                    or TokenKind.OpenParenthesis
                    or TokenKind.OpenBracket
                    or TokenKind.At
                    or TokenKind.Exclamation
                    or TokenKind.PlusPlus
                    or TokenKind.MinusMinus;

    private static bool StartsOnlyStatements(TokenKind kind) =>
        kind
            is TokenKind.Break
                or TokenKind.Case
                or TokenKind.Const
                or TokenKind.Continue
                or TokenKind.Debugger
                or TokenKind.Do
                or TokenKind.Export
                or TokenKind.For
                or TokenKind.If
                or TokenKind.Return
                or TokenKind.Switch
                or TokenKind.Throw
                or TokenKind.Try
                or TokenKind.Var
                or TokenKind.While;

    // Where a name is expected, two words on a line of their own: const b = …
    private bool IsStatementInsteadOfName() =>
        _lexer.NewLineBefore && (StartsOnlyStatements(Kind) || Kind is TokenKind.Function or TokenKind.Class || IsWord(WellKnownNames.Let)) && IsWordBehind();

    // On the same line, and neither operator nor `as`.
    private bool IsWordBehind()
    {
        var mark = _lexer.Mark();
        var diagnostics = _diagnostics.Count;
        Next();
        var isWord = Kind.IsWord && Kind is not (TokenKind.In or TokenKind.Instanceof) && !_lexer.NewLineBefore && !IsWord(WellKnownNames.As);
        _lexer.Reset(mark);
        _diagnostics.Truncate(diagnostics);
        return isWord;
    }

    /// <summary>The width of the white space at the start of the line; 0 where the line is too long to look.</summary>
    private int IndentOf(int position)
    {
        const int Reach = 1_000;
        const int TabWidth = 4;
        var from = Math.Max(0, position - Reach);
        var at = from + _source.Content.AsSpan(from, position - from).LastIndexOfAny('\n', '\r') + 1;
        var width = 0;
        while (at < position && _source.Content[at] is ' ' or '\t')
        {
            width += _source.Content[at] == ' ' ? 1 : TabWidth;
            at++;
        }

        return width;
    }

    // What is missing stands where it was looked for, which is behind what stands around it.
    private void WidenSpans()
    {
        for (var index = 1; index <= _nodeCount; index++)
        {
            ref var node = ref NodeAt(index);
            node.Start = Math.Min(node.Start, node.End);
            var fields = NodeShapes.Of(node.Kind);
            for (var place = 0; place < fields.Length; place++)
            {
                var content =
                    fields.Length > NodeShapes.InlineFields ? _lists[node.A + place]
                    : place == 0 ? node.A
                    : place == 1 ? node.B
                    : node.C;
                if (fields[place].Kind == FieldKind.Node)
                {
                    Widen(ref node, content);
                }
                else if (fields[place].Kind == FieldKind.List && ItemsOf(content) is [var first, ..] items)
                {
                    Widen(ref node, first);
                    Widen(ref node, items[^1]);
                }
            }
        }
    }

    private void Widen(ref NodeRecord parent, int child)
    {
        if (child == 0)
        {
            return;
        }

        ref readonly var node = ref NodeAt(child);
        parent.End = Math.Max(parent.End, node.End);

        // Decorators stand before what they decorate.
        if (node.Kind != NodeKind.Decorator)
        {
            parent.Start = Math.Min(parent.Start, node.Start);
        }
    }

    // One for each conflict, and for what is left of one.
    private void ReportMergeMarkers()
    {
        if (_lexer.MergeMarkers.Count == 0)
        {
            return;
        }

        var starts = _lexer.MergeMarkers.Distinct().Order().ToList();
        foreach (var start in starts.Where(start => _source.Content[start] == '<' || start == starts[0]))
        {
            _diagnostics.MergeMarker(new(start, start + Lexer.MergeMarkerLength));
        }
    }

    // A template's parts are no tokens for anyone but the template: go to its end.
    private void SkipTemplate()
    {
        // How many braces are open in each of the templates that stand in one another.
        var braces = new ValueList(stackalloc int[16]);
        do
        {
            switch (Kind)
            {
                case TokenKind.TemplateHead:
                    braces.Add(0);
                    break;
                case TokenKind.OpenBrace:
                    braces.Last++;
                    break;
                case TokenKind.CloseBrace when braces.Last > 0:
                    braces.Last--;
                    break;
                case TokenKind.CloseBrace:
                    _lexer.RescanTemplateContinuation();
                    if (Kind == TokenKind.TemplateTail)
                    {
                        braces.RemoveLast();
                    }

                    break;
                default:
                    break;
            }

            Next();
        } while (braces.Items.Length > 0 && Kind != TokenKind.EndOfFile);
    }

    /// <summary>Whether to go on on this stack; asked at each level of nesting, answered by <see cref="Deeper"/> where not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool FitsOnStack() => (++_depth & (DepthBetweenChecks - 1)) != 0 || (RuntimeHelpers.TryEnsureSufficientExecutionStack() && _depth < MaximumDepth);

    /// <summary>Goes on upon a new stack, or skips what is nested too deeply. The depth is the caller's to take back.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Deeper(Func<Parser, int> read)
    {
        if (_depth >= MaximumDepth)
        {
            return TooDeep();
        }

        var result = 0;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = read(this);
                }
                catch (Exception e)
                {
                    // Thrown on the caller's thread below.
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            },
            StackSize
        );
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    private int TooDeep()
    {
        var start = Start;
        if (Fails())
        {
            _diagnostics.TooDeep(TokenSpan, MaximumDepth);
        }

        var depth = 0;
        while (Kind != TokenKind.EndOfFile)
        {
            if (Kind is TokenKind.OpenBrace or TokenKind.OpenParenthesis or TokenKind.OpenBracket)
            {
                depth++;
            }
            else if (Kind is TokenKind.CloseBrace or TokenKind.CloseParenthesis or TokenKind.CloseBracket && --depth < 0)
            {
                break;
            }

            Next();
        }

        return Finish(NodeKind.InvalidExpression, start);
    }

    /// <summary>Begins to try one way of reading; ended by <see cref="Keep"/> or <see cref="Undo"/>.</summary>
    private ParserMark Speculate()
    {
        _speculating++;
        return Mark();
    }

    /// <summary>Whether that way is not known to fail, and there is time left for trying.</summary>
    private bool MaySpeculate() => !IsSpeculationExhausted && !_failedSpeculations.Contains(Start);

    private bool IsSpeculationExhausted => _wasted > ((long)SpeculationFactor * _source.Length) + SpeculationFloor;

    /// <summary>The way was right.</summary>
    private void Keep() => _speculating--;

    /// <summary>The way was wrong: back to where it began, and not there again.</summary>
    private void Undo(in ParserMark mark)
    {
        _speculating--;
        _stopped = false;
        GoBack(mark);
        if (_speculating > 0 && IsSpeculationExhausted)
        {
            // Trials within trials would each be read again: give up the outermost at once.
            _stopped = true;
            _lexer.Stop();
        }
    }

    private ParserMark Mark() =>
        new(_lexer.Mark(), _nodeCount, _listCount, _pendingCount, _diagnostics.Count, _depth, _context, _coverError, _privateNameCount, _failed);

    private void GoBack(in ParserMark mark)
    {
        _wasted += Math.Max(0, _lexer.PreviousEnd - mark.Lexer.Start) + 1;
        _lexer.Reset(mark.Lexer);
        (_nodeCount, _listCount, _pendingCount) = (mark.NodeCount, mark.ListCount, mark.PendingCount);
        (_depth, _context, _coverError, _privateNameCount, _failed) = (mark.Depth, mark.Context, mark.CoverError, mark.PrivateNameCount, mark.Failed);
        _diagnostics.Truncate(mark.DiagnosticCount);
    }

    /// <summary>The kind of the token after the current one.</summary>
    private TokenKind PeekKind() => PeekKind(out _);

    private TokenKind PeekKind(out bool newLineBefore)
    {
        var mark = _lexer.Mark();
        var diagnostics = _diagnostics.Count;
        _lexer.Next();
        var kind = _lexer.Kind;
        newLineBefore = _lexer.NewLineBefore;
        _lexer.Reset(mark);
        _diagnostics.Truncate(diagnostics);
        return kind;
    }
}
