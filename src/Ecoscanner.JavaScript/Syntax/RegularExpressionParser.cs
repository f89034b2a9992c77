namespace Ecoscanner.JavaScript.Syntax;

/// <summary>Reads a pattern once, from left to right, for its errors only; no tree is made.</summary>
internal ref partial struct RegularExpressionParser
{
    /// <summary>How deep groups and classes may be nested. Nobody writes a tenth of it, and classes take stack.</summary>
    public const int MaximumDepth = 1_000;

    private readonly ReadOnlySpan<char> pattern;
    private readonly bool isUnicode;
    private readonly bool hasSets;
    private readonly bool hasNames;
    private Span<RegularExpressionGroup> groups;
    private int depth;
    private int classDepth;
    private int position;
    private RegularExpressionError? error;

    private int captures;
    private long largestReference;
    private int largestReferenceOffset;

    /// <summary>Where each name was last declared.</summary>
    private Dictionary<string, int>? names;

    /// <summary>References to names that were not declared before them.</summary>
    private List<(string Name, int Offset)>? undeclared;
    private bool hasLetterK;

    /// <summary>Starts at the beginning of the pattern.</summary>
    /// <param name="groups">Room for some open groups.</param>
    /// <param name="isUnicode">Flag u or v: the strict grammar over code points, instead of Annex B's over code units.</param>
    /// <param name="hasSets">Flag v.</param>
    /// <param name="hasNames">Whether <c>\k</c> is a reference: always with u or v, else where the pattern has a named group.</param>
    public RegularExpressionParser(ReadOnlySpan<char> pattern, Span<RegularExpressionGroup> groups, bool isUnicode, bool hasSets, bool hasNames)
    {
        this.pattern = pattern;
        this.groups = groups;
        this.isUnicode = isUnicode;
        this.hasSets = hasSets;
        this.hasNames = hasNames;
    }

    public RegularExpressionError? Check()
    {
        groups[0] = new(0, 0, 0, IsQuantifiable: false);
        while (position < pattern.Length)
        {
            if (!Term())
            {
                return error;
            }
        }

        _ = depth > 0 ? Fail(groups[depth].Start, "the group is not closed; add ) or write \\( for the character") : References();
        return error;
    }

    private bool Term()
    {
        var start = position;
        switch (pattern[start])
        {
            case '|':
                position++;
                groups[depth] = groups[depth] with { Alternative = position };
                return true;
            case '^' or '$':
                position++;
                return true;
            case '(':
                return OpenGroup();
            case ')':
                return CloseGroup();
            case '[':
                return (hasSets ? ClassSet(out _) : Class()) && Quantifier();
            case '\\':
                return AtomEscape();
            case '*' or '+' or '?':
                return Fail(start, $"there is nothing to repeat before {pattern[start]}; write \\{pattern[start]} for the character");
            case '{' when isUnicode || Braces(out _):
                return Fail(start, "there is nothing to repeat before {; write \\{ for the character");
            case ']' or '}' when isUnicode:
                return Fail(start, $"with the flag u or v, a lone {pattern[start]} must be written \\{pattern[start]}");
            default:
                Next();
                return Quantifier();
        }
    }

    private bool Quantifier()
    {
        var start = position;
        if (Take('*') || Take('+') || Take('?'))
        {
            Take('?');
        }
        else if (At('{') && Braces(out var isOrdered))
        {
            Take('?');
            return isOrdered || Fail(start, "the numbers in {} are out of order; the smaller one goes first");
        }

        return true;
    }

    /// <summary>Reads <c>{2}</c>, <c>{2,}</c> or <c>{2,3}</c>; else stays where it is.</summary>
    private bool Braces(out bool isOrdered)
    {
        isOrdered = true;
        var start = position++;
        var least = Digits();
        if (least.Length > 0)
        {
            if (Take(',') && Digits() is { Length: > 0 } most)
            {
                isOrdered = IsAtMost(least, most);
            }

            if (Take('}'))
            {
                return true;
            }
        }

        position = start;
        return false;
    }

    private ReadOnlySpan<char> Digits()
    {
        var start = position;
        while (position < pattern.Length && char.IsAsciiDigit(pattern[position]))
        {
            position++;
        }

        return pattern[start..position];
    }

    // The numbers may be larger than any type of ours.
    private static bool IsAtMost(ReadOnlySpan<char> least, ReadOnlySpan<char> most)
    {
        least = least.TrimStart('0');
        most = most.TrimStart('0');
        return least.Length == most.Length ? least.SequenceCompareTo(most) <= 0 : least.Length < most.Length;
    }

    /// <summary>The next character, a code point with the flag u or v and a code unit without.</summary>
    private int Next() => isUnicode ? NextCodePoint() : pattern[position++];

    private int NextCodePoint()
    {
        var unit = pattern[position++];
        return char.IsHighSurrogate(unit) && position < pattern.Length && char.IsLowSurrogate(pattern[position])
            ? char.ConvertToUtf32(unit, pattern[position++])
            : unit;
    }

    private readonly bool At(char expected) => position < pattern.Length && pattern[position] == expected;

    private readonly bool At(string expected) => pattern[position..].StartsWith(expected, StringComparison.Ordinal);

    private bool Take(char expected)
    {
        if (!At(expected))
        {
            return false;
        }

        position++;
        return true;
    }

    private bool Fail(int offset, string message)
    {
        error = new(offset, IsInFlags: false, message);
        return false;
    }
}
