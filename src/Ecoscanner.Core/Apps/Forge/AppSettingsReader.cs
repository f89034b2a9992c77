namespace Ecoscanner.Apps.Forge;

/// <summary>Reads <c>app</c>.</summary>
internal static class AppSettingsReader
{
    private const string IdPrefix = "ari:cloud:ecosystem::app/";

    public static ForgeAppSettings Read(ManifestSection root, ManifestProblems problems)
    {
        if (root.Section("app") is not { } app)
        {
            return new ForgeAppSettings { Place = ManifestPlace.Start };
        }

        var (runtime, features, access) = (app.Section("runtime"), app.Section("features"), app.Section("access"));
        var (licensing, storage) = (app.Section("licensing"), app.Section("storage"));
        var settings = new ForgeAppSettings
        {
            Id = Id(app, problems),
            Runtime = runtime?.Required("name", "nodejs22.x"),
            Architecture = runtime?.Text("architecture"),
            MemoryMb = runtime?.Number("memoryMB"),
            IsLicensed = licensing?.Flag("enabled"),
            HasUserAccess = access?.Flag("userAccess"),
            AutoUserConsent = features?.Flag("autoUserConsent"),
            StorageClasses = storage?.Texts("classifications") ?? [],
            Entities = [.. (storage?.Sections("entities") ?? []).Select(Entity)],
            Connect = Connect(app),
            SourceFolder = SourceFolder(app, problems),
            Products = Products(app),
            Place = app.Place,
        };
        runtime?.Done();
        features?.Done();
        access?.Done();
        licensing?.Done("editionsEnabled", "modes");
        storage?.Done();
        // Older manifests have a name and a description, which Forge still takes from its own store.
        app.Done("name", "description");
        return settings;
    }

    private static ForgeText? Id(ManifestSection app, ManifestProblems problems)
    {
        var id = app.Required("id", IdPrefix + "UUID");
        if (id is { IsFixed: true } && (!id.Value.StartsWith(IdPrefix, StringComparison.Ordinal) || id.Value.Length == IdPrefix.Length))
        {
            problems.Add(ManifestProblemKind.Invalid, id.Place, $"app.id {Quoted.Of(id.Value)} is no app's ARI; \"forge register\" writes one: {IdPrefix}UUID");
        }

        return id;
    }

    private static ForgeEntity Entity(ManifestSection entity)
    {
        var read = new ForgeEntity(
            entity.Required("name", "my-entity"),
            [.. entity.Section("attributes")?.Map.Entries.Select(attribute => attribute.Key.Value) ?? []],
            entity.Place
        );
        entity.Done("indexes");
        return read;
    }

    private static ForgeConnect? Connect(ManifestSection app)
    {
        if (app.Section("connect") is not { } connect)
        {
            return null;
        }

        var read = new ForgeConnect(connect.Required("key", "com.example.app"), connect.Text("remote"), connect.Text("authentication"), connect.Place);
        connect.Done();
        return read;
    }

    private static string SourceFolder(ManifestSection app, ManifestProblems problems)
    {
        if (app.Section("package") is not { } package)
        {
            return ForgeHandler.DefaultFolder;
        }

        var (bundler, path) = (package.Text("bundler"), package.Text("path"));
        package.Done("extraFiles");
        // Only for a manual bundler; webpack's folder is fixed.
        if (path is null || bundler?.Value.StartsWith("manual", StringComparison.Ordinal) != true)
        {
            return ForgeHandler.DefaultFolder;
        }

        var folder = path.Value.StartsWith("./", StringComparison.Ordinal) ? path.Value[2..] : path.Value;
        folder = folder.TrimEnd('/');
        if (path.IsFixed && ForgeHandler.IsBelow(folder))
        {
            return folder;
        }

        problems.Add(
            ManifestProblemKind.Invalid,
            path.Place,
            $"app.package.path {Quoted.Of(path.Value)} is no folder below the manifest's, so handlers are looked for in {ForgeHandler.DefaultFolder}; write a relative path without dots"
        );
        return ForgeHandler.DefaultFolder;
    }

    private static IReadOnlyList<string> Products(ManifestSection app) =>
        [.. app.Section("compatibility")?.Map.Entries.Select(product => product.Key.Value) ?? []];
}
