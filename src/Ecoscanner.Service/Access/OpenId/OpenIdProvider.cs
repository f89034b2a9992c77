namespace Ecoscanner.Service.Access.OpenId;

/// <summary>A provider of identities that the operator trusts: OpenID Connect 1.0, authorization code with PKCE.</summary>
/// <param name="Key">As accounts and URLs name it: <c>corporate</c>.</param>
/// <param name="Issuer">Its metadata lies below it, at <c>.well-known/openid-configuration</c>. https, or this machine by its address.</param>
/// <param name="RedirectUri">Where browsers come back to.</param>
public sealed record OpenIdProvider(string Key, string Name, Uri Issuer, string ClientId, string ClientSecret, Uri RedirectUri)
{
    /// <summary>Values of <c>amr</c> (RFC 8176) that count as a second factor; empty where the provider is not trusted with that.</summary>
    public IReadOnlyList<string> SecondFactorMethods
    {
        // What a file leaves out, the reader of JSON sets to null.
        get => field ?? [];
        init;
    }

    /// <summary>Without the secret, wherever it is printed.</summary>
    public override string ToString() => $"{Key} {Issuer}";
}
