using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Ecoscanner.Service.Api;

/// <summary>
/// Where a list goes on, as clients carry it: opaque, and of use for the list, the filters and the person it was made for only. Whoever changes a byte
/// of it gets an error, and not another place.
/// </summary>
internal sealed class Cursor(byte[] key)
{
    private const int SealBytes = 16;

    // Ours have less than 200.
    private const int LongestText = 2048;

    /// <param name="list">The path, the filters and the person.</param>
    /// <param name="place">The sorted values of the last row.</param>
    public string Write(string list, string place)
    {
        var text = Encoding.UTF8.GetBytes(place);
        return Base64Url.EncodeToString([.. Seal(list, text), .. text]);
    }

    /// <exception cref="ProblemException">It is none of ours, or another list's.</exception>
    public string Read(string list, string cursor)
    {
        var bytes = cursor.Length <= LongestText && Base64Url.IsValid(cursor) ? Base64Url.DecodeFromChars(cursor) : [];
        return bytes.Length >= SealBytes && CryptographicOperations.FixedTimeEquals(Seal(list, bytes.AsSpan(SealBytes)), bytes.AsSpan(0, SealBytes))
            ? Encoding.UTF8.GetString(bytes.AsSpan(SealBytes))
            : throw ProblemException.Wrong("?cursor", "is none that this list gave with these filters; begin without it");
    }

    private byte[] Seal(string list, ReadOnlySpan<byte> place)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(list)));
        hash.AppendData(place);
        return hash.GetHashAndReset()[..SealBytes];
    }
}
