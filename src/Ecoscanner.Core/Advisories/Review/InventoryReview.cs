using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Packages;
using Ecoscanner.Packages.Java.Classes;

namespace Ecoscanner.Advisories.Review;

/// <summary>Holds what an app ships against the advisories: what is vulnerable, how it came in, who has to act, and what could not be judged.</summary>
public sealed class InventoryReview(AdvisoryIndex index, IReadOnlyList<PlatformDependency> platform, DateOnly today)
{
    /// <summary>Ways in that are shown of each finding: a person mends the first and scans again.</summary>
    public const int MaximumWays = 3;

    /// <exception cref="AdvisoryIndexException">The index is damaged.</exception>
    public ReviewedInventory Of(Inventory inventory, CancellationToken cancellation = default)
    {
        var open = new List<InventoryGap>();
        var found = new List<(int At, AdvisoryMatch Match)>();
        var cleared = new List<ClearedVulnerability>();
        for (var at = 0; at < inventory.Components.Count; at++)
        {
            cancellation.ThrowIfCancellationRequested();
            var component = inventory.Components[at];
            if (component.IsShipped)
            {
                var matches = Matches(component, open).ToLookup(match => IsCleared(component, match.Advisory));
                cleared.AddRange(matches[true].Select(match => new ClearedVulnerability(at, match.Advisory.Read())));
                found.AddRange(matches[false].Select(match => (at, match)));
            }
        }

        var ways = new WaysIn(inventory, platform, today);
        return new(
            [
                .. found
                    .GroupBy(pair => (inventory.Components[pair.At].Package.Ecosystem, inventory.Components[pair.At].Package.Name, pair.Match.Advisory))
                    .Select(group => Vulnerable(group.Key.Advisory.Read(), [.. group], inventory, ways))
                    .OrderByDescending(package => package.Priority.Value)
                    .ThenBy(package => package.Name, StringComparer.Ordinal)
                    .ThenBy(package => package.Advisory.Id, StringComparer.Ordinal),
            ],
            cleared,
            open
        );
    }

    private List<AdvisoryMatch> Matches(Component component, List<InventoryGap> open)
    {
        var (ecosystem, name, _) = component.Package;
        InventoryGap Open(string reason) => new(component.Places[0], reason) { About = new PackageUrl(ecosystem, name, null).ToString() };
        if (component.Origin is { } origin)
        {
            open.Add(Open($"{name} comes from {origin} and not from a registry, so no advisory speaks of it"));
            return [];
        }

        var versions = VersionsOf(component);
        if (versions.Count == 0)
        {
            // Of what no advisory names the version says nothing.
            if (index.AdvisoriesOf(ecosystem, name).Count > 0)
            {
                open.Add(Open($"the version of {name} is not known, and some versions of it are vulnerable"));
            }

            return [];
        }

        var found = new List<AdvisoryMatch>();
        var counts = new Dictionary<IndexedAdvisory, int>();
        foreach (var version in versions)
        {
            var (matches, isVersion) = index.Matches(ecosystem, name, version);
            if (!isVersion)
            {
                open.Add(Open($"'{version}' of {name} is no version, so it could not be compared"));
                return [];
            }

            foreach (var match in matches)
            {
                counts[match.Advisory] = counts.GetValueOrDefault(match.Advisory) + 1;
                found.Add(match);
            }
        }

        // Whichever of several versions it is, what affects all of them affects it.
        var doubtful = counts.Where(pair => pair.Value < versions.Count).Select(pair => pair.Key.Id).Order(StringComparer.Ordinal).ToList();
        if (doubtful.Count > 0)
        {
            open.Add(Open($"{name} is one of {versions[0]} to {versions[^1]}, and some of these have {string.Join(", ", doubtful.Take(MaximumWays))}"));
        }

        return [.. found.Where(match => counts[match.Advisory] == versions.Count).DistinctBy(match => match.Advisory)];
    }

    private static IReadOnlyList<string> VersionsOf(Component component) => component.Package.Version is { } version ? [version] : component.PossibleVersions;

    // A copy without the class that a vulnerability is in.
    private static bool IsCleared(Component component, IndexedAdvisory advisory)
    {
        if (component.Removed.Count == 0 || FixesByRemoval.ClearedBy(component.Package.Name, component.Removed) is not { Count: > 0 } cleared)
        {
            return false;
        }

        return cleared.Contains(advisory.Id, StringComparer.Ordinal) || advisory.Read().Aliases.Any(alias => cleared.Contains(alias, StringComparer.Ordinal));
    }

    private VulnerablePackage Vulnerable(Advisory advisory, IReadOnlyList<(int At, AdvisoryMatch Match)> found, Inventory inventory, WaysIn ways)
    {
        var components = found
            .Select(pair =>
            {
                var component = inventory.Components[pair.At];
                var fix = index.Fixes(component.Package.Ecosystem, component.Package.Name, VersionsOf(component)[^1]);
                return new VulnerableComponent(pair.At, component, pair.Match.Range, pair.Match.Source, fix);
            })
            .ToList();
        var places = found.Select(pair => pair.At).ToList();
        var (shown, hasMore) = ways.To(places, MaximumWays);
        var exploitation = index.Exploitation(advisory);
        var hasFix = found.All(pair => pair.Match.Fixed is not null);
        return new()
        {
            Ecosystem = components[0].Component.Package.Ecosystem,
            Name = components[0].Component.Package.Name,
            Advisory = advisory,
            Components = components,
            Ways = shown,
            HasMoreWays = hasMore,
            Exploitation = exploitation,
            Priority = Priority.Of(advisory, advisory.Score?.Base ?? 0, exploitation, hasFix, places.Exists(ways.IsDirect), today),
            ForcedBy = ways.ForcedBy(places),
        };
    }
}

/// <summary>What holding an inventory against the advisories came to.</summary>
/// <param name="Vulnerable">By priority, the highest first.</param>
/// <param name="Cleared">What would be vulnerable, and is not in these copies.</param>
/// <param name="Open">What could not be judged.</param>
public sealed record ReviewedInventory(
    IReadOnlyList<VulnerablePackage> Vulnerable,
    IReadOnlyList<ClearedVulnerability> Cleared,
    IReadOnlyList<InventoryGap> Open
);

/// <summary>A vulnerability of a library that a copy does not have, since the classes that it is in were taken out.</summary>
/// <param name="At">The copy's position in <see cref="Inventory.Components"/>.</param>
public sealed record ClearedVulnerability(int At, Advisory Advisory);
