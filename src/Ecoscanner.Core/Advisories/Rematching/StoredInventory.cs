using Ecoscanner.Findings;
using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Rematching;

/// <summary>What of a scanned app is kept so that it can be matched again without the app.</summary>
/// <param name="App">The app's key.</param>
/// <param name="Release">The app's version.</param>
/// <param name="Artifact">What tells this scan from others of the release, such as the artifact's hash.</param>
public sealed record StoredInventory(string App, string Release, string Artifact, IReadOnlyList<StoredComponent> Components)
{
    /// <summary>Of an inventory.</summary>
    public static StoredInventory Of(string app, string release, string artifact, Inventory inventory) =>
        new(
            app,
            release,
            artifact,
            [
                .. inventory.Components.SelectMany(component =>
                    component.Places.Select(place => new StoredComponent(
                        component.Package,
                        place,
                        component.Placement,
                        component.Confidence,
                        component.IsDevelopment
                    ))
                ),
            ]
        );
}

/// <summary>A library at one place of an app.</summary>
/// <param name="Place">As in <see cref="Component.Places"/>.</param>
public sealed record StoredComponent(PackageUrl Package, string Place, Placement Placement, Confidence Confidence, bool IsDevelopment);
