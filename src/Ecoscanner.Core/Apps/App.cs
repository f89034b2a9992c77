namespace Ecoscanner.Apps;

/// <summary>An app of the Marketplace, read and ready to be scanned.</summary>
/// <param name="Key">Its Marketplace key.</param>
/// <param name="Name">Its name for people; written by the partner, so escape it.</param>
public abstract record App(string Key, string Name)
{
    /// <summary>Connect, Forge or Data Center.</summary>
    public abstract string Hosting { get; }

    /// <summary>Where it was read from: a URL or a path.</summary>
    public required string Source { get; init; }
}
