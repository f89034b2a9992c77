using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Access.OpenId;

/// <summary>The providers of identities that an operator names in a file; it holds their secrets, so nobody else may read it.</summary>
public static partial class OpenIdProviderFile
{
    private const int MaximumProviders = 50;
    private const int MaximumKey = 40;

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Reads a JSON array of <see cref="OpenIdProvider"/>.</summary>
    /// <exception cref="SiteException">It is not there, others may read it, or one of its providers cannot be used; what it holds is not quoted.</exception>
    public static IReadOnlyList<OpenIdProvider> Read(string path)
    {
        try
        {
            var content = KeyFile.Find(path) ?? throw new SiteException($"{path}: there is no such file; name one with --providers");
            var providers = JsonSerializer.Deserialize(content, ProvidersJson.Default.IReadOnlyListOpenIdProvider) ?? [];
            if (providers.Count > MaximumProviders)
            {
                throw new SiteException($"{path}: more than {MaximumProviders} providers");
            }

            for (var at = 0; at < providers.Count; at++)
            {
                if (Problem(providers[at]) is { } problem)
                {
                    throw new SiteException($"{path}: provider {at + 1}: {problem}");
                }
            }

            return providers.DistinctBy(provider => provider.Key, StringComparer.Ordinal).Count() == providers.Count
                ? providers
                : throw new SiteException($"{path}: two providers have one key; give each its own");
        }
        catch (JsonException e)
        {
            throw new SiteException($"{path}: is no list of providers: see line {e.LineNumber + 1}, {e.Path ?? "which is no JSON"}", e);
        }
        catch (Exception e) when (e is SealedException or IOException or UnauthorizedAccessException)
        {
            throw new SiteException(e.Message, e);
        }
    }

    private static string? Problem(OpenIdProvider? provider) =>
        provider is null ? "is null"
        : string.IsNullOrEmpty(provider.Key) || provider.Key.Length > MaximumKey || provider.Key.AsSpan().ContainsAnyExcept(KeyCharacters)
            ? $"key must be 1 to {MaximumKey} of a-z, 0-9 and -"
        : string.IsNullOrWhiteSpace(provider.Name) || string.IsNullOrEmpty(provider.ClientId) || string.IsNullOrEmpty(provider.ClientSecret)
            ? "name, clientId and clientSecret must be there"
        : !IsSafe(provider.Issuer) ? "issuer must be an https URL"
        : !IsSafe(provider.RedirectUri) ? "redirectUri must be an https URL, of this service"
        : null;

    private static bool IsSafe(Uri? uri) => uri is { IsAbsoluteUri: true } && (uri.Scheme == Uri.UriSchemeHttps || OpenIdClient.IsThisMachine(uri));

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 4
    )]
    [JsonSerializable(typeof(IReadOnlyList<OpenIdProvider>))]
    private sealed partial class ProvidersJson : JsonSerializerContext;
}
