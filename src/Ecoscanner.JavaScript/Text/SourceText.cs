namespace Ecoscanner.JavaScript.Text;

/// <summary>The text of one file, in UTF-16, with its lines.</summary>
public sealed class SourceText
{
    private LineMap? _lines;

    public SourceText(string content, string path = "")
    {
        ArgumentNullException.ThrowIfNull(content);
        Content = content;
        Path = path;
    }

    private SourceText(string content, string path, IReadOnlyList<DecodingProblem> problems)
        : this(content, path) => Problems = problems;

    /// <summary>Reads the bytes of a file: UTF-8 or UTF-16, with or without a byte order mark. Any bytes give a text; a binary file gives an empty one.</summary>
    public static SourceText Decode(ReadOnlySpan<byte> bytes, string path = "")
    {
        var (content, problems) = SourceDecoder.Decode(bytes);
        return new(content, path, problems);
    }

    /// <summary>What the bytes did not stand for; the parser says it among its diagnostics.</summary>
    public IReadOnlyList<DecodingProblem> Problems { get; } = [];

    /// <summary>All of it, without a byte order mark.</summary>
    public string Content { get; }

    /// <summary>Where it came from, for people; may be empty.</summary>
    public string Path { get; }

    public int Length => Content.Length;

    /// <summary>Where its lines begin; made when first asked for.</summary>
    public LineMap Lines => _lines ??= new(Content);

    /// <summary>The stretch of the text.</summary>
    public ReadOnlySpan<char> Span(TextSpan span) => Content.AsSpan(span.Start, span.Length);
}
