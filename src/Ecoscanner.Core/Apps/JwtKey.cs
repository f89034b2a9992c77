using System.Security.Cryptography;
using System.Text;

namespace Ecoscanner.Apps;

/// <summary>What signs and checks a token: an algorithm (RFC 7518, 3.1) and its key. Never prints the key.</summary>
public abstract class JwtKey
{
    /// <summary>Signs nothing: <c>alg: none</c>, which every app must refuse.</summary>
    public static readonly JwtKey None = new Nothing();

    private JwtKey() { }

    /// <summary>The header's <c>alg</c>.</summary>
    public abstract string Algorithm { get; }

    /// <summary>The header's <c>kid</c>; null leaves it out.</summary>
    public virtual string? Id => null;

    /// <summary>A shared secret.</summary>
    /// <param name="algorithm">HS256, HS384 or HS512.</param>
    public static JwtKey Shared(string secret, string algorithm = "HS256") =>
        algorithm is "HS256" or "HS384" or "HS512"
            ? new Hmac(Encoding.UTF8.GetBytes(secret), algorithm)
            : throw new ArgumentException($"{algorithm} is no algorithm for a shared secret; use HS256, HS384 or HS512", nameof(algorithm));

    /// <summary>An RSA key, for RS256. Signing needs its private half; the caller disposes of it.</summary>
    /// <param name="id">The <c>kid</c> under which the public half can be had; null leaves it out.</param>
    public static JwtKey Asymmetric(RSA key, string? id) => new Rsa(key, id);

    internal abstract byte[] Sign(ReadOnlySpan<byte> text);

    /// <summary>Takes the same time whatever is wrong with the signature.</summary>
    internal virtual bool Signed(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => CryptographicOperations.FixedTimeEquals(Sign(text), signature);

    private sealed class Nothing : JwtKey
    {
        public override string Algorithm => "none";

        internal override byte[] Sign(ReadOnlySpan<byte> text) => [];

        // Nobody signed it, so it cannot be found signed.
        internal override bool Signed(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => false;
    }

    private sealed class Hmac(byte[] secret, string algorithm) : JwtKey
    {
        public override string Algorithm => algorithm;

        internal override byte[] Sign(ReadOnlySpan<byte> text) =>
            algorithm switch
            {
                "HS256" => HMACSHA256.HashData(secret, text),
                "HS384" => HMACSHA384.HashData(secret, text),
                _ => HMACSHA512.HashData(secret, text),
            };
    }

    private sealed class Rsa(RSA key, string? id) : JwtKey
    {
        public override string Algorithm => "RS256";

        public override string? Id => id;

        internal override byte[] Sign(ReadOnlySpan<byte> text) => key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        internal override bool Signed(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) =>
            key.VerifyData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
