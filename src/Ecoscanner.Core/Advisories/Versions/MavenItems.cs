namespace Ecoscanner.Advisories.Versions;

/// <summary>Splits a Maven version into its items ("Version Order Specification" of the POM reference; ComparableVersion).</summary>
/// <remarks>A list stands only at the end of another, so that items in one row, each knowing whether it opens a list, say it all.</remarks>
internal ref struct MavenItems(ReadOnlySpan<char> version, Span<MavenItem> items)
{
    private readonly ReadOnlySpan<char> version = version;

    private readonly Span<MavenItem> items = items;

    private int count;

    private bool opens;

    /// <summary>Writes the items, without those that mean nothing.</summary>
    /// <param name="version">In lower case.</param>
    /// <param name="items">At least as many as the version has characters.</param>
    /// <returns>How many items there are.</returns>
    public static int Read(ReadOnlySpan<char> version, Span<MavenItem> items)
    {
        var reader = new MavenItems(version, items);
        reader.Split();
        return reader.Trim();
    }

    private void Split()
    {
        var start = 0;
        var inDigits = false;
        var listIsEmpty = true;
        for (var at = 0; at < version.Length; at++)
        {
            var character = version[at];
            if (character is '.' or '-')
            {
                Add(start, at, inDigits);
                start = at + 1;
                opens = listIsEmpty = character == '-';
                continue;
            }

            var isDigit = char.IsAsciiDigit(character);
            if (isDigit != inDigits && at > start)
            {
                // .X1 is -X1
                opens |= isDigit && !listIsEmpty;
                Add(start, at, inDigits, isFollowedByDigit: isDigit);
                start = at;
                opens = listIsEmpty = true;
            }

            inDigits = isDigit;
        }

        if (start < version.Length)
        {
            // A last .X is -X.
            opens |= !inDigits && !listIsEmpty;
            Add(start, version.Length, inDigits);
        }
    }

    private void Add(int start, int end, bool inDigits, bool isFollowedByDigit = false)
    {
        items[count++] = MavenItem.Of(version, start, end, inDigits, isFollowedByDigit, opens);
        opens = false;
    }

    // From the end: what is as nothing, and has nothing after it in its list but another list, is dropped.
    private readonly int Trim()
    {
        var kept = count;
        var isLast = true;
        for (var at = count - 1; at >= 0; at--)
        {
            var item = items[at];
            if (!isLast || item.Sign != 0)
            {
                items[--kept] = item with { Opens = false };
                isLast = false;
            }

            // The list is whole, and its first opens it. Without an item of its own it is the list in it, or none.
            if (item.Opens)
            {
                if (!isLast)
                {
                    items[kept] = items[kept] with { Opens = true };
                }

                isLast = true;
            }
        }

        items[kept..count].CopyTo(items);
        return count - kept;
    }
}
