using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>What callers send gets into routes of product APIs only through the holes of the <c>route</c> tag, which encode it.</summary>
internal static partial class RouteCheck
{
    public static readonly TaintCheck Check = new(ForgeCodeScanner.RouteInjection)
    {
        Sinks = Sinks,
        Tests = AllowLists.Of,
        IsHarmless = IsHarmless,
        Verb = "becomes part of a route by",
        Expected = "the route tag, whose holes are encoded: requestJira(route`/rest/api/3/issue/${key}`)",
        None = "the code calls no product API with a route",
    };

    // A function that is called with the parts of a template is the tag used by hand.
    private static IEnumerable<CodeSink> Sinks(AppCode code) =>
        CodeSink.Argument(code.CallsOf(path => Functions().IsMatch(path)).Where(call => code.SideOf(call.Call) is not CodeSide.Page), 0);

    private static bool IsHarmless(AppCode code, Node place, Node operand) =>
        place.Kind switch
        {
            NodeKind.TaggedTemplateExpression => true,
            NodeKind.NewExpression => CodePlaces.CalleeName(place) == "URLSearchParams",
            NodeKind.CallExpression => CodePlaces.AppliedName(place) is "encodeURIComponent" or "assumeTrustedRoute" or "route"
                || code.Input.IsLeftBehind(place, operand),
            _ => code.Input.IsLeftBehind(place, operand),
        };

    [GeneratedRegex(
        """^require\("@forge/api"\)(\.default)?(\.(assumeTrustedRoute|route)|(\.as(App|User)\(\))?\.request(Jira|Confluence|Bitbucket))$""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Functions();
}
