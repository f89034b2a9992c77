namespace Ecoscanner.Packages;

/// <summary>A package URL, such as <c>pkg:maven/org.yaml/snakeyaml@1.33</c> or <c>pkg:npm/%40scope/name@1.0.0</c> (purl-spec).</summary>
/// <param name="Ecosystem">Its type: <c>maven</c> or <c>npm</c>.</param>
/// <param name="Name">As the ecosystem names it: <c>group:artifact</c>, <c>@scope/name</c>.</param>
/// <param name="Version">Null where it is not known.</param>
public sealed record PackageUrl(Ecosystem Ecosystem, string Name, string? Version);
