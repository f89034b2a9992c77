using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Ecoscanner.Apps.Forge;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>
/// What callers send: the payload of resolvers, the first argument of web triggers, actions and other functions that people can start.
/// The context that comes with it is the platform's.
/// </summary>
internal sealed partial class UserInput(AppCode code)
{
    private static readonly string[] Platforms = ["context", "contextToken", "accountId", "cloudId", "installContext", "principal"];

    /// <summary>The payload of resolvers, and what other entries are given.</summary>
    public ImmutableArray<TaintSource> Sources =>
        field.IsDefault
            ? field = [
                .. ForgeModels.Requests.Select(path => TaintSource.Value(path + ".payload")),
                .. Parameters(entry => (entry.Callers & ~ForgeCallers.Platform) != 0),
            ]
            : field;

    /// <summary>What the platform says of the tenant and the user.</summary>
    public ImmutableArray<TaintSource> Contexts =>
        field.IsDefault
            ? field = [
                .. ForgeModels.Requests.Select(path => TaintSource.Value(path + ".context")),
                .. Functions(_ => true).SelectMany(function => (TaintSource[])[TaintSource.ParameterOf(function, 0), TaintSource.ParameterOf(function, 1)]),
            ]
            : field;

    /// <summary>What agents give to actions.</summary>
    public ImmutableArray<TaintSource> OfAgents => field.IsDefault ? field = [.. Parameters(IsAction)] : field;

    public static bool IsAction(ForgeEntry entry) => entry.Kind is ForgeEntryKind.Function && entry.Uses.Any(use => use.ModuleType == "action");

    /// <summary>
    /// Whether nothing of what callers sent is left in what a place makes of it: the answer of another system that was only asked with it, or what the platform adds.
    /// </summary>
    public bool IsLeftBehind(Node place, Node operand) =>
        place.Kind switch
        {
            NodeKind.CallExpression => code.PathsAt(place).Any(path => Requests().IsMatch(path)),
            NodeKind.MemberExpression or NodeKind.Property => Platforms.Contains(CodePlaces.NameOf(place), StringComparer.Ordinal)
                && operand.Exists
                && IsWhole(CodePlaces.Plain(operand)),
            _ => false,
        };

    // The first argument itself, and no part of it.
    private static bool IsWhole(Node operand) =>
        operand.Kind is NodeKind.Identifier or NodeKind.ObjectPattern && operand.Tree.ParentOf(operand).Kind is not NodeKind.Property;

    private IEnumerable<TaintSource> Parameters(Func<ForgeEntry, bool> isSuch) => Functions(isSuch).Select(function => TaintSource.ParameterOf(function, 0));

    private IEnumerable<Node> Functions(Func<ForgeEntry, bool> isSuch) =>
        code.Program.Entries.Where(entry => entry.Kind is ForgeEntryKind.Function && isSuch(entry)).SelectMany(entry => entry.Functions).Distinct();

    /// <summary>Functions that ask another system: what they give is its answer.</summary>
    public static bool IsRequest(string path) => Requests().IsMatch(path);

    [GeneratedRegex(
        """^(fetch|require\("@forge/(api|kvs|storage|sql|events|bridge|realtime|object-store|llm)"\).*\.(fetch|request\w+|get\w*|set\w*|delete\w*|query|where|getMany|getOne|send|push|invoke\w*|chat|generate\w*|execute\w*|prepare|bindParams)|require\("(axios|got|node-fetch|cross-fetch|undici|ky|superagent|request|request-promise|needle)"\)[\w.()]*)$""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Requests();
}
