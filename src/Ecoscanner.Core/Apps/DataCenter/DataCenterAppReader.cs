using Ecoscanner.Packages.Java;

namespace Ecoscanner.Apps.DataCenter;

/// <summary>Reads an app for Data Center from the archive that the Marketplace serves.</summary>
public static class DataCenterAppReader
{
    /// <summary>Reads it, with its libraries.</summary>
    /// <param name="path">The jar or OBR, as a person named it.</param>
    /// <exception cref="InvalidDataException">It is no archive, or no plugin is in it; the message says why.</exception>
    public static DataCenterApp Read(string path, ArchiveReading reading, CancellationToken cancellation)
    {
        var read = DataCenterInventory.Read(path, reading, cancellation);
        if (read.Tree.Root is not { } root)
        {
            throw new InvalidDataException($"{path} cannot be read: {read.Inventory.Gaps[0].Reason}");
        }

        if (read.Plugin is not { } plugin)
        {
            throw new InvalidDataException(
                $"{path} is no app for Data Center: no jar in it has atlassian-plugin.xml, and no manifest says Atlassian-Plugin-Key"
            );
        }

        var key = plugin.Key ?? plugin.Node.Facts.Stem;
        return new DataCenterApp(key, plugin.Descriptor?.Name ?? plugin.Node.Facts.Manifest["Bundle-Name"] ?? key)
        {
            Source = path,
            Descriptor = plugin.Descriptor,
            Version = plugin.Version,
            PluginPlace = plugin.Node.Place,
            Sha256 = root.Sha256,
            Inventory = read.Inventory,
            HostPackages = read.HostPackages,
        };
    }
}
