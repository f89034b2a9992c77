using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Ecoscanner.Apps;

/// <summary>A descriptor's JSON, checked for size, depth and spelling before anything reads it, and able to say where an element stands.</summary>
internal sealed class DescriptorDocument : IDisposable
{
    // The largest descriptors of the Marketplace are below 300 KB; 10,000 modules take about 2 MB.
    public const int MaximumBytes = 8 * 1024 * 1024;

    // A condition inside conditions inside a module needs about twelve.
    private const int MaximumDepth = 64;

    // A property's name stands in every pointer below it.
    private const int MaximumNameBytes = 256;

    private readonly string source;
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly JsonDocument json;

    private DescriptorDocument(string source, ReadOnlyMemory<byte> bytes)
    {
        this.source = source;
        this.bytes = bytes;
        if (bytes.Length > MaximumBytes)
        {
            throw Error(
                $"the document has {bytes.Length / 1024.0 / 1024:0.0} MB, a descriptor at most {MaximumBytes / 1024 / 1024} MB; name the URL or file of the descriptor itself"
            );
        }

        if (ForeignDocument.Describe(bytes.Span) is { } other)
        {
            throw Error(other);
        }

        if (!Utf8.IsValid(bytes.Span))
        {
            throw Error(FirstInvalidByte(), "the text is not UTF-8; save or serve the descriptor as UTF-8");
        }

        CheckTokens();
        json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaximumDepth });
        if (Root.ValueKind != JsonValueKind.Object)
        {
            throw Error(Root, "the document is JSON but not an object; a descriptor starts with {");
        }
    }

    public JsonElement Root => json.RootElement;

    /// <summary>Reads a document whole.</summary>
    /// <exception cref="DescriptorException">Too large, too deep, not UTF-8, not JSON, not an object, or plainly another kind of document.</exception>
    public static DescriptorDocument Parse(string source, ReadOnlyMemory<byte> bytes) => new(source, bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);

    public void Dispose() => json.Dispose();

    /// <summary>An error about the whole document.</summary>
    public DescriptorException Error(string what) => new($"{Quoted.Bare(source)}: {what}");

    /// <summary>An error at the place of an element.</summary>
    public DescriptorException Error(JsonElement element, string what) =>
        Error(bytes.Span.Overlaps(JsonMarshal.GetRawUtf8Value(element), out var offset) ? offset : 0, what);

    private DescriptorException Error(int offset, string what)
    {
        var before = bytes.Span[..offset];
        var line = before.Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return new DescriptorException($"{Quoted.Bare(source)}:{line}:{column}: {what}", line, column);
    }

    /// <summary>Reads every token once: what follows may then take strings and names without a fence.</summary>
    private void CheckTokens()
    {
        var reader = new Utf8JsonReader(bytes.Span, new JsonReaderOptions { MaxDepth = MaximumDepth + 1 });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= MaximumDepth)
                {
                    throw Error((int)reader.TokenStartIndex, $"more than {MaximumDepth} levels of nesting; no descriptor needs them: flatten it");
                }

                if (reader.TokenType is JsonTokenType.PropertyName && reader.ValueSpan.Length > MaximumNameBytes)
                {
                    throw Error((int)reader.TokenStartIndex, $"a property's name has more than {MaximumNameBytes} bytes; no descriptor needs it: remove it");
                }

                if (!reader.IsText())
                {
                    throw Error((int)reader.TokenStartIndex, "a \\u escape is half of a surrogate pair and no character; write the character itself");
                }
            }
        }
        catch (JsonException e)
        {
            throw Error(Offset(e), $"not valid JSON: {Reason(e)}; correct it there");
        }
    }

    private int Offset(JsonException exception)
    {
        var start = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
        {
            start += bytes.Span[start..].IndexOf((byte)'\n') + 1;
        }

        return Math.Min(start + (int)(exception.BytePositionInLine ?? 0), bytes.Length);
    }

    // The framework's message ends with its own idea of the place.
    private static string Reason(JsonException exception)
    {
        var place = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return Quoted.Bare((place < 0 ? exception.Message : exception.Message[..place]).TrimEnd('.'));
    }

    private int FirstInvalidByte()
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(bytes.Span[offset..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            offset += consumed;
        }

        return offset;
    }
}
