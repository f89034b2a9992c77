namespace Ecoscanner.JavaScript.Syntax;

/// <summary>The early errors of regular expression literals in ECMAScript 2026, Annex B included.</summary>
/// <remarks>It takes linear time and bounded stack, so it may be given anything; a pattern without named or many groups allocates nothing.</remarks>
internal static class RegularExpressionSyntax
{
    private const string Flags = "dgimsuvy";

    /// <summary>Groups that may be open at once before memory is allocated for them.</summary>
    private const int UsualDepth = 16;

    /// <summary>The first error of a literal, flags first; null where it is valid.</summary>
    /// <param name="pattern">What stands between the slashes.</param>
    /// <param name="flags">What stands behind them, as written: an escape is no flag.</param>
    public static RegularExpressionError? Check(ReadOnlySpan<char> pattern, ReadOnlySpan<char> flags)
    {
        var seen = 0;
        for (var at = 0; at < flags.Length; at++)
        {
            if (Flags.IndexOf(flags[at], StringComparison.Ordinal) is not (>= 0 and var flag))
            {
                return InFlags(at, $"regular expressions have no flag {Printable(flags[at])}; the flags are {Flags}");
            }

            if ((seen & (1 << flag)) != 0)
            {
                return InFlags(at, $"the flag {flags[at]} stands there twice; remove one");
            }

            seen |= 1 << flag;
        }

        if (flags.Contains('u') && flags.Contains('v'))
        {
            return InFlags(Math.Max(flags.IndexOf('u'), flags.IndexOf('v')), "the flags u and v exclude each other; v alone does what u does");
        }

        return InPattern(pattern, flags.ContainsAny('u', 'v'), flags.Contains('v'));
    }

    private static RegularExpressionError? InPattern(ReadOnlySpan<char> pattern, bool isUnicode, bool hasSets)
    {
        Span<RegularExpressionGroup> groups = stackalloc RegularExpressionGroup[UsualDepth];
        var parser = new RegularExpressionParser(pattern, groups, isUnicode, hasSets, hasNames: isUnicode);
        var error = parser.Check();
        if (error is null && parser.NamesChangeMeaning)
        {
            // Annex B: \k means the letter k unless the pattern names a group, and that is only known at its end.
            error = new RegularExpressionParser(pattern, groups, isUnicode, hasSets, hasNames: true).Check();
        }

        return error;
    }

    private static RegularExpressionError InFlags(int offset, string message) => new(offset, IsInFlags: true, message);

    private static string Printable(char flag) => char.IsAsciiLetterOrDigit(flag) ? flag.ToString() : $"U+{(int)flag:X4}";
}
