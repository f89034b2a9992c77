using System.Text.RegularExpressions;
using Ecoscanner.Findings;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>What an agent gives to an action is checked before it chooses what the app writes with its own rights.</summary>
internal static partial class AgentCheck
{
    private static readonly string[] Writes = ["POST", "PUT", "PATCH", "DELETE"];

    public static readonly TaintCheck Check = new(ForgeCodeScanner.AgentInput)
    {
        Sinks = Sinks,
        Sources = code => code.Input.OfAgents,
        Tests = AllowLists.Of,
        IsHarmless = (code, place, operand) =>
            code.Input.IsLeftBehind(place, operand)
            || (
                place.Kind == NodeKind.CallExpression
                && (Validators().IsMatch(CodePlaces.CalleeName(place)) && code.PathsAt(place).Any(path => Schemas().IsMatch(path)))
            ),
        Confidence = Confidence.Low,
        What = "what an agent gives to an action",
        Verb = "chooses what is written by",
        Expected = "a check of the input first (a list, a pattern, a schema), or api.asUser(), so that the user's own rights decide",
        None = "no action of the app writes with the app's own rights",
    };

    private static IEnumerable<CodeSink> Sinks(AppCode code)
    {
        foreach (
            var (call, path) in code.CallsOf(path => Calls().IsMatch(path))
                .Where(call => call.Call.Kind == NodeKind.CallExpression && call.Call.Arguments.Count > 0)
        )
        {
            if (!path.Contains(".request", StringComparison.Ordinal) || IsWrite(code, call))
            {
                yield return new(call, call.Arguments[0], CodeSink.NameOf(call));
            }
        }
    }

    private static bool IsWrite(AppCode code, Node call) =>
        call.Arguments.Count > 1
        && code.Program.Values.Of(call.Arguments[1])
            .SelectMany(options => options.Member("method"))
            .Any(method => method.Text is { } text && Writes.Contains(text.ToUpperInvariant(), StringComparer.Ordinal));

    [GeneratedRegex(
        """^require\("@forge/api"\)(\.default)?\.asApp\(\)\.request(Jira|Confluence|Bitbucket)$|^require\("@forge/(api|kvs|storage)"\)[\w.()]*\.(set|delete|setSecret|deleteSecret)$""",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Calls();

    [GeneratedRegex("^(parse|parseAsync|safeParse|validate|validateAsync|validateSync|cast|assert|create)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Validators();

    [GeneratedRegex("""^require\("(zod|joi|yup|ajv|superstruct|valibot|io-ts|@hapi/joi|validator)"\)""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Schemas();
}
