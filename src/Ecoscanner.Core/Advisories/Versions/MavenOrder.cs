using System.Buffers;

namespace Ecoscanner.Advisories.Versions;

/// <summary>The order of Maven's ComparableVersion.</summary>
/// <remarks>
/// <para>
/// Lists compare item by item, and one that has ended goes on with nothings. At one place sort, in this order: qualifiers and lists that are less than nothing
/// (<c>-rc</c>), nothing, those that are more (<c>-sp</c>, <c>-1</c>), numbers. What is as nothing (<c>final</c>, and a zero before a <c>rc</c>) lets the next place
/// decide, so a row of it is written by what follows it; a zero before a greater number is a number.
/// </para>
/// <para>
/// Maven contradicts itself for qualifiers amid dots: of <c>1.sp.1</c>, <c>1-rc</c> and <c>1</c> each is less than the next. The specification settles it (<c>.sp</c> is <c>-sp</c>):
/// a qualifier is a list of itself. It also makes <c>1-ga-1</c> and <c>1-1</c> equal. Maven 4 has other contradictions in their place, and no version that advisories name sorts otherwise in it.
/// </para>
/// </remarks>
internal sealed class MavenOrder : VersionOrder
{
    private const int UsualLength = 64;

    // First bytes, in their order.
    private const byte LesserQualifier = 0x20;
    private const byte LesserList = 0x28;
    private const byte NothingsThenLesser = 0x30;
    private const byte End = 0x40;
    private const byte NothingsThenGreater = 0x50;
    private const byte GreaterQualifier = 0x60;
    private const byte GreaterList = 0x68;

    private protected override bool TryWrite(scoped ReadOnlySpan<char> version, ref KeyWriter writer)
    {
        // A property that nobody filled in.
        if (version.Contains("${", StringComparison.Ordinal))
        {
            return false;
        }

        var lower = version.Length <= UsualLength ? stackalloc char[UsualLength] : new char[version.Length];
        lower = lower[..version.ToLowerInvariant(lower)];
        var rented = version.Length <= UsualLength ? null : ArrayPool<MavenItem>.Shared.Rent(version.Length);
        var items = rented ?? stackalloc MavenItem[UsualLength];
        Write(lower, items[..MavenItems.Read(lower, items)], ref writer);
        if (rented is not null)
        {
            ArrayPool<MavenItem>.Shared.Return(rented);
        }

        return true;
    }

    private static void Write(scoped ReadOnlySpan<char> version, scoped ReadOnlySpan<MavenItem> items, ref KeyWriter writer)
    {
        var depth = 1;
        var isFirst = false;
        var decisive = -1;
        for (var at = 0; at < items.Length; at++)
        {
            // The last item is never as nothing, so there always is one that decides; each is found once.
            while (decisive < at || items[decisive].Sign == 0)
            {
                decisive++;
            }

            var item = items[at];
            var isGreater = items[decisive].Sign > 0;
            if (item.Opens)
            {
                writer.Byte(isGreater ? GreaterList : LesserList);
                depth++;
                isFirst = true;
            }

            if (item.Sign == 0 && !(item.IsNumber && isGreater))
            {
                at = WriteNothings(items, at, isGreater, ref writer);
            }
            else if (item.IsNumber)
            {
                writer.Number(version.Slice(item.Start, item.Length));
            }
            else
            {
                WriteQualifier(version, item, isFirst, ref writer);
            }

            isFirst = false;
        }

        for (; depth > 0; depth--)
        {
            writer.Byte(End);
        }
    }

    // A row in one list: the longer it is, the nearer to nothing is the whole. Returns the position of its last.
    private static int WriteNothings(scoped ReadOnlySpan<MavenItem> items, int first, bool isGreater, ref KeyWriter writer)
    {
        var last = first;
        while (items[last + 1] is { Opens: false, Sign: 0 } next && !(next.IsNumber && isGreater))
        {
            last++;
        }

        var length = last - first + 1;
        var sorted = isGreater ? ushort.MaxValue - length : length;
        writer.Byte(isGreater ? NothingsThenGreater : NothingsThenLesser);
        writer.Byte((byte)(sorted >> 8));
        writer.Byte((byte)sorted);
        return last;
    }

    private static void WriteQualifier(scoped ReadOnlySpan<char> version, MavenItem item, bool isFirst, ref KeyWriter writer)
    {
        var isGreater = item.Sign > 0;
        if (!isFirst)
        {
            writer.Byte(isGreater ? GreaterList : LesserList);
        }

        writer.Byte((byte)((isGreater ? GreaterQualifier : LesserQualifier) + item.Rank));
        if (item.Rank == MavenItem.Unknown)
        {
            writer.Text(version.Slice(item.Start, item.Length));
        }

        if (!isFirst)
        {
            writer.Byte(End);
        }
    }
}
