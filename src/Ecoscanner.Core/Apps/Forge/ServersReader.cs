namespace Ecoscanner.Apps.Forge;

/// <summary>Reads <c>remotes</c>, <c>resources</c> and the <c>endpoint</c> modules.</summary>
internal static class ServersReader
{
    public static ForgeRemote Remote(ManifestSection remote)
    {
        var (storage, configurable) = (remote.Section("storage"), remote.Section("configurable"));
        var read = new ForgeRemote
        {
            Key = remote.Required("key", "my-server"),
            BaseUrls = BaseUrls(remote),
            Operations = remote.Texts("operations"),
            Tokens = Tokens(remote),
            HoldsUserData = storage?.Flag("inScopeEUD"),
            ConfigurablePatterns = configurable?.Texts("supportedPatterns") ?? [],
            Place = remote.Place,
        };
        if (read.BaseUrls is [] && configurable is null)
        {
            remote.Required("baseUrl", "https://app.example.com");
        }

        storage?.Done();
        configurable?.Done("name", "description");
        remote.Done();
        return read;
    }

    public static ForgeResource Resource(ManifestSection resource)
    {
        var read = new ForgeResource(resource.Required("key", "main"), resource.Required("path", "static/main/build"), resource.Named("entry"), resource.Place);
        resource.Done("bundler", "tunnel");
        return read;
    }

    public static ForgeEndpoint Endpoint(ManifestSection endpoint)
    {
        var route = endpoint.Section("route");
        var (remote, service) = (endpoint.Text("remote"), endpoint.Text("service"));
        if (remote is null && service is null)
        {
            endpoint.Required("remote", "my-server");
        }

        var read = new ForgeEndpoint(endpoint.Required("key", "my-endpoint"), remote, service, route?.Text("path"), Tokens(endpoint), endpoint.Place);
        route?.Done();
        endpoint.Done();
        return read;
    }

    // One URL, or one for each region.
    private static IReadOnlyList<ForgeNamedText> BaseUrls(ManifestSection remote) =>
        remote.Node("baseUrl") is ManifestMap ? remote.Named("baseUrl")
        : remote.Text("baseUrl") is { } url ? [new ForgeNamedText("default", url)]
        : [];

    private static ForgeTokens Tokens(ManifestSection server)
    {
        if (server.Section("auth") is not { } auth)
        {
            return new ForgeTokens(AppUser: null, AppSystem: null);
        }

        var tokens = new ForgeTokens(auth.Section("appUserToken")?.Flag("enabled"), auth.Section("appSystemToken")?.Flag("enabled"));
        auth.Done();
        return tokens;
    }
}
