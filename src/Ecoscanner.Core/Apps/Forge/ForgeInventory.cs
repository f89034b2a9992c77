using Ecoscanner.Packages;
using Ecoscanner.Packages.Node;

namespace Ecoscanner.Apps.Forge;

/// <summary>The packages that a Forge app ships, as the lockfiles in its source tell them.</summary>
public static class ForgeInventory
{
    /// <summary>Reads the lockfiles at its root and of its static resources. Places are as seen from where the scan was started.</summary>
    public static Inventory Of(ForgeApp app, CancellationToken cancellation)
    {
        var inventory = LockfileFolder.Read(FilesOf(app, cancellation), cancellation);
        return inventory with
        {
            Components = [.. inventory.Components.Select(component => component with { Places = [.. component.Places.Select(app.Shown)] })],
            Gaps = [.. inventory.Gaps.Select(gap => gap with { Place = app.Shown(gap.Place) })],
        };
    }

    private static AppFiles FilesOf(ForgeApp app, CancellationToken cancellation) =>
        app.Files is { } files ? AppFiles.OfMemory(files, LockfileFolder.Reads) : AppFiles.OfFolder(app.Folder!, LockfileFolder.Reads, cancellation);
}
