using Ecoscanner.Apps.Forge;
using Manifest = Ecoscanner.Apps.Forge.ForgeManifest;

namespace Ecoscanner.Scanners.ForgePrograms;

/// <summary>A page of an app, which runs in a browser: components of UI Kit, or the files of Custom UI.</summary>
/// <param name="Resource">The resource; null where the manifest defines none of that key.</param>
public sealed record ForgeFrontEnd(ForgeModule Module, string Key, ForgeResource? Resource)
{
    internal static IEnumerable<ForgeFrontEnd> Of(Manifest manifest, ForgeModule module) =>
        from reference in module.References
        where reference.Kind is ForgeReferenceKind.Resource
        select new ForgeFrontEnd(module, reference.Key.Value, manifest.Resources.FirstOrDefault(resource => resource.Key?.Value == reference.Key.Value));
}
