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

    /// <summary>What tells its URLs, as people call it: descriptor, manifest.</summary>
    public virtual string Document => "descriptor";

    /// <summary>False where it was read from its source: nothing proves a host to be its own, so asking one is for a person to allow.</summary>
    public virtual bool IsLive => false;

    /// <summary>What a person does to have its servers asked, where none was: a clause.</summary>
    public virtual string WayToAsk => "the coverage says why";

    /// <summary>URLs at which the app's own servers are reached, in the order of its document.</summary>
    public virtual IEnumerable<AppUrl> Urls => [];

    /// <summary>All its places, where the document that tells them is the one that it serves and was read whole; null where that is not so.</summary>
    public virtual Extent? Extent => null;

    /// <summary>The same app with no other URLs than those that are asked; what is read of it stays whole.</summary>
    public virtual App Only(AskedPlaces places) => this;

    /// <summary>The app's part that speaks Connect's protocol: the app itself, or its Connect modules on Forge. Null where it has none that could be read.</summary>
    public virtual ConnectApp? AsConnect() => null;
}

/// <summary>A URL at which an app's server is reached.</summary>
/// <param name="NamedBy">What names it: "baseUrl", "region EU", "generalPages/start".</param>
public sealed record AppUrl(Uri Url, string NamedBy, AppUrlKind Kind);

/// <summary>What a URL of an app is to those who call it.</summary>
public enum AppUrlKind
{
    /// <summary>Serves the descriptor, to anybody.</summary>
    Descriptor,

    /// <summary>A server's base: a plain GET of it asks for nothing in particular.</summary>
    Base,

    /// <summary>A page, a callback, a route, or the base of a region that is asked at another one.</summary>
    Other,
}
