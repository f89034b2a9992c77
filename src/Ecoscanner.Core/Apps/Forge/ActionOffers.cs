namespace Ecoscanner.Apps.Forge;

/// <summary>Which modules offer an action: agents, servers of tools, providers of automation rules.</summary>
internal sealed class ActionOffers
{
    // Enough to understand by; a hostile manifest could offer one action ten thousand times.
    private const int Maximum = 20;

    // Where the schema lists keys of actions, by kind of module.
    private static readonly Dictionary<string, string> Lists = new(StringComparer.Ordinal)
    {
        ["rovo:agent"] = "actions",
        ["rovo:mcp"] = "tools",
        ["rovo:skill"] = "dependencies.tools",
        ["automation:actionProvider"] = "actions",
    };

    private readonly Dictionary<string, List<string>> offers = new(StringComparer.Ordinal);

    public ActionOffers(IReadOnlyList<ForgeModule> modules)
    {
        foreach (var module in modules)
        {
            if (Lists.TryGetValue(module.Type, out var path) && module.Node.At(path) is ManifestList list)
            {
                foreach (var action in list.Items.OfType<ManifestText>())
                {
                    Add(action.Value, module.ToString());
                }
            }
        }
    }

    public IReadOnlyList<string> Of(ForgeModule module) => module is { Type: "action", Key: { } key } && offers.TryGetValue(key.Value, out var all) ? all : [];

    private void Add(string action, string module)
    {
        if (!offers.TryGetValue(action, out var all))
        {
            offers[action] = all = [];
        }

        if (all.Count < Maximum && !all.Contains(module, StringComparer.Ordinal))
        {
            all.Add(module);
        }
    }
}
