using System.Collections.Immutable;

namespace Ecoscanner.Scanners.ForgePrograms;

/// <summary>An operation of a product's API, and the scopes that it needs.</summary>
/// <param name="Segments">Those of its path, <c>*</c> for a parameter.</param>
/// <param name="Alternatives">Sets of scopes, each of which is enough; one may be empty. None where nothing is said of them.</param>
public sealed record ProductOperation(ForgeProduct Product, string Method, ImmutableArray<string> Segments, ImmutableArray<ImmutableArray<string>> Alternatives)
{
    public bool Takes(string scope) => Alternatives.Any(set => set.Contains(scope, StringComparer.Ordinal));

    public override string ToString() => $"{Method} /{string.Join('/', Segments)}";
}

/// <summary>The operations that a call may be.</summary>
/// <param name="IsWhole">Whether it can be no other.</param>
public sealed record ProductCallOperations(ProductCall Call, ImmutableArray<ProductOperation> Operations, bool IsWhole);
