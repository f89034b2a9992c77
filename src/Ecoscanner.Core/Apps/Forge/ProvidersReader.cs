namespace Ecoscanner.Apps.Forge;

/// <summary>Reads <c>providers.auth</c>.</summary>
internal static class ProvidersReader
{
    private static readonly string[] Actions = ["authorization", "exchange", "refreshToken", "revokeToken", "retrieveProfile"];

    public static IReadOnlyList<ForgeAuthProvider> Read(ManifestSection root)
    {
        if (root.Section("providers") is not { } providers)
        {
            return [];
        }

        IReadOnlyList<ForgeAuthProvider> read = [.. providers.Sections("auth").Select(Provider)];
        providers.Done();
        return read;
    }

    private static ForgeAuthProvider Provider(ManifestSection provider)
    {
        var actions = provider.Section("actions");
        var read = new ForgeAuthProvider
        {
            Key = provider.Required("key", "my-provider"),
            Name = provider.Text("name"),
            Type = provider.Text("type"),
            Integration = provider.Text("integration"),
            ClientId = provider.Text("clientId"),
            Scopes = provider.Texts("scopes"),
            Remotes = provider.Texts("remotes"),
            Actions = actions is null ? [] : [.. Actions.Select(name => Action(actions, name)).OfType<ForgeProviderAction>()],
            Node = provider.Map,
        };
        actions?.Done();
        provider.Done("bearerMethod", "pkce");
        return read;
    }

    private static ForgeProviderAction? Action(ManifestSection actions, string name)
    {
        if (actions.Section(name) is not { } action)
        {
            return null;
        }

        var overrides = action.Section("overrides");
        var read = new ForgeProviderAction(
            name,
            action.Text("remote"),
            action.Text("path"),
            action.Text("function"),
            action.Named("queryParameters"),
            overrides?.Named("headers") ?? [],
            overrides?.Named("body") ?? [],
            action.Place
        );
        overrides?.Done();
        action.Done("resolvers", "oidc", "method", "additionalConsentParameters", "pkce");
        return read;
    }
}
