namespace Ecoscanner.Apps.Forge;

/// <summary>Reads <c>permissions</c>.</summary>
internal static class PermissionsReader
{
    private static readonly string[] Pages = ["fonts", "frames", "images", "media", "navigation", "scripts", "styles"];

    public static ForgePermissions Read(ManifestSection root)
    {
        if (root.Section("permissions") is not { } permissions)
        {
            return new ForgePermissions { Place = ManifestPlace.Start };
        }

        var (content, external) = (permissions.Section("content"), permissions.Section("external"));
        var configurable = external?.Section("configurable");
        var read = new ForgePermissions
        {
            Scopes = Scopes(permissions),
            Egress = external is null ? [] : Egress(external),
            ContentScripts = content?.Texts("scripts") ?? [],
            ContentStyles = content?.Texts("styles") ?? [],
            Sandbox = permissions.Texts("sandbox"),
            IsEgressConfigurable = configurable?.Flag("enabled"),
            Enforcement = permissions.Text("enforcement"),
            Place = permissions.Place,
        };
        content?.Done();
        configurable?.Done();
        external?.Done();
        permissions.Done();
        return read;
    }

    /// <summary>A list of names, or a mapping from names to what they allow.</summary>
    private static IReadOnlyList<ForgeScope> Scopes(ManifestSection permissions)
    {
        if (permissions.Node("scopes") is not ManifestMap)
        {
            return [.. permissions.Texts("scopes").Select(name => new ForgeScope(name, AllowsImpersonation: null))];
        }

        return [.. permissions.Section("scopes")!.Pairs().Select(pair => Scope(pair.Key, pair.Section))];
    }

    private static ForgeScope Scope(ManifestText name, ManifestSection? allowed)
    {
        var scope = new ForgeScope(
            new ForgeText(name.Value, name.Place, [new ForgeTextPiece(name.Value, IsVariable: false)]),
            allowed?.Flag("allowImpersonation")
        );
        allowed?.Done();
        return scope;
    }

    private static IReadOnlyList<ForgeEgress> Egress(ManifestSection external)
    {
        var fetch = external.Section("fetch");
        IReadOnlyList<ForgeEgress> egress =
        [
            .. fetch is null ? [] : Of(fetch, "backend", "fetch.backend"),
            .. fetch is null ? [] : Of(fetch, "client", "fetch.client"),
            .. Pages.SelectMany(use => Of(external, use, use)),
        ];
        fetch?.Done();
        return egress;
    }

    // An entry is a text (deprecated), an object with an address, or an object that names a remote.
    private static IReadOnlyList<ForgeEgress> Of(ManifestSection section, string key, string use)
    {
        var egress = new List<ForgeEgress>();
        foreach (var entry in section.Entries(key))
        {
            if (entry.Section is not { } mapping)
            {
                egress.Add(new ForgeEgress(use, entry.Text, null, null, null, IsPlain: true, entry.Text!.Place));
                continue;
            }

            var (address, remote) = (mapping.Text("address"), mapping.Text("remote"));
            egress.Add(
                new ForgeEgress(
                    use,
                    address,
                    remote,
                    mapping.Text("category"),
                    mapping.Flag("inScopeEUD"),
                    IsPlain: false,
                    (address ?? remote)?.Place ?? mapping.Place
                )
            );
            if (address is null && remote is null)
            {
                mapping.Required("address", "https://api.example.com");
            }

            mapping.Done();
        }

        return egress;
    }
}
