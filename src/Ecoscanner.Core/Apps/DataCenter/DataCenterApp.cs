using Ecoscanner.Packages;

namespace Ecoscanner.Apps.DataCenter;

/// <summary>An app for Data Center as its archive tells it: a plugin's jar, or an OBR with one and what it depends on.</summary>
public sealed record DataCenterApp(string Key, string Name) : App(Key, Name)
{
    public override string Hosting => "Data Center";

    public override string Document => "plugin descriptor";

    /// <summary>What <c>atlassian-plugin.xml</c> says; null where the plugin has none and its manifest alone names its key.</summary>
    public required PluginDescriptor? Descriptor { get; init; }

    /// <summary>The app's version; null where neither descriptor nor manifest tells it.</summary>
    public required string? Version { get; init; }

    /// <summary>Where the plugin's jar lies: <c>app.obr!/plugin.jar</c>, or the file's own name.</summary>
    public required string PluginPlace { get; init; }

    /// <summary>SHA-256 of the file, in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The libraries that it ships, and those that it takes from its host; never the app itself.</summary>
    public required Inventory Inventory { get; init; }

    /// <summary>Packages that it imports and does not hold: the host brings them. In ordinal order.</summary>
    public IReadOnlyList<string> HostPackages { get; init; } = [];
}
