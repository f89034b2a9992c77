namespace Ecoscanner.Apps.Forge;

/// <summary>Reads <c>modules</c> and <c>connectModules</c>.</summary>
internal sealed class ModulesReader(string folder, ManifestReading reading)
{
    // Older manifests write the name of the namespace, which Forge removes.
    private static readonly string[] SilentPrefixes = ["core:", "xen:"];

    // Everywhere: the documentation has it for modules where the schema does not.
    private static readonly string[] CommonProperties = ["key", "title", "unlicensedAccess"];

    private readonly List<ForgeModule> modules = [];
    private readonly List<ForgeFunction> functions = [];
    private readonly List<ForgeEndpoint> endpoints = [];
    private readonly Dictionary<string, ManifestPlace> keys = new(StringComparer.Ordinal);

    public IReadOnlyList<ForgeModule> Modules => modules;

    public IReadOnlyList<ForgeFunction> Functions => functions;

    public IReadOnlyList<ForgeEndpoint> Endpoints => endpoints;

    public IReadOnlyList<ForgeConnectModule> Connect { get; private set; } = [];

    public static ModulesReader Read(ManifestSection root, string folder, ManifestReading reading)
    {
        var reader = new ModulesReader(folder, reading);
        foreach (var (type, module) in reader.Each(root, "modules"))
        {
            reader.Module(type, module);
        }

        reader.Connect = [.. reader.Each(root, "connectModules").Select(pair => reader.ConnectModule(pair.Type.Value, pair.Module)).ToList()];
        return reader;
    }

    /// <summary>The modules of every kind. A kind that stands twice is a problem by now, and both are read.</summary>
    private IEnumerable<(ManifestText Type, ManifestSection Module)> Each(ManifestSection root, string key)
    {
        foreach (var (type, value) in root.Section(key)?.Map.Entries ?? [])
        {
            // One entry as a mapping of its own, so that the reader's ways apply to it.
            var single = new ManifestSection(new ManifestMap([new ManifestEntry(type, value)], type.Place), key, reading);
            foreach (var module in single.Sections(type.Value))
            {
                yield return (type, module);
            }
        }
    }

    private void Module(ManifestText typeText, ManifestSection module)
    {
        var type = SilentPrefixes.Aggregate(typeText.Value, (name, prefix) => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name);
        switch (type)
        {
            case "function":
                functions.Add(Function(module));
                break;
            case "endpoint":
                endpoints.Add(ServersReader.Endpoint(module));
                NoteKey(endpoints[^1].Key);
                break;
            default:
                modules.Add(Module(type, typeText, module));
                NoteKey(modules[^1].Key);
                break;
        }
    }

    private ForgeFunction Function(ManifestSection function)
    {
        var handler = function.Required("handler", "index.handler");
        var runtime = function.Section("runtime");
        var read = new ForgeFunction
        {
            Key = function.Required("key", "my-function"),
            Handler = handler is null ? null : ForgeHandler.Of(handler, folder),
            TimeoutSeconds = function.Number("timeoutSeconds"),
            MemoryMb = runtime?.Number("memoryMB"),
            Providers = Providers(function),
            Place = function.Place,
        };
        if (read.Handler?.Refusal is { } refusal)
        {
            reading.Problems.Add(ManifestProblemKind.NotRead, handler!.Place, $"handler {Quoted.Of(handler.Value)} {refusal}; no code was looked for");
        }

        runtime?.Done();
        function.Done("cleanup", "outboundAuthContainerId", "functions");
        NoteKey(read.Key);
        return read;
    }

    // Names, or mappings with the name of the provider and its scopes.
    private static IReadOnlyList<ForgeText> Providers(ManifestSection function) =>
        function.Section("providers") is { } providers
            ? [.. providers.Entries("auth").Select(entry => entry.Text ?? entry.Section?.Text("provider")).OfType<ForgeText>()]
            : [];

    private ForgeModule Module(string type, ManifestText typeText, ManifestSection module)
    {
        var known = ForgeModuleTable.Find(type);
        if (known is null)
        {
            reading.UnknownModule(type, typeText.Place);
        }

        var read = new ForgeModule
        {
            Type = type,
            Known = known,
            Key = module.Required("key", "my-module"),
            Title = Title(module),
            Interface = Interface(known, module.Map),
            DisplayConditions = module.Node("displayConditions"),
            UnlicensedAccess = module.Texts("unlicensedAccess"),
            References = new ReferenceWalk(known, reading).Of(module.Map),
            Node = module.Map,
        };
        if (known is { Properties.Count: > 0 })
        {
            module.Done([.. known.Properties, .. CommonProperties]);
        }

        return read;
    }

    private ForgeConnectModule ConnectModule(string type, ManifestSection module)
    {
        var read = new ForgeConnectModule(type, module.Text("key"), module.Text("remote"), module.Map);
        NoteKey(read.Key);
        return read;
    }

    // A text, a mapping with the key of its translations, or beside it such a key.
    private ForgeLabel? Title(ManifestSection module)
    {
        var key = module.Text("title__i18n");
        return module.Node("title") switch
        {
            ManifestText title => new ForgeLabel(reading.Text(title), key),
            ManifestMap title when title.Find("i18n") is ManifestText translation => new ForgeLabel(null, reading.Text(translation)),
            _ => key is null ? null : new ForgeLabel(null, key),
        };
    }

    private static ForgeInterface Interface(ForgeModuleType? known, ManifestMap module)
    {
        bool Has(params ReadOnlySpan<string> paths)
        {
            foreach (var path in paths)
            {
                if (module.At(path) is not null)
                {
                    return true;
                }
            }

            return false;
        }

        return Has("render", "view.render", "edit.render", "config.render", "target.render") ? ForgeInterface.UiKit
            : Has("resource", "view.resource", "edit.resource", "config.resource", "create.resource", "target.resource") ? ForgeInterface.CustomUi
            : known is { ShowsOnPage: true } && Has("function", "edit.function") ? ForgeInterface.UiKit1
            : ForgeInterface.None;
    }

    private void NoteKey(ForgeText? key)
    {
        if (key is not null && !keys.TryAdd(key.Value, key.Place) && keys[key.Value] != key.Place)
        {
            reading.Problems.Add(
                ManifestProblemKind.Duplicate,
                key.Place,
                $"the module key {Quoted.Of(key.Value)} stands twice, first at {keys[key.Value]}; Forge refuses it: give one of them another key"
            );
        }
    }
}
