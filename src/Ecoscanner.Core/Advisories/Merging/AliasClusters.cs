namespace Ecoscanner.Advisories.Merging;

/// <summary>Which ids are names of one vulnerability: union-find over what records call themselves, guarded against joining what is known to be two.</summary>
/// <remarks>
/// A CVE is distinct where a record names it and no other CVE, or names it with others and not just one GHSA: a second number of the same vulnerability is one that
/// GitHub has in one record, and nobody has alone. Two distinct CVEs are never joined, whatever bridges them: a record that names both speaks of both
/// and makes neither an alias of the other, and an id that two of them claim (a GHSA, a GMS) is the one's that joined it first.
/// </remarks>
internal sealed class AliasClusters
{
    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);

    private readonly List<int> parents = [];

    // For the root of a cluster, the distinct CVE in it.
    private readonly List<string?> distinct = [];

    public AliasClusters(IEnumerable<IReadOnlyCollection<string>> named)
    {
        foreach (var ids in named)
        {
            var cves = ids.Where(AdvisoryId.IsCve).Distinct(StringComparer.Ordinal).ToList();
            if (cves.Count == 1 || ids.Count(AdvisoryId.IsGitHub) != 1)
            {
                foreach (var cve in cves)
                {
                    distinct[Position(cve)] = cve;
                }
            }
        }
    }

    public bool IsDistinct(string cve) => positions.TryGetValue(cve, out var position) && distinct[Root(position)] == cve;

    /// <summary>A number that all ids of a cluster have, once all are joined.</summary>
    public int Of(string id) => Root(Position(id));

    /// <summary>The distinct CVE of a cluster; null where it has none.</summary>
    public string? DistinctCve(int cluster) => distinct[Root(cluster)];

    /// <summary>False where they are of two distinct CVEs, and stay apart.</summary>
    public bool TryJoin(string left, string right)
    {
        var (a, b) = (Of(left), Of(right));
        if (a == b)
        {
            return true;
        }

        if (distinct[a] is not null && distinct[b] is not null)
        {
            return false;
        }

        // The lower number stays, so that the outcome does not depend on who asked.
        var (root, child) = a < b ? (a, b) : (b, a);
        parents[child] = root;
        distinct[root] ??= distinct[child];
        return true;
    }

    private int Position(string id)
    {
        if (!positions.TryGetValue(id, out var position))
        {
            positions.Add(id, position = parents.Count);
            parents.Add(position);
            distinct.Add(null);
        }

        return position;
    }

    private int Root(int position)
    {
        while (parents[position] != position)
        {
            position = parents[position] = parents[parents[position]];
        }

        return position;
    }
}
