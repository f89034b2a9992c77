using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ecoscanner.Probing.Signing;

/// <summary>
/// Reads a structured field that is a dictionary (RFC 8941 section 4.2), as all fields of a signature are.
/// The dates and display strings of RFC 9651 are refused: no signature has them.
/// </summary>
internal ref struct StructuredFieldParser
{
    // Our own fields have less than 1,000 characters, one or two members, five components and six parameters.
    private const int MaximumLength = 16 * 1024;
    private const int MaximumMembers = 64;
    private const int MaximumItems = 64;
    private const int MaximumParameters = 32;

    // RFC 8941 section 3.3.1 and 3.3.2.
    private const int MaximumDigits = 15;
    private const int MaximumWholeDigits = 12;
    private const int MaximumFractionDigits = 3;

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.*");
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~:/"
    );
    private static readonly SearchValues<char> Base64Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    private readonly ReadOnlySpan<char> text;
    private int position;

    private StructuredFieldParser(ReadOnlySpan<char> text) => this.text = text;

    private readonly char Next => position < text.Length ? text[position] : '\0';

    /// <summary>The members by key; of a key that is repeated, the last.</summary>
    /// <param name="value">The field's value, its lines joined by commas.</param>
    /// <exception cref="FormatException">It is no dictionary, or larger than any of ours.</exception>
    public static IReadOnlyDictionary<string, StructuredMember> Dictionary(string value)
    {
        if (value.Length > MaximumLength)
        {
            throw new FormatException($"longer than {MaximumLength} characters");
        }

        return new StructuredFieldParser(value.AsSpan().Trim(' ')).Members();
    }

    private Dictionary<string, StructuredMember> Members()
    {
        var members = new Dictionary<string, StructuredMember>(StringComparer.Ordinal);
        while (position < text.Length)
        {
            var key = Key();
            Expect(members.Count < MaximumMembers, $"at most {MaximumMembers} members");
            members[key] = Take('=') ? Member() : new StructuredItem(true, Parameters());
            SkipBlanks();
            if (position == text.Length)
            {
                break;
            }

            Expect(Take(','), "a comma");
            SkipBlanks();
            Expect(position < text.Length, "a member after the comma");
        }

        return members;
    }

    private StructuredMember Member() => Next == '(' ? InnerList() : Item();

    private StructuredInnerList InnerList()
    {
        position++;
        var items = new List<StructuredItem>();
        while (true)
        {
            SkipSpaces();
            if (Take(')'))
            {
                return new StructuredInnerList(items, Parameters());
            }

            Expect(items.Count < MaximumItems, $"at most {MaximumItems} items in a list");
            items.Add(Item());
            Expect(Next is ' ' or ')', "a space or a closing parenthesis");
        }
    }

    private StructuredItem Item() => new(Bare(), Parameters());

    private List<KeyValuePair<string, object>> Parameters()
    {
        var parameters = new List<KeyValuePair<string, object>>();
        while (Take(';'))
        {
            SkipSpaces();
            var key = Key();
            var value = Take('=') ? Bare() : true;
            var index = parameters.FindIndex(p => p.Key == key);
            if (index >= 0)
            {
                // RFC 8941 section 4.2.3.2: the last one counts, at the first one's place.
                parameters[index] = new(key, value);
                continue;
            }

            Expect(parameters.Count < MaximumParameters, $"at most {MaximumParameters} parameters");
            parameters.Add(new(key, value));
        }

        return parameters;
    }

    private string Key()
    {
        Expect(Next is (>= 'a' and <= 'z') or '*', "a key");
        return Run(KeyCharacters).ToString();
    }

    private object Bare() =>
        Next switch
        {
            '-' or (>= '0' and <= '9') => Number(),
            '"' => String(),
            ':' => Bytes(),
            '?' => Boolean(),
            '*' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') => new Token(Run(TokenCharacters).ToString()),
            _ => throw Unexpected("a value"),
        };

    private object Number()
    {
        var start = position;
        _ = Take('-');
        var whole = Digits();
        if (!Take('.'))
        {
            Expect(whole is > 0 and <= MaximumDigits, $"1 to {MaximumDigits} digits");
            return long.Parse(text[start..position], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        Expect(whole is > 0 and <= MaximumWholeDigits, $"1 to {MaximumWholeDigits} digits before the point");
        Expect(Digits() is > 0 and <= MaximumFractionDigits, $"1 to {MaximumFractionDigits} digits after the point");
        return decimal.Parse(text[start..position], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
    }

    private int Digits()
    {
        var start = position;
        while (char.IsAsciiDigit(Next))
        {
            position++;
        }

        return position - start;
    }

    private string String()
    {
        position++;
        var words = new StringBuilder();
        while (!Take('"'))
        {
            if (Take('\\'))
            {
                Expect(Next is '"' or '\\', "a quote or a backslash after a backslash");
            }

            Expect(Next is >= ' ' and <= '~', "a printable ASCII character or the closing quote");
            words.Append(Next);
            position++;
        }

        return words.ToString();
    }

    private byte[] Bytes()
    {
        position++;
        var encoded = Run(Base64Characters);
        Expect(Take(':'), "base64 and a closing colon");
        var bytes = new byte[encoded.Length / 4 * 3];
        Expect(Convert.TryFromBase64Chars(encoded, bytes, out var length), "whole base64");
        return bytes[..length];
    }

    private bool Boolean()
    {
        position++;
        Expect(Next is '0' or '1', "0 or 1");
        return text[position++] == '1';
    }

    private ReadOnlySpan<char> Run(SearchValues<char> allowed)
    {
        var rest = text[position..];
        var length = rest.IndexOfAnyExcept(allowed) is >= 0 and var end ? end : rest.Length;
        position += length;
        return rest[..length];
    }

    private bool Take(char expected)
    {
        if (Next != expected)
        {
            return false;
        }

        position++;
        return true;
    }

    private void SkipSpaces()
    {
        while (Next == ' ')
        {
            position++;
        }
    }

    private void SkipBlanks()
    {
        while (Next is ' ' or '\t')
        {
            position++;
        }
    }

    private readonly void Expect(bool condition, string expected)
    {
        if (!condition)
        {
            throw Unexpected(expected);
        }
    }

    private readonly FormatException Unexpected(string expected) => new($"expected {expected} at character {position + 1}");
}
