using Ecoscanner.Advisories;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Advisories.Versions;
using Ecoscanner.Packages;

namespace Ecoscanner.Service.Inventories;

/// <summary>Which libraries a search is for.</summary>
/// <param name="Text">As it was asked, for people and for asking again.</param>
/// <param name="AdvisoryId">The advisory that it was made of; null where somebody named a package.</param>
public sealed record LibraryQuery(string Text, IReadOnlyList<SoughtPackage> Packages, string? AdvisoryId)
{
    private const int LongestText = 1000;

    /// <summary>Reads <c>pkg:maven/org.yaml/snakeyaml &lt;2.0</c>, <c>pkg:npm/lodash [4,5)</c>, a package URL with a version or with none for every version, or the id of an advisory.</summary>
    /// <param name="index">What advisories mean; null where there is none on this machine.</param>
    /// <param name="problem">Why it is no query, for a person.</param>
    public static LibraryQuery? Parse(string text, AdvisoryIndex? index, out string problem)
    {
        text = text.Trim();
        problem = "";
        if (text.Length is 0 or > LongestText)
        {
            problem = "name a package URL with a range, such as pkg:npm/lodash <4.17.21, or an advisory";
            return null;
        }

        return text.StartsWith("pkg:", StringComparison.OrdinalIgnoreCase) ? OfPackage(text, out problem) : OfAdvisory(text, index, out problem);
    }

    private static LibraryQuery? OfPackage(string text, out string problem)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var (name, range) = space < 0 ? (text, "") : (text[..space], text[(space + 1)..].Trim());
        if (!PackageUrl.TryParse(name, out var package))
        {
            problem = $"'{name}' is no package URL of Maven or npm, such as pkg:maven/org.yaml/snakeyaml";
            return null;
        }

        if (package.Version is not null && range.Length > 0)
        {
            problem = "name a version in the package URL or a range behind it, not both";
            return null;
        }

        IReadOnlyList<VersionRange> ranges;
        if (range.Length == 0)
        {
            problem = "";
            ranges = [package.Version is { } version ? VersionRange.Only(version) : VersionRange.All];
            if (ranges[0].Problem(VersionOrder.Of(package.Ecosystem)) is { } wrong)
            {
                problem = wrong;
                return null;
            }
        }
        else
        {
            ranges = RangeText.Parse(package.Ecosystem, range, out var wrong);
            problem = wrong ?? "";
            if (wrong is not null)
            {
                return null;
            }
        }

        return new LibraryQuery(text, [new SoughtPackage(package.Ecosystem, package.Name, ranges)], null);
    }

    private static LibraryQuery? OfAdvisory(string text, AdvisoryIndex? index, out string problem)
    {
        problem = "";
        if (index is null)
        {
            problem = "there are no advisories on this machine; get them with ecoscanner advisories update, or name a package URL";
            return null;
        }

        if (Ecoscanner.Advisories.AdvisoryId.Of(text) is not { } id || index.Find(id) is not { } found)
        {
            problem = $"no advisory has the id '{text}'; name another one, or a package URL";
            return null;
        }

        var advisory = found.Read();
        return new LibraryQuery(
            advisory.Id,
            [
                .. advisory
                    .Affected.GroupBy(package => (package.Ecosystem, package.Name))
                    .OrderBy(group => group.Key.Name, StringComparer.Ordinal)
                    .Select(group => new SoughtPackage(
                        group.Key.Ecosystem,
                        group.Key.Name,
                        [.. group.SelectMany(package => package.Ranges), .. group.SelectMany(package => package.Versions).Select(VersionRange.Only)]
                    )),
            ],
            advisory.Id
        );
    }
}

/// <summary>A package that is looked for, in the versions of any of the ranges.</summary>
public sealed record SoughtPackage(Ecosystem Ecosystem, string Name, IReadOnlyList<VersionRange> Ranges)
{
    private readonly IReadOnlyList<(VersionKey? From, bool IncludesFrom, VersionKey? To, bool IncludesTo)> keys = Keys(Ecosystem, Ranges);

    /// <summary>True where every version is asked for: one that is not known is too.</summary>
    public bool IsAny => Ranges.Any(range => range is { From: null, To: null });

    /// <param name="key">Null where the version is not known.</param>
    public bool Has(byte[]? key)
    {
        if (key is null)
        {
            return true;
        }

        var version = new VersionKey(key);
        foreach (var (from, includesFrom, to, includesTo) in keys)
        {
            if (
                (from is not { } least || (includesFrom ? version >= least : version > least))
                && (to is not { } most || (includesTo ? version <= most : version < most))
            )
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The same as a condition of a statement; empty where there are more ranges than one statement should have.</summary>
    internal (string Condition, Dictionary<string, object?> Values) Sql(string column)
    {
        const int MostRanges = 50;
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (IsAny || keys.Count > MostRanges)
        {
            return ("", values);
        }

        var conditions = new List<string> { $"{column} is null" };
        for (var at = 0; at < keys.Count; at++)
        {
            var (from, includesFrom, to, includesTo) = keys[at];
            var bounds = new List<string> { $"{column} is not null" };
            if (from is { } least)
            {
                values[$"from{at}"] = least.Bytes.ToArray();
                bounds.Add($"{column} {(includesFrom ? ">=" : ">")} @from{at}");
            }

            if (to is { } most)
            {
                values[$"to{at}"] = most.Bytes.ToArray();
                bounds.Add($"{column} {(includesTo ? "<=" : "<")} @to{at}");
            }

            conditions.Add($"({string.Join(" and ", bounds)})");
        }

        return ($" and ({string.Join(" or ", conditions)})", values);
    }

    private static List<(VersionKey?, bool, VersionKey?, bool)> Keys(Ecosystem ecosystem, IReadOnlyList<VersionRange> ranges)
    {
        var order = VersionOrder.Of(ecosystem);
        // A bound that is no version bounds nothing out: what may be affected is shown.
        return
        [
            .. ranges.Select(range =>
                (range.From is null ? null : order.Key(range.From), range.IncludesFrom, range.To is null ? null : order.Key(range.To), range.IncludesTo)
            ),
        ];
    }
}
