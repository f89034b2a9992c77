using System.Globalization;
using System.Text;

namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>The kinds of token that matter when Go sources are searched for calls.</summary>
internal enum GoTokenKind
{
    /// <summary>A name, a keyword or a number.</summary>
    Name,

    /// <summary>A string literal, of which <see cref="GoToken.Text"/> is the value.</summary>
    Text,

    /// <summary>Any other character, and <c>:=</c>.</summary>
    Mark,

    /// <summary>Comes last.</summary>
    End,
}

/// <summary>A token of a Go source, as far as finding calls with string literals needs it.</summary>
internal readonly record struct GoToken(GoTokenKind Kind, string Text, int Line)
{
    public static IEnumerable<GoToken> Scan(string source)
    {
        var line = 1;
        for (var i = 0; i < source.Length; )
        {
            var start = i;
            var kind = GoTokenKind.Mark;
            var text = "";
            switch (source[i])
            {
                case var space when char.IsWhiteSpace(space):
                    i++;
                    break;
                case '/' when At(source, i + 1) == '/':
                    i = IndexOf(source, "\n", i);
                    break;
                case '/' when At(source, i + 1) == '*':
                    i = IndexOf(source, "*/", i + 2) + 2;
                    break;
                case '`':
                    i = IndexOf(source, "`", i + 1) + 1;
                    // Go drops carriage returns from raw literals.
                    (kind, text) = (GoTokenKind.Text, source[(start + 1)..(i - 1)].Replace("\r", "", StringComparison.Ordinal));
                    break;
                case '"' or '\'':
                    for (i++; source[i] != source[start]; i++)
                    {
                        i += source[i] == '\\' ? 1 : 0;
                    }

                    i++;
                    (kind, text) =
                        source[start] == '"' ? (GoTokenKind.Text, Unescape(source.AsSpan(start + 1, i - start - 2))) : (GoTokenKind.Mark, source[start..i]);
                    break;
                case var letter when char.IsLetterOrDigit(letter) || letter == '_':
                    while (char.IsLetterOrDigit(At(source, i)) || At(source, i) == '_')
                    {
                        i++;
                    }

                    (kind, text) = (GoTokenKind.Name, source[start..i]);
                    break;
                default:
                    i += source[i] == ':' && At(source, i + 1) == '=' ? 2 : 1;
                    text = source[start..i];
                    break;
            }

            if (text.Length > 0 || kind == GoTokenKind.Text)
            {
                yield return new(kind, text, line);
            }

            line += source.AsSpan(start, i - start).Count('\n');
        }

        yield return new(GoTokenKind.End, "", line);
    }

    /// <summary>The value of an interpreted string literal. Octal and hexadecimal escapes are bytes of UTF-8.</summary>
    internal static string Unescape(ReadOnlySpan<char> literal)
    {
        var bytes = new List<byte>(literal.Length);
        for (var i = 0; i < literal.Length; )
        {
            var run = literal[i..].IndexOf('\\') is var next and >= 0 ? next : literal.Length - i;
            bytes.AddRange(Encoding.UTF8.GetBytes(literal.Slice(i, run).ToArray()));
            i += run;
            if (i == literal.Length)
            {
                break;
            }

            var (skip, digits) = literal[i + 1] switch
            {
                'x' => (2, 2),
                'u' => (2, 4),
                'U' => (2, 8),
                >= '0' and <= '7' => (1, 3),
                _ => (2, 0),
            };
            var code = literal.Slice(i + skip, digits);
            switch (literal[i + 1])
            {
                case 'u' or 'U':
                    bytes.AddRange(Encoding.UTF8.GetBytes(new Rune(int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()));
                    break;
                case 'x':
                    bytes.Add(byte.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    break;
                case >= '0' and <= '7':
                    bytes.Add(Convert.ToByte(code.ToString(), 8));
                    break;
                case var letter:
                    bytes.Add((byte)Simple(letter));
                    break;
            }

            i += skip + digits;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static char Simple(char letter) =>
        letter switch
        {
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            '\\' or '"' or '\'' => letter,
            _ => throw new FormatException($"Go has no escape \\{letter}"),
        };

    private static char At(string source, int index) => index < source.Length ? source[index] : '\0';

    private static int IndexOf(string source, string text, int from) =>
        source.IndexOf(text, from, StringComparison.Ordinal) is var index and >= 0 ? index : source.Length;
}
