using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>
/// A brace that is not closed would make the rest of the file part of one function. Only at the end of the file is that known; then the
/// source is read once more, and a statement that is indented no deeper than the one that a block belongs to ends the block.
/// </remarks>
internal sealed partial class Parser
{
    private bool _trustsIndentation;
    private bool _missesBrace;

    // Where blocks ended by their indentation last: whatever else is missing there goes without saying.
    private int _cutAt = -1;

    // Where the statement or class member begins that is being read.
    private int _statementStart;

    /// <summary>Reads all of a source, once more where that helps.</summary>
    public static SyntaxTree Parse(SourceText source, ParseOptions options)
    {
        var parser = new Parser(source, options);
        var tree = parser.ParseProgram();
        if (!parser._missesBrace)
        {
            return tree;
        }

        var other = new Parser(source, options) { _trustsIndentation = true }.ParseProgram();
        return other.Diagnostics.Count <= tree.Diagnostics.Count ? other : tree;
    }

    /// <summary>Whether the current token shows that a brace is missing before it.</summary>
    /// <param name="open">Where the block begins; -1 for the program.</param>
    /// <param name="owner">Where the statement begins that it belongs to.</param>
    private bool IsBraceMissing(int open, int owner) => _trustsIndentation && open >= 0 && StartsOutside(open, owner);

    private bool StartsOutside(int open, int owner)
    {
        if (!_lexer.NewLineBefore || !MayStartStatement())
        {
            return false;
        }

        var limit = Math.Min(IndentOf(open), IndentOf(owner));
        var indent = IndentOf(Start);
        return Kind is TokenKind.Case or TokenKind.Default ? indent < limit : indent <= limit;
    }

    /// <summary>Takes the brace that ends statements or members, or says that it is missing.</summary>
    private void CloseBrace()
    {
        if (Kind != TokenKind.CloseBrace && Kind != TokenKind.EndOfFile)
        {
            // A block that ended by its indentation, which the statement around it survives.
            if (Start != _cutAt)
            {
                _diagnostics.Expected(TokenSpan, TokenKind.CloseBrace.Spelling, Found());
                _cutAt = Start;
            }

            return;
        }

        _missesBrace |= Kind == TokenKind.EndOfFile && _speculating == 0;
        Expect(TokenKind.CloseBrace);
    }
}
