namespace Ecoscanner.Apps.Forge;

/// <summary>Where in the manifest something stands.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based, in UTF-16 units.</param>
public readonly record struct ManifestPlace(int Line, int Column)
{
    /// <summary>The place of what is missing from the whole file.</summary>
    public static ManifestPlace Start => new(1, 1);

    public override string ToString() => $"{Line}:{Column}";
}
