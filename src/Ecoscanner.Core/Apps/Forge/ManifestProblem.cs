namespace Ecoscanner.Apps.Forge;

/// <summary>What is wrong in a manifest, and where.</summary>
/// <param name="Message">The thing and the way out, on one line, printable.</param>
public sealed record ManifestProblem(ManifestProblemKind Kind, string Message, ManifestPlace Place)
{
    public override string ToString() => $"{Place}: {Message}";
}

/// <summary>What a problem means for those who read the rest.</summary>
public enum ManifestProblemKind
{
    /// <summary>A part could not be read; becomes a gap in the coverage.</summary>
    NotRead,

    /// <summary>Read, but not as Forge wants it.</summary>
    Invalid,

    /// <summary>A key stands twice, or two modules share one.</summary>
    Duplicate,

    /// <summary>A reference to what is not defined.</summary>
    Dangling,

    /// <summary>Defined and never referred to.</summary>
    Unused,

    /// <summary>A key or module that the schema does not have.</summary>
    Unknown,
}
