using Ecoscanner.Apps;
using Ecoscanner.Packages.Sbom;

namespace Ecoscanner.Cli.Scans;

/// <summary>Gets what a bill of materials lists.</summary>
internal static class SbomSource
{
    /// <summary>The app that a bill is of; null where the target is no bill, but a descriptor perhaps.</summary>
    /// <exception cref="TargetException">The file cannot be read.</exception>
    public static SbomApp? Read(Target target)
    {
        if (target.Path is not { } path || !path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            var name = Path.GetFileName(path);
            return SbomReader.Read(TextFiles.Bytes(path, SbomReader.MaximumBytes), name) is { } inventory
                ? new SbomApp(Path.GetFileNameWithoutExtension(name), name) { Source = target.Text, Inventory = inventory }
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TargetException.Wrong(path, $"cannot be read: {e.Message.TrimEnd('.')}; check the file and its permissions", e);
        }
    }
}
