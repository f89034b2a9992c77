using System.Text.Json;

namespace Ecoscanner.JavaScript.Resolution;

/// <summary>The table <c>exports</c> or <c>imports</c> of a package.json.</summary>
public sealed class ExportMap
{
    // All of them may be looked at for each import; the longest hold first.
    private const int MaximumPatterns = 20_000;

    private readonly Dictionary<string, ExportTarget> exact;
    private readonly IReadOnlyList<string> patterns;

    private ExportMap(Dictionary<string, ExportTarget> exact, ExportTarget? main, bool hasSubpaths)
    {
        this.exact = exact;
        Main = main;
        HasSubpaths = hasSubpaths;
        patterns =
        [
            .. exact
                .Keys.Where(key => key.EndsWith('/') || key.Count(character => character == '*') == 1)
                .Order(Comparer<string>.Create(ComparePatterns))
                .Take(MaximumPatterns),
        ];
    }

    /// <summary>What the package's own name leads to; null where the table has no such entry.</summary>
    public ExportTarget? Main { get; }

    /// <summary>Whether it is a table of subpaths at all, and no single target.</summary>
    public bool HasSubpaths { get; }

    /// <summary>Its keys, for messages.</summary>
    public IEnumerable<string> Keys => exact.Keys;

    /// <summary>Reads <c>exports</c>; null where it is missing or says nothing, so that <c>main</c> holds.</summary>
    internal static ExportMap? ReadExports(JsonElement? element)
    {
        switch (element?.ValueKind)
        {
            case JsonValueKind.String when element.Value.Text() is not { Length: > 0 }:
            case null or JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Number or JsonValueKind.True:
                return null;
            case JsonValueKind.Object:
                var members = element.Value.Members();
                var isTable = members.Count > 0 && members.All(member => member.Key.StartsWith('.'));
                var isTarget = members.All(member => !member.Key.StartsWith('.'));
                var table = isTable ? Table(members) : [];
                var dot = members.FirstOrDefault(member => member.Key == ".");
                return new ExportMap(
                    table,
                    isTarget ? ExportTarget.Read(element.Value)
                        : dot.Key is null ? null
                        : ExportTarget.Read(dot.Value),
                    isTable
                );
            default:
                return new ExportMap([], ExportTarget.Read(element.Value), hasSubpaths: false);
        }
    }

    /// <summary>Reads <c>imports</c>; null where there is none.</summary>
    internal static ExportMap? ReadImports(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Object } table ? new ExportMap(Table(table.Members()), main: null, hasSubpaths: true) : null;

    /// <summary>The entry for a subpath such as <c>./x</c>, or for an import such as <c>#x</c>; null where none matches.</summary>
    internal Match? For(string key)
    {
        if (!key.EndsWith('/') && !key.Contains('*', StringComparison.Ordinal) && exact.TryGetValue(key, out var target))
        {
            return new Match(key, target, "", IsPattern: false);
        }

        foreach (var pattern in patterns)
        {
            var star = pattern.IndexOf('*', StringComparison.Ordinal);
            var (prefix, suffix) = star < 0 ? (pattern, "") : (pattern[..star], pattern[(star + 1)..]);
            if (
                key.Length >= prefix.Length + suffix.Length
                && key.StartsWith(prefix, StringComparison.Ordinal)
                && key.EndsWith(suffix, StringComparison.Ordinal)
            )
            {
                return new Match(pattern, exact[pattern], key[prefix.Length..^suffix.Length], star >= 0);
            }
        }

        return null;
    }

    private static Dictionary<string, ExportTarget> Table(IReadOnlyList<KeyValuePair<string, JsonElement>> members) =>
        members.ToDictionary(member => member.Key, member => ExportTarget.Read(member.Value), StringComparer.Ordinal);

    /// <summary>PATTERN_KEY_COMPARE of Node's specification: the longest before the star first.</summary>
    private static int ComparePatterns(string left, string right)
    {
        var (leftStar, rightStar) = (left.IndexOf('*', StringComparison.Ordinal), right.IndexOf('*', StringComparison.Ordinal));
        var (leftBase, rightBase) = (leftStar < 0 ? left.Length : leftStar + 1, rightStar < 0 ? right.Length : rightStar + 1);
        return leftBase != rightBase ? rightBase.CompareTo(leftBase)
            : leftStar < 0 != rightStar < 0 ? (leftStar < 0 ? 1 : -1)
            : right.Length.CompareTo(left.Length);
    }

    /// <summary>An entry that matched.</summary>
    /// <param name="Rest">What the star, or the folder that the key ends with, stands for.</param>
    internal sealed record Match(string Key, ExportTarget Target, string Rest, bool IsPattern);
}
