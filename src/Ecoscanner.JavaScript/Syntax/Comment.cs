using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Syntax;

/// <summary>A comment: where it stands and which form it has.</summary>
/// <param name="Span">With its delimiters, without the line's end.</param>
/// <param name="Kind">Its form.</param>
public readonly record struct Comment(TextSpan Span, CommentKind Kind);

/// <summary>The forms of comments.</summary>
public enum CommentKind : byte
{
    /// <summary><c>// …</c></summary>
    Line,

    /// <summary><c>/* … */</c></summary>
    Block,

    /// <summary><c>#! …</c> at the start of a file.</summary>
    Hashbang,

    /// <summary><c>&lt;!-- …</c> and <c>--&gt; …</c>, in scripts only (ECMA-262 B.1.1).</summary>
    Html,
}
