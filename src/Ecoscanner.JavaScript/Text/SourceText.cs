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
