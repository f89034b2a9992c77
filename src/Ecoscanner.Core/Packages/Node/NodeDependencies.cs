using System.Text.Json;

namespace Ecoscanner.Packages.Node;

/// <summary>The lists of dependencies that package.json has, and that lockfiles repeat for each package.</summary>
internal sealed class NodeDependencies
{
    private readonly List<NodeDependency> needed = [];
    private readonly List<NodeDependency> optional = [];
    private readonly List<NodeDependency> development = [];
    private readonly List<NodeDependency> peers = [];
    private readonly HashSet<string> optionalPeers = new(StringComparer.Ordinal);

    /// <summary>
    /// Each name once: npm takes the optional one of the same name, and what is needed and for development as well is needed. An optional peer is nobody's
    /// to bring, so it is left out.
    /// </summary>
    /// <param name="isTop">True for the app and its workspaces, whose development counts.</param>
    public IEnumerable<NodeDependency> All(bool isTop) =>
        optional
            .Concat(needed)
            .Concat(peers.Where(peer => !optionalPeers.Contains(peer.Name)))
            .Concat(isTop ? development : [])
            .DistinctBy(one => one.Name, StringComparer.Ordinal);

    /// <summary>Reads a property where it is one of the lists; false where it is not, and the reader still stands on its value.</summary>
    public bool Read(string property, ref Utf8JsonReader reader)
    {
        switch (property)
        {
            case "dependencies":
                JsonTokens.Dependencies(ref reader, Need.Required, needed);
                return true;
            case "optionalDependencies":
                JsonTokens.Dependencies(ref reader, Need.Optional, optional);
                return true;
            case "devDependencies":
                JsonTokens.Dependencies(ref reader, Need.Development, development);
                return true;
            case "peerDependencies":
                JsonTokens.Dependencies(ref reader, Need.Required, peers, isPeer: true);
                return true;
            case "peerDependenciesMeta":
                JsonTokens.OptionalPeers(ref reader, optionalPeers);
                return true;
            case "optionalPeers":
                // bun's form of the same.
                optionalPeers.UnionWith(JsonTokens.Texts(ref reader));
                return true;
            default:
                return false;
        }
    }
}
