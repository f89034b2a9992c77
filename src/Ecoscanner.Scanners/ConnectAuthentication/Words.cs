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

    public static IEnumerable<string> In(string text)
    {
        var (start, count) = (-1, 0);
        for (var i = 0; i <= text.Length; i++)
        {
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

    /// <summary>Whether a word looks like a nonce, an id or a time rather than like something said.</summary>
    public static bool IsRandom(string word)
    {
        var digits = word.Count(char.IsAsciiDigit);
        return (digits == word.Length && digits >= MinimumNumberLength) || (word.Length >= MinimumRandomLength && digits >= 2 && word.Length - digits >= 2);
    }

    /// <summary>Stable within a run; 0 is kept for random words.</summary>
    public static int Hash(string word) => string.GetHashCode(word, StringComparison.Ordinal) is var hash and not 0 ? hash : 1;
}
