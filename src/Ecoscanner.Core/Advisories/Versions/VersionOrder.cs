using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Versions;

/// <summary>How an ecosystem orders versions.</summary>
public abstract class VersionOrder
{
    /// <summary>Longer texts are no versions: the longest real ones have about a hundred characters, and Maven itself stops at 256.</summary>
    public const int MaxLength = 16_384;

    private static readonly MavenOrder Maven = new();

    private static readonly NpmOrder Npm = new();

    private protected VersionOrder() { }

    public static VersionOrder Of(Ecosystem ecosystem) =>
        ecosystem switch
        {
            Ecosystem.Maven => Maven,
            Ecosystem.Npm => Npm,
            _ => throw new ArgumentOutOfRangeException(nameof(ecosystem), ecosystem, null),
        };

    /// <summary>The key that this version sorts by; null where the text is no version, such as <c>${revision}</c> or <c>latest</c>.</summary>
    /// <remarks>Takes time linear in the length of the text.</remarks>
    public VersionKey? Key(string version)
    {
        if (version.Length is 0 or > MaxLength)
        {
            return null;
        }

        var writer = new KeyWriter(stackalloc byte[KeyWriter.UsualSize]);
        return TryWrite(version, ref writer) ? new VersionKey(writer.ToArray()) : null;
    }

    /// <summary>Below 0 where the left one is older, 0 where they are held equal; null where one of them is no version.</summary>
    public int? Compare(string left, string right) => Key(left) is { } a && Key(right) is { } b ? a.CompareTo(b) : null;

    /// <summary>False where the text is no version.</summary>
    private protected abstract bool TryWrite(scoped ReadOnlySpan<char> version, ref KeyWriter writer);
}
