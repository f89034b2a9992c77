using System.Security.Cryptography;

namespace Ecoscanner.Probing.Signing;

/// <summary>Ed25519 (RFC 8032) by OpenSSL 3, which .NET itself needs on Linux; docs/decisions/0002 says why.</summary>
public static class Ed25519
{
    /// <summary>Bytes of a private key as RFC 8032 means it.</summary>
    public const int SeedBytes = 32;

    public const int PublicKeyBytes = 32;

    public const int SignatureBytes = 64;

    private static readonly Lazy<string?> Obstacle = new(FindObstacle);

    /// <summary>True where this machine can sign and verify.</summary>
    public static bool IsAvailable => UnavailableReason is null;

    /// <summary>Why this machine cannot sign, and the way out, on one line; null where it can.</summary>
    public static string? UnavailableReason => Obstacle.Value;

    /// <summary>The public key that belongs to a seed.</summary>
    /// <exception cref="CryptographicException">OpenSSL refused.</exception>
    public static byte[] PublicKey(ReadOnlySpan<byte> seed)
    {
        using var key = PrivateKey(seed);
        var raw = new byte[PublicKeyBytes];
        var length = (nuint)raw.Length;
        Check(LibCrypto.RawPublicKey(key, raw, ref length) == 1 && length == PublicKeyBytes);
        return raw;
    }

    /// <summary>The signature of a message; the same message and seed always give the same one.</summary>
    /// <exception cref="CryptographicException">OpenSSL refused.</exception>
    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message)
    {
        using var key = PrivateKey(seed);
        using var context = LibCrypto.NewContext();
        Check(!context.IsInvalid);
        Check(LibCrypto.SignInit(context, 0, 0, 0, key) == 1);
        var signature = new byte[SignatureBytes];
        var length = (nuint)signature.Length;
        Check(LibCrypto.Sign(context, signature, ref length, message, (nuint)message.Length) == 1 && length == SignatureBytes);
        return signature;
    }

    /// <summary>True where the signature is the message's by this key; false for anything else, a key or signature of the wrong length too.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != PublicKeyBytes || signature.Length != SignatureBytes)
        {
            return false;
        }

        using var key = LibCrypto.NewPublicKey(LibCrypto.Ed25519KeyType, 0, publicKey, PublicKeyBytes);
        using var context = LibCrypto.NewContext();
        Check(!key.IsInvalid && !context.IsInvalid);
        Check(LibCrypto.VerifyInit(context, 0, 0, 0, key) == 1);
        var verified = LibCrypto.Verify(context, signature, SignatureBytes, message, (nuint)message.Length) == 1;

        // A refusal stays in the thread's error queue, where TLS on this thread would take it for its own.
        LibCrypto.ClearErrors();
        return verified;
    }

    private static LibCrypto.KeyHandle PrivateKey(ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedBytes);
        var key = LibCrypto.NewPrivateKey(LibCrypto.Ed25519KeyType, 0, seed, SeedBytes);
        Check(!key.IsInvalid);
        return key;
    }

    private static void Check(bool succeeded)
    {
        if (!succeeded)
        {
            LibCrypto.ClearErrors();
            throw new CryptographicException("OpenSSL refused an Ed25519 operation");
        }
    }

    // A signature made and checked, because a library that is there may still refuse: OpenSSL in FIPS mode does.
    private static string? FindObstacle()
    {
        try
        {
            var seed = RandomNumberGenerator.GetBytes(SeedBytes);
            var message = "available?"u8;
            return Verify(PublicKey(seed), message, Sign(seed, message)) ? null : "OpenSSL's Ed25519 does not verify its own signature; update OpenSSL";
        }
        catch (DllNotFoundException e)
        {
            return $"{e.Message}; install OpenSSL 3 to sign traffic";
        }
        catch (EntryPointNotFoundException e)
        {
            return $"OpenSSL is too old ({e.Message}); install OpenSSL 3 to sign traffic";
        }
        catch (CryptographicException e)
        {
            return $"{e.Message}; is it in FIPS mode?";
        }
    }
}
