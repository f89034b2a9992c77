using System.Buffers;
using System.Buffers.Text;

namespace Ecoscanner.JavaScript.Syntax.Printing;

/// <summary>
/// Writes JSON in ASCII, without a limit to its depth. All other characters are escaped, so that half a surrogate pair survives and
/// nothing in a source moves a terminal's cursor; <see cref="System.Text.Json.Utf8JsonWriter"/> does neither.
/// </summary>
internal sealed class JsonText(Stream output)
{
    private const int BufferSize = 1 << 16;
    private const int LongestNumber = 32;

    // \uXXXX
    private const int LongestEscape = 6;

    private static readonly SearchValues<char> Plain = SearchValues.Create([
        .. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(character => character is not ('"' or '\\')),
    ]);

    private readonly byte[] _buffer = new byte[BufferSize];
    private int _length;

    // Whether a value stands before in the same object or array.
    private bool _needsComma;

    public void BeginObject() => Begin((byte)'{');

    public void EndObject() => End((byte)'}');

    public void BeginArray() => Begin((byte)'[');

    public void EndArray() => End((byte)']');

    /// <summary>The name of a property, of plain letters.</summary>
    public void Name(ReadOnlySpan<byte> name)
    {
        Quoted(name);
        Put((byte)':');
        _needsComma = false;
    }

    /// <summary>A string of plain letters.</summary>
    public void Plainly(ReadOnlySpan<byte> value) => Quoted(value);

    public void String(ReadOnlySpan<char> value)
    {
        Separate();
        Put((byte)'"');
        while (value.Length > 0)
        {
            var plain = value.IndexOfAnyExcept(Plain) is >= 0 and var at ? at : value.Length;
            Ascii(value[..plain]);
            value = value[plain..];
            if (value.Length > 0)
            {
                Escape(value[0]);
                value = value[1..];
            }
        }

        Put((byte)'"');
    }

    public void Number(int value)
    {
        Separate();
        Reserve(LongestNumber);
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_length), out var written);
        _length += written;
    }

    /// <summary>A number; null where JSON has none for it.</summary>
    public void Number(double value)
    {
        if (!double.IsFinite(value))
        {
            Null();
            return;
        }

        Separate();
        Reserve(LongestNumber);
        value.TryFormat(_buffer.AsSpan(_length), out var written, provider: null);
        _length += written;
    }

    public void Boolean(bool value) => Word(value ? "true"u8 : "false"u8);

    public void Null() => Word("null"u8);

    /// <summary>Ends the line and hands on what has been written.</summary>
    public void Finish()
    {
        Put((byte)'\n');
        Flush();
    }

    private void Begin(byte bracket)
    {
        Separate();
        Put(bracket);
        _needsComma = false;
    }

    private void End(byte bracket)
    {
        Put(bracket);
        _needsComma = true;
    }

    private void Separate()
    {
        if (_needsComma)
        {
            Put((byte)',');
        }

        _needsComma = true;
    }

    private void Quoted(ReadOnlySpan<byte> text)
    {
        Separate();
        Reserve(text.Length + 2);
        _buffer[_length++] = (byte)'"';
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
        _buffer[_length++] = (byte)'"';
    }

    private void Word(ReadOnlySpan<byte> word)
    {
        Separate();
        Reserve(word.Length);
        word.CopyTo(_buffer.AsSpan(_length));
        _length += word.Length;
    }

    private void Ascii(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            Reserve(1);
            var part = text[..Math.Min(text.Length, BufferSize - _length)];
            System.Text.Ascii.FromUtf16(part, _buffer.AsSpan(_length), out var written);
            _length += written;
            text = text[part.Length..];
        }
    }

    private void Escape(char character)
    {
        Reserve(LongestEscape);
        _buffer[_length++] = (byte)'\\';
        var letter = character switch
        {
            '"' => '"',
            '\\' => '\\',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            _ => 'u',
        };
        _buffer[_length++] = (byte)letter;
        if (letter == 'u')
        {
            Utf8Formatter.TryFormat((uint)character, _buffer.AsSpan(_length), out var written, new('x', 4));
            _length += written;
        }
    }

    private void Put(byte value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    private void Reserve(int count)
    {
        if (_length + count > BufferSize)
        {
            Flush();
        }
    }

    private void Flush()
    {
        output.Write(_buffer, 0, _length);
        _length = 0;
    }
}
