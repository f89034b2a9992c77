using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Modules;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>The sources of a page whose resource is a folder: often what a bundler makes, beside what it makes it of.</summary>
internal static partial class PageFiles
{
    // Text in longer lines than people write, on average, was made by a tool.
    private const int LongestLine = 400;

    private static readonly string[] Built = ["build", "dist", "out", "public", "output"];

    public static IEnumerable<GraphModule> Of(ModuleGraph graph, string resource)
    {
        var slash = resource.LastIndexOf('/');
        var isBuilt = slash > 0 && Built.Contains(resource[(slash + 1)..], StringComparer.Ordinal);
        var beside = isBuilt ? Below(graph, resource[..slash]).Where(module => !IsBelow(module, resource)).Where(IsWritten).ToList() : [];
        return beside.Count > 0 ? beside : Below(graph, resource).Where(IsWritten);
    }

    private static IEnumerable<GraphModule> Below(ModuleGraph graph, string folder) => graph.Modules.Where(module => !module.IsJson && IsBelow(module, folder));

    private static bool IsBelow(GraphModule module, string folder) => folder.Length == 0 || module.Path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static bool IsWritten(GraphModule module) =>
        !Tests().IsMatch(module.Path)
        && (module.Record?.Tree.Source is not { } source || source.Length / (double)Math.Max(1, source.Lines.Count) <= LongestLine);

    [GeneratedRegex(
        @"(^|/)(__tests__|__mocks__|tests?|e2e|cypress|\.storybook)/|\.(test|spec|stories|config|min)\.[a-z]+$|(^|/)(scripts|webpack|gulpfile|setupTests)\b",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Tests();
}
