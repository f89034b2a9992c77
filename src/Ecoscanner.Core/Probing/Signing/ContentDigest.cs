using System.Security.Cryptography;

namespace Ecoscanner.Probing.Signing;

/// <summary>The Content-Digest field (RFC 9530) with SHA-256. We send it with an empty body too: nobody can then add one under our signature.</summary>
internal static class ContentDigest
{
    public const string Header = "Content-Digest";

    private const string Algorithm = "sha-256";

    public static string Of(ReadOnlySpan<byte> body) => $"{Algorithm}={new StructuredItem(SHA256.HashData(body))}";

    /// <summary>True where the field holds the body's SHA-256; digests by other algorithms are not looked at.</summary>
    /// <exception cref="FormatException">The field is no dictionary.</exception>
    public static bool Matches(string field, ReadOnlySpan<byte> body) =>
        StructuredFieldParser.Dictionary(field).GetValueOrDefault(Algorithm) is StructuredItem { Value: byte[] digest }
        && digest.AsSpan().SequenceEqual(SHA256.HashData(body));
}
