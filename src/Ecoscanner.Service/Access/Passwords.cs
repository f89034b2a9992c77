using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ecoscanner.Service.Access;

/// <summary>What a check of a password came to.</summary>
public enum PasswordCheck
{
    Wrong,
    Right,

    /// <summary>Right, and to be hashed anew with today's number of iterations.</summary>
    Outdated,
}

/// <summary>Hashes and checks passwords: PBKDF2 with SHA-256, salt and iterations in the text: <c>pbkdf2-sha256$600000$SALT$HASH</c>.</summary>
public static class Passwords
{
    public const int MinimumLength = 12;
    public const int MaximumLength = 256;

    private const string Kind = "pbkdf2-sha256";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const int MinimumVariety = 5;

    // What is in the database is ours, but a check must end whatever stands there.
    private const int MostIterations = 10_000_000;

    // Each takes a processor for some tenths of a second: those beyond wait, so that requests still get their turn.
    private static readonly SemaphoreSlim Gate = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>What is wrong with a new password, or null where it will do.</summary>
    public static string? Objection(string password, string email)
    {
        if (password.Length is < MinimumLength or > MaximumLength)
        {
            return $"a password has {MinimumLength} to {MaximumLength} characters";
        }

        if (password.Distinct().Count() < MinimumVariety)
        {
            return $"the password repeats fewer than {MinimumVariety} characters; use others";
        }

        return email.Length > 0 && password.Contains(email.Split('@')[0], StringComparison.OrdinalIgnoreCase) && email.Split('@')[0].Length >= 4
            ? "the password holds the name in the e-mail address; use another"
            : null;
    }

    public static async Task<string> HashAsync(string password, int iterations, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = await DeriveAsync(password, salt, iterations, cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{Kind}${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <summary>Checks it. Where there is no hash the same work is done, and it is wrong.</summary>
    /// <param name="iterations">Today's number.</param>
    public static async Task<PasswordCheck> CheckAsync(string password, string? hash, int iterations, CancellationToken cancellationToken)
    {
        var kept = Parse(hash);
        var (salt, count, expected) = kept ?? (new byte[SaltBytes], iterations, new byte[HashBytes]);
        var derived = await DeriveAsync(password.Length <= MaximumLength ? password : "", salt, count, cancellationToken);
        var same = CryptographicOperations.FixedTimeEquals(derived, expected) && kept is not null && password.Length <= MaximumLength;
        return same ? (count == iterations ? PasswordCheck.Right : PasswordCheck.Outdated) : PasswordCheck.Wrong;
    }

    private static (byte[] Salt, int Iterations, byte[] Hash)? Parse(string? text)
    {
        if (
            text?.Split('$') is not [Kind, var count, var salt, var hash]
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < 1 or > MostIterations
        )
        {
            return null;
        }

        var (saltBytes, hashBytes) = (new byte[SaltBytes], new byte[HashBytes]);
        return
            Convert.TryFromBase64String(salt, saltBytes, out var saltLength)
            && saltLength == SaltBytes
            && Convert.TryFromBase64String(hash, hashBytes, out var hashLength)
            && hashLength == HashBytes
            ? (saltBytes, iterations, hashBytes)
            : null;
    }

    private static async Task<byte[]> DeriveAsync(string password, byte[] salt, int iterations, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(
                () => Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, HashBytes),
                CancellationToken.None
            );
        }
        finally
        {
            Gate.Release();
        }
    }
}
