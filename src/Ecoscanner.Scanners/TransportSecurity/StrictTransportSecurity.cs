using System.Buffers;
using System.Text;

namespace Ecoscanner.Scanners.TransportSecurity;

/// <summary>A <c>Strict-Transport-Security</c> header, read by the grammar of RFC 6797, section 6.1.</summary>
/// <param name="MaxAge">Seconds; null where the header is not valid, and then browsers ignore it whole.</param>
/// <param name="Problem">What is not valid; null where all is.</param>
internal sealed record StrictTransportSecurity(long? MaxAge, string? Problem)
{
    /// <summary>A year, the least that Connect 3 accepts, in seconds.</summary>
    public const long Year = 31_536_000;

    // RFC 2616, section 2.2.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~"
    );

    public static StrictTransportSecurity Parse(string header)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        long? maxAge = null;
        var rest = header.AsSpan();
        while (true)
        {
            rest = rest.TrimStart(" \t");
            if (rest.IsEmpty)
            {
                return maxAge is null ? Invalid("it has no max-age") : new StrictTransportSecurity(maxAge, null);
            }

            // A directive may be empty: ";;" is allowed.
            if (rest[0] == ';')
            {
                rest = rest[1..];
                continue;
            }

            var name = TakeToken(ref rest);
            if (name.Length == 0)
            {
                return Invalid("a directive does not begin with a name");
            }

            if (!TryValue(ref rest, out var value))
            {
                return Invalid($"the value of {name} is neither a token nor a quoted string");
            }

            rest = rest.TrimStart(" \t");
            if (!rest.IsEmpty && rest[0] != ';')
            {
                return Invalid($"{name} is not followed by a semicolon");
            }

            if (!seen.Add(name))
            {
                return Invalid($"{name} stands in it twice");
            }

            if (name.Equals("max-age", StringComparison.OrdinalIgnoreCase))
            {
                maxAge = Seconds(value);
                if (maxAge is null)
                {
                    return Invalid("max-age is not a number of seconds");
                }
            }

            if (name.Equals("includeSubDomains", StringComparison.OrdinalIgnoreCase) && value is not null)
            {
                return Invalid("includeSubDomains has a value");
            }
        }
    }

    private static StrictTransportSecurity Invalid(string problem) => new(null, problem);

    private static string TakeToken(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAnyExcept(TokenCharacters);
        var token = end < 0 ? rest : rest[..end];
        rest = rest[token.Length..];
        return token.ToString();
    }

    /// <summary>Takes "= value" where it stands; the value is null where it does not. False where it is malformed.</summary>
    private static bool TryValue(ref ReadOnlySpan<char> rest, out string? value)
    {
        value = null;
        var after = rest.TrimStart(" \t");
        if (after.IsEmpty || after[0] != '=')
        {
            return true;
        }

        rest = after[1..].TrimStart(" \t");
        if (rest.IsEmpty || rest[0] != '"')
        {
            value = TakeToken(ref rest);
            return value.Length > 0;
        }

        return TryQuoted(ref rest, out value);
    }

    private static bool TryQuoted(ref ReadOnlySpan<char> rest, out string? value)
    {
        var text = new StringBuilder();
        for (var i = 1; i < rest.Length; i++)
        {
            switch (rest[i])
            {
                case '"':
                    rest = rest[(i + 1)..];
                    value = text.ToString();
                    return true;
                case '\\' when i + 1 < rest.Length:
                    text.Append(rest[++i]);
                    break;
                default:
                    text.Append(rest[i]);
                    break;
            }
        }

        value = null;
        return false;
    }

    // 1*DIGIT; a number too large for us is a very long time all the same.
    private static long? Seconds(string? value) =>
        value is not { Length: > 0 } || value.AsSpan().ContainsAnyExceptInRange('0', '9') ? null
        : long.TryParse(value, out var seconds) ? seconds
        : long.MaxValue;
}
