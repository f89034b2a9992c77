using Ecoscanner.Packages;

namespace Ecoscanner.Apps;

/// <summary>An app of which a bill of materials is all that there is: what it ships is somebody's word, and nothing else of it can be judged.</summary>
public sealed record SbomApp(string Key, string Name) : App(Key, Name)
{
    public override string Hosting => "SBOM";

    public override string Document => "SBOM";

    /// <summary>What the bill lists.</summary>
    public required Inventory Inventory { get; init; }
}
