using System.Collections.Immutable;

namespace Ecoscanner.Packages;

/// <summary>Which component brings which, by their positions in <see cref="Inventory.Components"/>. It may have circles.</summary>
/// <param name="Roots">What the app itself depends on or holds.</param>
/// <param name="Brings">For each component, what it depends on or holds.</param>
public sealed record DependencyGraph(ImmutableArray<int> Roots, ImmutableArray<ImmutableArray<int>> Brings)
{
    public static readonly DependencyGraph None = new([], []);
}
