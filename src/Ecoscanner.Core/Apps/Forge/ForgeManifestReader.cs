namespace Ecoscanner.Apps.Forge;

/// <summary>Reads a Forge app's manifest. Nothing is refused as a whole: what cannot be read is a problem with its place, and the rest is there.</summary>
public static class ForgeManifestReader
{
    /// <summary>No more bytes need to be read: a larger file is a problem and nothing else.</summary>
    public const int MaximumBytes = ManifestBytes.Maximum;

    /// <summary>The names that a manifest has, in the order in which to look for them.</summary>
    public static readonly IReadOnlyList<string> FileNames = ["manifest.yml", "manifest.yaml"];

    /// <summary>Reads a manifest. Never throws, whatever the bytes are.</summary>
    public static ForgeManifest Read(ReadOnlySpan<byte> bytes)
    {
        var problems = new ManifestProblems();
        var reading = new ManifestReading(problems);
        var root = new ManifestSection(ManifestYaml.Read(bytes, problems), "", reading);

        // First, as its names decide what the other texts mean.
        var variables = Variables(root, reading);
        var app = AppSettingsReader.Read(root, problems);
        var modules = ModulesReader.Read(root, app.SourceFolder, reading);
        var manifest = new ForgeManifest
        {
            App = app,
            Modules = modules.Modules,
            Functions = modules.Functions,
            Endpoints = modules.Endpoints,
            ConnectModules = modules.Connect,
            Remotes = [.. root.Sections("remotes").Select(ServersReader.Remote)],
            Resources = [.. root.Sections("resources").Select(ServersReader.Resource)],
            Permissions = PermissionsReader.Read(root),
            Providers = ProvidersReader.Read(root),
            Variables = variables,
            Translations = Translations(root),
            Services = [.. root.Sections("services").Select(service => new ForgeService(service.Required("key", "my-service"), service.Map))],
            Root = root.Map,
        };
        root.Done("overrides");
        if (root.Map.Entries.Count > 0)
        {
            Missing(manifest, problems);
        }

        manifest = manifest with { EntryPoints = new EntryPointFinder(manifest, problems).Find() };
        return manifest with { UnknownKeys = [.. reading.UnknownKeys.Distinct()], Problems = problems.All };
    }

    private static List<ForgeVariable> Variables(ManifestSection root, ManifestReading reading)
    {
        var variables = new List<ForgeVariable>();
        if (root.Section("environment") is not { } environment)
        {
            return variables;
        }

        foreach (var node in environment.Items("variables"))
        {
            switch (node)
            {
                case ManifestText name:
                    variables.Add(new ForgeVariable(name.Value, null, name.Place));
                    break;
                case ManifestMap map when map.Find("key") is ManifestText name:
                    variables.Add(new ForgeVariable(name.Value, (map.Find("default") as ManifestText)?.Value, name.Place));
                    break;
                default:
                    reading.Problems.Add(
                        ManifestProblemKind.Invalid,
                        node.Place,
                        "an entry of environment.variables is neither a name nor has a key, and was not read; write a name, or key: and default:"
                    );
                    break;
            }
        }

        environment.Done();
        reading.Variables.UnionWith(variables.Select(variable => variable.Key));
        return variables;
    }

    private static ForgeTranslations? Translations(ManifestSection root)
    {
        if (root.Section("translations") is not { } translations)
        {
            return null;
        }

        var files = new List<ForgeNamedText>();
        foreach (var resource in translations.Sections("resources"))
        {
            if (resource.Required("key", "en-US") is { } locale && resource.Required("path", "locales/en-US.json") is { } path)
            {
                files.Add(new ForgeNamedText(locale.Value, path));
            }

            resource.Done();
        }

        var fallback = translations.Section("fallback")?.Text("default")?.Value;
        translations.Done();
        return new ForgeTranslations(files, fallback, translations.Place);
    }

    private static void Missing(ForgeManifest manifest, ManifestProblems problems)
    {
        if (manifest.Root.Find("app") is null)
        {
            problems.Add(ManifestProblemKind.Invalid, ManifestPlace.Start, "the manifest has no app; add app: with id: and runtime:");
        }

        if (manifest.Root.Find("modules") is null && manifest.Root.Find("connectModules") is null)
        {
            problems.Add(
                ManifestProblemKind.Invalid,
                ManifestPlace.Start,
                "the manifest has neither modules nor connectModules, so the app does nothing; add modules:"
            );
        }
    }
}
