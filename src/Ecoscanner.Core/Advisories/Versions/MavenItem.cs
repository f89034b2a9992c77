using System.Runtime.InteropServices;

namespace Ecoscanner.Advisories.Versions;

/// <summary>One part of a Maven version: a number or a qualifier.</summary>
/// <param name="Rank">A qualifier's place among qualifiers; for a number, <see cref="Number"/>.</param>
/// <param name="Sign">Below 0 where it is less than nothing, 0 where it is as nothing, above 0 where it is more.</param>
/// <param name="Opens">True for the first of a list in the list before it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MavenItem(byte Rank, sbyte Sign, int Start, int Length, bool Opens)
{
    public const byte Number = byte.MaxValue;

    /// <summary>The rank of <c>final</c> and its like, which are as no qualifier.</summary>
    public const byte Release = 5;

    /// <summary>The rank of all qualifiers without a meaning; they sort as texts.</summary>
    public const byte Unknown = 7;

    public bool IsNumber => Rank == Number;

    public static MavenItem Of(ReadOnlySpan<char> version, int start, int end, bool isNumber, bool isFollowedByDigit, bool opens)
    {
        var text = version[start..end];
        if (isNumber || text.IsEmpty)
        {
            return new(Number, (sbyte)(text.ContainsAnyExcept('0') ? 1 : 0), start, end - start, opens);
        }

        var rank = RankOf(text, isFollowedByDigit);
        return new(rank, (sbyte)(rank - Release), start, end - start, opens);
    }

    private static byte RankOf(ReadOnlySpan<char> qualifier, bool isFollowedByDigit) =>
        qualifier switch
        {
            "alpha" => 0,
            "a" when isFollowedByDigit => 0,
            "beta" => 1,
            "b" when isFollowedByDigit => 1,
            "milestone" => 2,
            "m" when isFollowedByDigit => 2,
            "rc" or "cr" => 3,
            "snapshot" => 4,
            "ga" or "final" or "release" => Release,
            "sp" => 6,
            _ => Unknown,
        };
}
