using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Packages;

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
        for (var at = 0; at < inventory.Components.Count; at++)
        {
            cancellation.ThrowIfCancellationRequested();
            var component = inventory.Components[at];
            if (component is { IsDevelopment: false, Placement: not Placement.HostProvided })
            {
                found.AddRange(Matches(component, open).Select(match => (at, match)));
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
            open
        );
    }

    private IReadOnlyList<AdvisoryMatch> Matches(Component component, List<InventoryGap> open)
    {
        var (ecosystem, name, version) = component.Package;
        if (component.Origin is { } origin)
        {
            open.Add(new(component.Places[0], $"{name} comes from {origin} and not from a registry, so no advisory speaks of it"));
            return [];
        }

        if (version is null)
        {
            // Of what no advisory names the version says nothing.
            if (index.AdvisoriesOf(ecosystem, name).Count > 0)
            {
                open.Add(new(component.Places[0], $"the version of {name} is not known, and some versions of it are vulnerable"));
            }

            return [];
        }

        var (matches, isVersion) = index.Matches(ecosystem, name, version);
        if (!isVersion)
        {
            open.Add(new(component.Places[0], $"'{version}' of {name} is no version, so it could not be compared"));
        }

        return matches;
    }

    private VulnerablePackage Vulnerable(Advisory advisory, IReadOnlyList<(int At, AdvisoryMatch Match)> found, Inventory inventory, WaysIn ways)
    {
        var components = found
            .Select(pair =>
            {
                var component = inventory.Components[pair.At];
                var (ecosystem, name, version) = component.Package;
                return new VulnerableComponent(component, pair.Match.Range, pair.Match.Source, index.Fixes(ecosystem, name, version!));
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
/// <param name="Open">What could not be judged.</param>
public sealed record ReviewedInventory(IReadOnlyList<VulnerablePackage> Vulnerable, IReadOnlyList<InventoryGap> Open);
