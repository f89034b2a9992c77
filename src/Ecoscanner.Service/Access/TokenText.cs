using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ecoscanner.Service.Access;

/// <summary>
/// The text of an API token: <c>eco_</c>, 8 characters by which it is known, <c>_</c>, 40 secret ones, and 6 that check the others, so that scanners of secrets
/// know a real one without asking us. All are letters and digits.
/// </summary>
public static class TokenText
{
    public const string Start = "eco_";

    /// <summary>Characters up to the secret ones.</summary>
    public const int PrefixLength = 12;

    private const int NameLength = PrefixLength - 4;

    // 62^40: 238 bits.
    private const int SecretLength = 40;
    private const int CheckLength = 6;
    private const int Length = PrefixLength + 1 + SecretLength + CheckLength;

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Plain = SearchValues.Create(Alphabet);

    public static string New()
    {
        var body = $"{Start}{RandomNumberGenerator.GetString(Alphabet, NameLength)}_{RandomNumberGenerator.GetString(Alphabet, SecretLength)}";
        return body + Check(body);
    }

    /// <summary>The part by which a person knows it again, or null where it is no token of ours.</summary>
    public static string? Prefix(string text)
    {
        if (text.Length != Length || !text.StartsWith(Start, StringComparison.Ordinal) || text[PrefixLength] != '_')
        {
            return null;
        }

        var characters = text.AsSpan();
        var isPlain = !characters[Start.Length..PrefixLength].ContainsAnyExcept(Plain) && !characters[(PrefixLength + 1)..].ContainsAnyExcept(Plain);
        return isPlain && Secret.Same(Check(text[..^CheckLength]), text[^CheckLength..]) ? text[..PrefixLength] : null;
    }

    /// <summary>The first 32 bits of the SHA-256 of what stands before, in base 62, the least digit last.</summary>
    private static string Check(string body)
    {
        var number = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes(body)));
        var digits = new char[CheckLength];
        for (var i = CheckLength - 1; i >= 0; i--)
        {
            digits[i] = Alphabet[(int)(number % (uint)Alphabet.Length)];
            number /= (uint)Alphabet.Length;
        }

        return new string(digits);
    }
}
