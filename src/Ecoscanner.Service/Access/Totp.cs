using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ecoscanner.Service.Access;

/// <summary>Codes of authenticator apps (RFC 6238): six digits of HMAC-SHA-1 for each half minute.</summary>
public static class Totp
{
    private const int SecretBytes = 20;
    private const int Digits = 6;
    private const int Modulus = 1_000_000;
    private const int StepSeconds = 30;

    // One step each way, for clocks that go wrong and people who type slowly.
    internal const int Drift = 1;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    public static long StepOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    public static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        // The apps know no other; as a MAC it is not broken.
#pragma warning disable CA5350
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0x0f)..]) & 0x7fff_ffff;
        return (number % Modulus).ToString($"D{Digits}", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code it is, or null: a step up to the last one that was used is used up.</summary>
    public static long? Match(ReadOnlySpan<byte> secret, string? code, DateTimeOffset now, long lastStep)
    {
        var given = (code ?? "").Where(c => c != ' ').Take(Digits + 1).ToArray();
        if (given.Length != Digits || !given.All(char.IsAsciiDigit))
        {
            return null;
        }

        long? match = null;
        for (var step = StepOf(now) - Drift; step <= StepOf(now) + Drift; step++)
        {
            if (Secret.Same(Code(secret, step), new string(given)) && step > lastStep)
            {
                match ??= step;
            }
        }

        return match;
    }

    /// <summary>What authenticator apps read from a picture.</summary>
    public static string Link(string issuer, string email, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(email)}?secret={Text(secret)}&issuer={Uri.EscapeDataString(issuer)}";

    /// <summary>In base32, for those who type it.</summary>
    public static string Text(ReadOnlySpan<byte> secret)
    {
        var text = new StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var octet in secret)
        {
            buffer = (buffer << 8) | octet;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Base32[(buffer >> bits) & 31]);
            }

            buffer &= (1 << bits) - 1;
        }

        return bits > 0 ? text.Append(Base32[(buffer << (5 - bits)) & 31]).ToString() : text.ToString();
    }
}
