using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeScopes;

/// <summary>Pages whose code is not there, or is a bundle in which a call of a product is no call by name any more.</summary>
internal sealed class PageNeeds(ForgeProgram program, IModuleFiles files)
{
    // A page of a person's; what a tool makes may be longer, and is read as source.
    private const int MaximumHtmlBytes = 1024 * 1024;

    // Where tools put what they build, beside what they build it of.
    private static readonly HashSet<string> Built = new(StringComparer.OrdinalIgnoreCase) { "build", "dist", "out", "public", "output", "lib" };

    // How the bridge reaches the platform; it stands in every bundle that has the bridge.
    private static readonly string[] BridgeMarks = ["callBridge", "__bridge"];

    public IEnumerable<OpenNeed> Find() =>
        program.FrontEnds.Select(page => page.Resource?.Path?.Value).OfType<string>().Distinct(StringComparer.Ordinal).Select(NeedOf).OfType<OpenNeed>();

    private OpenNeed? NeedOf(string path)
    {
        path = path.Trim().TrimStart('.').Trim('/');
        if (program.Graph.ModuleAt(path) is not null)
        {
            return null;
        }

        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var source = parts.Length > 1 && Built.Contains(parts[^1]) ? string.Join('/', parts[..^1]) : path;
        var modules = program.Graph.Modules.Where(module => module.Record is not null && IsBelow(module.Path, source)).ToList();
        if (modules.Exists(module => module.Record!.Requests.Any(request => request.Specifier?.StartsWith("@forge/", StringComparison.Ordinal) == true)))
        {
            return null;
        }

        if (
            modules.Find(module => Array.Exists(BridgeMarks, mark => module.Record!.Tree.Source.Content.Contains(mark, StringComparison.Ordinal))) is { } bundle
        )
        {
            return OpenNeed.OfApis($"{bundle.Path} is a bundle, and its source is not there");
        }

        return modules.Count > 0 || IsWithoutCode(path) ? null : OpenNeed.OfApis($"the code of the page {path} is not there");
    }

    // A page in HTML that runs nothing.
    private bool IsWithoutCode(string path)
    {
        var names = files.Entries(path).Where(name => name.EndsWith(".html", StringComparison.OrdinalIgnoreCase)).ToList();
        return names.Count > 0
            && names.TrueForAll(name => TextOf($"{path}/{name}") is { } text && !text.Contains("<script", StringComparison.OrdinalIgnoreCase));
    }

    private string? TextOf(string path) => files.Read(path, MaximumHtmlBytes) is { Problem: null, Text: var text } ? text : null;

    private static bool IsBelow(string path, string folder) => path.StartsWith(folder + "/", StringComparison.Ordinal);
}
