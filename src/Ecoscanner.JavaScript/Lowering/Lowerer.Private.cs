using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <remarks>Private names, which are told apart by the class that declares them.</remarks>
internal sealed partial class Lowerer
{
    // Between a private name and its class; what stands deeper is taken by its name alone.
    private const int MaximumPrivateReach = 1_000;

    // By name: the bodies of the classes that declare it. Made when the first private name is met.
    private Dictionary<int, HashSet<int>>? privateNames;

    private int PrivateText(int identifier)
    {
        var name = nodes[identifier].A;
        privateNames ??= FindPrivateNames();
        if (!privateNames.TryGetValue(name, out var bodies) || bodies.Count == 1)
        {
            return texts.OfPrivate(name);
        }

        var around = tree.NodeAt(identifier);
        for (var step = 0; step < MaximumPrivateReach && around.Exists; step++)
        {
            if (bodies.Contains(around.Index))
            {
                return texts.Of($"#{tree.Names.Text(name)} {around.Index}");
            }

            around = tree.ParentOf(around);
        }

        return texts.OfPrivate(name);
    }

    private Dictionary<int, HashSet<int>> FindPrivateNames()
    {
        var found = new Dictionary<int, HashSet<int>>();
        for (var body = 1; body <= tree.NodeCount; body++)
        {
            if (KindOf(body) != NodeKind.ClassBody)
            {
                continue;
            }

            foreach (var item in Items(nodes[body].A))
            {
                var key = KindOf(item) switch
                {
                    NodeKind.MethodDefinition => nodes[item].B,
                    NodeKind.PropertyDefinition or NodeKind.AccessorProperty => lists[nodes[item].A + 1],
                    _ => 0,
                };
                if (KindOf(key) == NodeKind.PrivateIdentifier)
                {
                    found.TryAdd(nodes[key].A, []);
                    found[nodes[key].A].Add(body);
                }
            }
        }

        return found;
    }
}
