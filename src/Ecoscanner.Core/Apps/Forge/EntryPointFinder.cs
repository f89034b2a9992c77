namespace Ecoscanner.Apps.Forge;

/// <summary>Joins what modules name with what is defined: the entry points, and the references that lead nowhere.</summary>
internal sealed class EntryPointFinder(ForgeManifest manifest, ManifestProblems problems)
{
    // More pages than any app has; beyond, one of each kind of user stands for all.
    private const int MaximumPages = 50;

    // Two are a mistake and reported; a hostile manifest could join thousands with thousands of uses.
    private const int MaximumDefinitions = 4;

    // In the order in which they are first used.
    private readonly List<(ForgeReferenceKind Kind, string Key)> order = [];
    private readonly Dictionary<(ForgeReferenceKind Kind, string Key), List<ForgeUse>> uses = [];

    private readonly ActionOffers offers = new(manifest.Modules);
    private readonly ILookup<string, ForgeFunction> functions = ByKey(manifest.Functions, function => function.Key);
    private readonly ILookup<string, ForgeEndpoint> endpoints = ByKey(manifest.Endpoints, endpoint => endpoint.Key);
    private readonly ILookup<string, ForgeRemote> remotes = ByKey(manifest.Remotes, remote => remote.Key);
    private readonly HashSet<string> providers = [.. manifest.Providers.Select(provider => provider.Key?.Value).OfType<string>()];
    private readonly ILookup<string, ForgeResource> resources = ByKey(manifest.Resources, resource => resource.Key);

    public IReadOnlyList<ForgeEntryPoint> Find()
    {
        foreach (var module in manifest.Modules)
        {
            foreach (var reference in module.References)
            {
                Refer(module, reference);
            }
        }

        Providers();
        Connect();
        Pages();
        CheckServers();
        CheckFunctions();
        return [.. order.SelectMany(target => EntryPoints(target.Kind, target.Key))];
    }

    private void Refer(ForgeModule module, ForgeReference reference)
    {
        var key = reference.Key.Value;
        if (!reference.IsKnown && reference.Kind is ForgeReferenceKind.Resource or ForgeReferenceKind.Remote && !Exists(reference))
        {
            // A word that only looks like a reference. Of functions and endpoints no chance is taken.
            return;
        }

        if (reference.Kind is ForgeReferenceKind.Resource)
        {
            // "main/settings" names an entry of a resource.
            if (!resources.Contains(key.Split('/')[0]))
            {
                Dangling(reference.Key.Place, $"{Quoted.Bare(module.ToString())} shows the resource {Quoted.Of(key)}, which resources does not have");
            }

            return;
        }

        if (!Exists(reference))
        {
            var word = Word(reference.Kind);
            Dangling(reference.Key.Place, $"{Quoted.Bare(module.ToString())} calls the {word} {Quoted.Of(key)}, which is not defined");
        }

        Use(reference.Kind, key, ModuleUses.Of(module, reference) with { Through = offers.Of(module) });
    }

    private bool Exists(ForgeReference reference) =>
        reference.Kind switch
        {
            ForgeReferenceKind.Function => functions.Contains(reference.Key.Value),
            ForgeReferenceKind.Endpoint => endpoints.Contains(reference.Key.Value),
            ForgeReferenceKind.Remote => remotes.Contains(reference.Key.Value),
            _ => resources.Contains(reference.Key.Value.Split('/')[0]),
        };

    private void Providers()
    {
        foreach (var provider in manifest.Providers)
        {
            foreach (var action in provider.Actions)
            {
                CheckRemote(action.Remote, "a provider");
                if (action.Function is not { } function)
                {
                    continue;
                }

                if (!functions.Contains(function.Value))
                {
                    Dangling(function.Place, $"a provider calls the function {Quoted.Of(function.Value)}, which is not defined");
                }

                Use(ForgeReferenceKind.Function, function.Value, ModuleUses.OfProvider(provider, action));
            }
        }
    }

    private void Connect()
    {
        CheckRemote(manifest.App.Connect?.Remote, "app.connect");
        foreach (var module in manifest.ConnectModules)
        {
            if (module.Remote is { } remote)
            {
                CheckRemote(remote, Quoted.Bare(module.Type));
                Use(ForgeReferenceKind.Remote, remote.Value, ModuleUses.OfConnect(module, remote));
            }
        }
    }

    /// <summary>A page may call any remote that takes calls, without naming it in the manifest.</summary>
    private void Pages()
    {
        var pages = manifest.Modules.Where(module => module.Interface is ForgeInterface.CustomUi or ForgeInterface.UiKit).Select(ModuleUses.OfPage).ToList();
        if (pages.Count > MaximumPages)
        {
            pages = [.. pages.DistinctBy(use => (use.Callers, use.User))];
        }

        foreach (var remote in manifest.Remotes)
        {
            var takesCalls =
                remote.Tokens is { AppUser: true } or { AppSystem: true } || remote.Operations.Any(operation => operation.Value is "fetch" or "compute");
            if (takesCalls && remote.Key is { } key)
            {
                pages.ForEach(use => Use(ForgeReferenceKind.Remote, key.Value, use));
            }
        }
    }

    private void CheckServers()
    {
        foreach (var endpoint in manifest.Endpoints)
        {
            CheckRemote(endpoint.Remote, $"the endpoint {Quoted.Of(endpoint.Key?.Value ?? "")}");
        }

        foreach (var egress in manifest.Permissions.Egress)
        {
            CheckRemote(egress.Remote, $"permissions.external.{egress.Use}");
        }
    }

    private void CheckRemote(ForgeText? remote, string who)
    {
        if (remote is not null && !remotes.Contains(remote.Value))
        {
            Dangling(remote.Place, $"{who} names the remote {Quoted.Of(remote.Value)}, which remotes does not have");
        }
    }

    private void CheckFunctions()
    {
        foreach (var function in manifest.Functions)
        {
            foreach (var provider in function.Providers.Where(provider => !providers.Contains(provider.Value)))
            {
                Dangling(provider.Place, $"a function uses the provider {Quoted.Of(provider.Value)}, which providers.auth does not have");
            }

            if (function.Key is { } key && !uses.ContainsKey((ForgeReferenceKind.Function, key.Value)))
            {
                problems.Add(ManifestProblemKind.Unused, key.Place, $"no module calls the function {Quoted.Of(key.Value)}; remove it, or name it in a module");
            }
        }
    }

    /// <summary>One for each definition, as which of two with one key is called nobody knows; one for none.</summary>
    private IEnumerable<ForgeEntryPoint> EntryPoints(ForgeReferenceKind kind, string key)
    {
        var found = new ForgeEntryPoint
        {
            Kind = kind,
            Key = key,
            Uses = uses[(kind, key)],
        };
        return kind switch
        {
            ForgeReferenceKind.Function when functions.Contains(key) => functions[key]
                .Take(MaximumDefinitions)
                .Select(function => found with { Function = function }),
            ForgeReferenceKind.Endpoint when endpoints.Contains(key) => endpoints[key]
                .Take(MaximumDefinitions)
                .Select(endpoint => found with { Endpoint = endpoint, Remote = endpoint.Remote is { } remote ? remotes[remote.Value].FirstOrDefault() : null }),
            ForgeReferenceKind.Remote => [found with { Remote = remotes[key].FirstOrDefault() }],
            _ => [found],
        };
    }

    private void Use(ForgeReferenceKind kind, string key, ForgeUse use)
    {
        if (!uses.TryGetValue((kind, key), out var all))
        {
            order.Add((kind, key));
            uses[(kind, key)] = all = [];
        }

        all.Add(use);
    }

    private void Dangling(ManifestPlace place, string what) => problems.Add(ManifestProblemKind.Dangling, place, what + "; define it, or correct the name");

    private static string Word(ForgeReferenceKind kind) =>
        kind switch
        {
            ForgeReferenceKind.Function => "function",
            ForgeReferenceKind.Endpoint => "endpoint",
            ForgeReferenceKind.Remote => "remote",
            _ => "resource",
        };

    private static ILookup<string, T> ByKey<T>(IReadOnlyList<T> all, Func<T, ForgeText?> key) =>
        all.Where(item => key(item) is not null).ToLookup(item => key(item)!.Value, StringComparer.Ordinal);
}
