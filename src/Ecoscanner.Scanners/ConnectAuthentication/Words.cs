using System.Buffers;

namespace Ecoscanner.Scanners.ConnectAuthentication;

/// <summary>The words of a text: runs of letters, digits and underscores.</summary>
internal static class Words
{
    // Shorter than a nonce's shortest form in the wild (8 hex digits), longer than most identifiers with a digit in them.
    private const int MinimumRandomLength = 8;

    // Counters and times: six digits and more.
    private const int MinimumNumberLength = 6;

    // More of one page is never compared.
    private const int MaximumWords = 20_000;

    // Base64 of sixteen random bytes has 22 characters.
    private const int MinimumTokenLength = 20;

    // What a date or a time of day is written with.
    private static readonly SearchValues<char> MomentCharacters = SearchValues.Create("0123456789-:./+TZ");

    // What base64, in both alphabets, is written with.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-");

    /// <summary>Each word in turn; a date, a time or a random token is one empty word, however it is written.</summary>
    public static IEnumerable<string> In(string text)
    {
        var (start, count) = (-1, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (start < 0 && i < text.Length && char.IsAsciiLetterOrDigit(text[i]) && Changing(text, i) is > 0 and var length)
            {
                yield return "";
                i += length - 1;
                if (++count == MaximumWords)
                {
                    yield break;
                }

                continue;
            }

            if (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] == '_'))
            {
                start = start < 0 ? i : start;
                continue;
            }

            if (start >= 0)
            {
                yield return text[start..i];
                start = -1;
                if (++count == MaximumWords)
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>Length of the date, time or token that stands there; 0 where none does.</summary>
    private static int Changing(string text, int start)
    {
        var rest = text.AsSpan(start);
        var moment = Run(rest, MomentCharacters);
        if (
            char.IsAsciiDigit(rest[0])
            && moment.Length > 3
            && moment.ContainsAny("-:/")
            && (moment.Length == rest.Length || !char.IsLetter(rest[moment.Length]))
        )
        {
            return moment.Length;
        }

        var token = Run(rest, TokenCharacters);
        return token.Length >= MinimumTokenLength && Count(token, '0', '9') >= 2 && Count(token, 'A', 'Z') >= 2 && Count(token, 'a', 'z') >= 2
            ? token.Length
            : 0;
    }

    private static ReadOnlySpan<char> Run(ReadOnlySpan<char> text, SearchValues<char> of) => text.IndexOfAnyExcept(of) is >= 0 and var end ? text[..end] : text;

    private static int Count(ReadOnlySpan<char> text, char from, char to)
    {
        var count = 0;
        foreach (var character in text)
        {
            count += character >= from && character <= to ? 1 : 0;
        }

        return count;
    }

    /// <summary>Whether a word looks like a nonce, an id or a time rather than like something said.</summary>
    public static bool IsRandom(string word)
    {
        var digits = word.Count(char.IsAsciiDigit);
        return word.Length == 0
            || (digits == word.Length && digits >= MinimumNumberLength)
            || (word.Length >= MinimumRandomLength && digits >= 2 && word.Length - digits >= 2);
    }

    /// <summary>Stable within a run; 0 is kept for random words.</summary>
    public static int Hash(string word) => string.GetHashCode(word, StringComparison.Ordinal) is var hash and not 0 ? hash : 1;
}
