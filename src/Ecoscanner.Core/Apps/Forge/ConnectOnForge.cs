using System.Text.Json.Nodes;

namespace Ecoscanner.Apps.Forge;

/// <summary>
/// Makes of <c>connectModules</c> what the platform makes of them, a Connect descriptor, and reads that: one reader knows which fields are URLs and who
/// may see them.
/// </summary>
internal static class ConnectOnForge
{
    private const string Lifecycle = "lifecycle";

    private static readonly string[] Events = ["installed", "uninstalled", "enabled", "disabled", "dare-migration"];

    /// <summary>The Connect app; null where its address is not known, with a problem.</summary>
    /// <param name="basesOf">Base URLs of a remote by its key, the default first.</param>
    public static ConnectApp? Of(ForgeManifest manifest, string name, Func<string, IReadOnlyList<ForgeBase>> basesOf, List<ForgeServerProblem> problems)
    {
        var settings = manifest.App.Connect;
        var place = settings?.Place ?? manifest.ConnectModules[0].Place;
        var remote = settings?.Remote?.Value ?? (manifest.Remotes is [var only] ? only.Key?.Value : null);
        if (remote is null || basesOf(remote) is not [var first, ..] bases)
        {
            var why = remote is null ? "app.connect names no remote" : $"the remote {Quoted.Of(remote)} has no base URL that is known";
            problems.Add(new ForgeServerProblem(place, $"the Connect modules are not asked: {why}"));
            return null;
        }

        var descriptor = new JsonObject
        {
            ["key"] = settings?.Key?.Value ?? "connect-on-forge",
            ["name"] = name,
            ["baseUrl"] = first.Url.AbsoluteUri,
            ["regionBaseUrls"] = new JsonObject(
                bases
                    .Skip(1)
                    .DistinctBy(one => one.Region, StringComparer.Ordinal)
                    .Select(one => KeyValuePair.Create(one.Region, (JsonNode?)one.Url.AbsoluteUri))
            ),
            ["lifecycle"] = LifecycleOf(manifest),
            ["modules"] = ModulesOf(manifest),
        };
        if (settings?.Authentication?.Value is { } authentication)
        {
            descriptor["authentication"] = new JsonObject { ["type"] = authentication };
        }

        try
        {
            var app = ConnectDescriptorReader.Read(System.Text.Encoding.UTF8.GetBytes(descriptor.ToJsonString()), "the Connect modules");
            problems.AddRange(app.Problems.Select(problem => new ForgeServerProblem(place, $"connectModules, {problem.Pointer}: {problem.Reason}")));
            return app;
        }
        catch (DescriptorException e)
        {
            problems.Add(new ForgeServerProblem(place, $"the Connect modules are not asked: {e.Message}"));
            return null;
        }
    }

    /// <summary>Events by name, each with its path: written as <c>event</c> and <c>url</c>, or as <c>installed</c> and the like.</summary>
    private static JsonObject LifecycleOf(ForgeManifest manifest)
    {
        var callbacks = new JsonObject();
        foreach (var node in manifest.ConnectModules.Where(module => Type(module) == Lifecycle).Select(module => module.Node))
        {
            if (node.Find("event") is ManifestText name && node.Find("url") is ManifestText url)
            {
                callbacks.TryAdd(name.Value, url.Value);
            }

            foreach (var entry in node.Entries.Where(entry => Events.Contains(entry.Key.Value, StringComparer.Ordinal)))
            {
                if (entry.Value is ManifestText path)
                {
                    callbacks.TryAdd(entry.Key.Value, path.Value);
                }
            }
        }

        return callbacks;
    }

    private static JsonObject ModulesOf(ForgeManifest manifest) =>
        new(
            manifest
                .ConnectModules.Where(module => Type(module) != Lifecycle)
                .GroupBy(Type, StringComparer.Ordinal)
                .Select(group => KeyValuePair.Create(group.Key, (JsonNode?)new JsonArray([.. group.Select(module => Json(module.Node))])))
        );

    // "jira:generalPages" is Connect's generalPages.
    private static string Type(ForgeConnectModule module) => module.Type[(module.Type.IndexOf(':', StringComparison.Ordinal) + 1)..];

    // The recursion ends at the depth that a manifest may have.
    private static JsonNode? Json(ManifestNode node)
    {
        switch (node)
        {
            case ManifestMap map:
                var json = new JsonObject();
                foreach (var (key, value) in map.Entries)
                {
                    json.TryAdd(key.Value, Json(value));
                }

                return json;
            case ManifestList list:
                return new JsonArray([.. list.Items.Select(Json)]);
            case ManifestText { IsNull: true }:
                return null;
            case ManifestText { IsPlain: true, Value: "true" or "false" } flag:
                return flag.Value == "true";
            case ManifestText text:
                return text.Value;
            default:
                throw new ArgumentOutOfRangeException(nameof(node), node, message: null);
        }
    }
}
