namespace Ecoscanner.Advisories.Versions;

/// <summary>A version as bytes that sort, byte by byte, as its ecosystem orders versions: made once, stored, compared without reading the text again.</summary>
/// <remarks>Versions that the ecosystem holds equal (<c>1</c> and <c>1.0.0</c> of Maven) have equal bytes. Keys of different ecosystems do not compare.</remarks>
public readonly struct VersionKey : IComparable<VersionKey>, IEquatable<VersionKey>
{
    private readonly byte[]? bytes;

    public VersionKey(byte[] bytes) => this.bytes = bytes;

    public ReadOnlySpan<byte> Bytes => bytes;

    public static bool operator ==(VersionKey left, VersionKey right) => left.Equals(right);

    public static bool operator !=(VersionKey left, VersionKey right) => !left.Equals(right);

    public static bool operator <(VersionKey left, VersionKey right) => left.CompareTo(right) < 0;

    public static bool operator <=(VersionKey left, VersionKey right) => left.CompareTo(right) <= 0;

    public static bool operator >(VersionKey left, VersionKey right) => left.CompareTo(right) > 0;

    public static bool operator >=(VersionKey left, VersionKey right) => left.CompareTo(right) >= 0;

    public int CompareTo(VersionKey other) => Bytes.SequenceCompareTo(other.Bytes);

    public bool Equals(VersionKey other) => Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => obj is VersionKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    public override string ToString() => Convert.ToHexStringLower(Bytes);
}
