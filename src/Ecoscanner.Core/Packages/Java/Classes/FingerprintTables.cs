using System.Text;

namespace Ecoscanner.Packages.Java.Classes;

/// <summary>The columns of a fingerprint file as they lie in memory.</summary>
internal sealed class FingerprintTables
{
    // Of a hundred thousand shapes one in 2^31 foreign classes meets one by chance.
    public const int ShapeBits = 48;
    public const ulong ShapeMask = (1UL << ShapeBits) - 1;

    public required string Source { get; init; }

    public required string[] Libraries { get; init; }

    public required FingerprintRelease[] Releases { get; init; }

    /// <summary>Sets of releases, ascending.</summary>
    public required int[][] Sets { get; init; }

    public required string[] Packages { get; init; }

    /// <summary>By class, ascending.</summary>
    public required int[] ClassPackages { get; init; }

    /// <summary>The simple names of the classes, each behind the other.</summary>
    public required byte[] Names { get; init; }

    /// <summary>By class where its name starts, and at last where the last ends.</summary>
    public required int[] NameStarts { get; init; }

    /// <summary>By variant, ascending: of which class it is.</summary>
    public required int[] VariantClasses { get; init; }

    public required int[] VariantSets { get; init; }

    public required ulong[] Shapes { get; init; }

    public required uint[] Codes { get; init; }

    public string SimpleName(int type) => Encoding.UTF8.GetString(Names, NameStarts[type], NameStarts[type + 1] - NameStarts[type]);
}
