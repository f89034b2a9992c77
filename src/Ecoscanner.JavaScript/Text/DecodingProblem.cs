namespace Ecoscanner.JavaScript.Text;

/// <summary>Something that the bytes of a source did not stand for.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Span">Where it stands in the decoded text.</param>
/// <param name="Offset">The first byte of it, from the start of the file.</param>
public readonly record struct DecodingProblem(DecodingProblemKind Kind, TextSpan Span, int Offset);

/// <summary>How bytes fail to be text.</summary>
public enum DecodingProblemKind
{
    /// <summary>A byte sequence that is none of the encoding's; it reads as U+FFFD.</summary>
    InvalidBytes,

    /// <summary>Half of a surrogate pair, in UTF-16.</summary>
    LoneSurrogate,

    /// <summary>Bytes that no text has: the file is taken for binary and not read.</summary>
    Binary,
}
