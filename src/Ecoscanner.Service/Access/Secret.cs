using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ecoscanner.Service.Access;

/// <summary>Random texts that are given to somebody once, of which only the digest is kept.</summary>
internal static class Secret
{
    private const int Bytes = 32;

    // A longer one is none of ours.
    private const int MaximumLength = 128;

    /// <summary>256 random bits, in base64url.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is kept of it. Its 256 bits cannot be guessed, so no slow hash is needed.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret.Length <= MaximumLength ? secret : ""));

    /// <summary>True where both are the same, in a time that does not tell where they differ.</summary>
    public static bool Same(string one, string? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}

/// <summary>Small JSON objects for audits and notices.</summary>
internal static class Detail
{
    public static string Of(params ReadOnlySpan<(string Name, string? Value)> values)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            foreach (var (name, value) in values)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <summary>A text of such an object; null where it has none of that name.</summary>
    public static string? Text(string detail, string name)
    {
        using var json = JsonDocument.Parse(detail);
        return json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    public static string Time(long clock) => DateTimeOffset.FromUnixTimeMilliseconds(clock).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
