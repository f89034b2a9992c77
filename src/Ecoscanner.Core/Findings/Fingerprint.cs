using System.Security.Cryptography;
using System.Text;
using Ecoscanner.Rules;

namespace Ecoscanner.Findings;

/// <summary>A finding's identity: what it is, never its wording, score or line.</summary>
public static class Fingerprint
{
    // Stands in every fingerprint, so that a later recipe can live beside it as an alias.
    private const string Recipe = "eco1";

    /// <summary>The fingerprint of a rule family broken at a place of an app: <c>eco1:</c> and 32 hex digits.</summary>
    public static string Of(string appKey, Rule rule, Location location)
    {
        // Each part is preceded by its length, so that no two different lists give the same text.
        var text = new StringBuilder();
        foreach (var part in (ReadOnlySpan<string>)[appKey, rule.Family, location.Identity])
        {
            text.Append(part.Length).Append(':').Append(part);
        }

        return $"{Recipe}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16))}";
    }
}
