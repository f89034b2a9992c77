namespace Ecoscanner.Packages.Java.Classes;

/// <summary>
/// The order in which a fingerprint file lists releases, so that a range has a lowest and a highest: runs of digits by number, all else by text. Which
/// versions are affected, the advisories' own order decides.
/// </summary>
internal static class VersionText
{
    public static readonly IComparer<string> Ascending = Comparer<string>.Create(Compare);

    private static int Compare(string left, string right)
    {
        var a = left.AsSpan();
        var b = right.AsSpan();
        while (!a.IsEmpty && !b.IsEmpty)
        {
            var first = Run(a);
            var second = Run(b);
            var order =
                char.IsAsciiDigit(first[0]) && char.IsAsciiDigit(second[0])
                    ? CompareNumbers(first.TrimStart('0'), second.TrimStart('0'))
                    : first.SequenceCompareTo(second);
            if (order != 0)
            {
                return order;
            }

            a = a[first.Length..];
            b = b[second.Length..];
        }

        // A letter after it makes it a version before it, such as 2.0-beta9; another number one after it.
        return a.IsEmpty && b.IsEmpty ? string.CompareOrdinal(left, right)
            : a.IsEmpty ? -Rest(b)
            : Rest(a);
    }

    private static int Rest(ReadOnlySpan<char> rest) => rest.Length > 1 && char.IsAsciiLetter(rest[1]) ? -1 : 1;

    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);

    private static ReadOnlySpan<char> Run(ReadOnlySpan<char> text)
    {
        var isNumber = char.IsAsciiDigit(text[0]);
        var length = 1;
        while (length < text.Length && char.IsAsciiDigit(text[length]) == isNumber)
        {
            length++;
        }

        return text[..length];
    }
}
