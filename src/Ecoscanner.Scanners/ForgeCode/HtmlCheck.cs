using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>What pages get from elsewhere becomes HTML only after it was sanitized.</summary>
internal static partial class HtmlCheck
{
    // What the page itself is called with.
    private static readonly TaintSource[] Addresses =
    [
        .. "location.search location.hash location.href document.URL document.referrer document.location.search document.location.hash document.location.href window.name"
            .Split(' ')
            .Select(TaintSource.Value),
        new("addEventListener(arg1:0)"),
        new("window.addEventListener(arg1:0)"),
    ];

    private static readonly string[] HtmlMembers = ["innerHTML", "outerHTML", "srcdoc"];
    private static readonly string[] JQueryMethods = ["html", "append", "prepend", "after", "before", "replaceWith"];

    public static readonly TaintCheck Check = new(ForgeCodeScanner.HtmlInjection)
    {
        Sinks = Sinks,
        Sources = code =>
            [.. Addresses, .. code.CalledPaths.Where(path => Answers().IsMatch(path)).Select(path => new TaintSource(path)), .. code.Input.Sources],
        Tests = AllowLists.Of,
        IsHarmless = IsHarmless,
        What = "data that others wrote",
        Verb = "becomes HTML by",
        Expected = "text (textContent, or {value} in JSX), or sanitized HTML: DOMPurify.sanitize(value)",
        None = "the pages of the app make no HTML of texts",
        HasEntries = false,
    };

    private static IEnumerable<CodeSink> Sinks(AppCode code)
    {
        foreach (var assignment in code.Places.Assignments)
        {
            if (
                CodePlaces.Plain(assignment.Left) is { Kind: NodeKind.MemberExpression } member
                && HtmlMembers.Contains(CodePlaces.NameOf(member), StringComparer.Ordinal)
            )
            {
                yield return new(assignment, assignment.Right, CodePlaces.NameOf(member));
            }
        }

        foreach (var property in code.Places.Properties.Where(property => CodePlaces.NameOf(property) == "__html" && property.Value.Exists))
        {
            yield return new(property, property.Value, "dangerouslySetInnerHTML");
        }

        foreach (var call in code.Places.Calls.Where(call => call.Arguments.Count > 0))
        {
            var name = CodePlaces.CalleeName(call);
            var receiver = CodePlaces.ReceiverOf(call);
            var argument =
                name == "insertAdjacentHTML" && call.Arguments.Count > 1 ? 1
                : name is "setHTMLUnsafe" or "createContextualFragment" ? 0
                : name is "write" or "writeln" && receiver.Kind == NodeKind.Identifier && receiver.Name == "document" ? 0
                : receiver.Exists && JQueryMethods.Contains(name, StringComparer.Ordinal) && IsJQuery(code, receiver) ? 0
                : -1;
            if (argument >= 0)
            {
                yield return new(call, call.Arguments[argument], $"{name}()");
            }
        }
    }

    private static bool IsJQuery(AppCode code, Node receiver) =>
        receiver.Kind == NodeKind.CallExpression && receiver.Callee is { Kind: NodeKind.Identifier, Name: "$" or "jQuery" or "AJS" }
        || code.Program.Values.Of(receiver).Any(value => value.Path is { } path && JQuery().IsMatch(path));

    private static bool IsHarmless(AppCode code, Node place, Node operand) =>
        place.Kind switch
        {
            NodeKind.CallExpression => IsCleaning(code, place),
            _ => false,
        };

    private static bool IsCleaning(AppCode code, Node call)
    {
        var name = CodePlaces.CalleeName(call);
        return Cleaners().IsMatch(CodePlaces.AppliedName(call))
            || (name is "replace" or "replaceAll" && call.Arguments.Count > 0 && ReplacesTags(call.Arguments[0]))
            || code.PathsAt(call).Any(path => CleaningPackages().IsMatch(path))
            || (name is "renderToString" or "renderToStaticMarkup" or "toISOString");
    }

    private static bool ReplacesTags(Node pattern) =>
        pattern.Kind == NodeKind.RegExpLiteral
            ? pattern.RegExpPattern.Contains('<', StringComparison.Ordinal) || pattern.RegExpPattern.StartsWith("[^", StringComparison.Ordinal)
            : pattern.StringValue == "<";

    [GeneratedRegex(
        """^require\("@forge/bridge"\)(\.\w+)*\.(invoke|invokeRemote|request(Jira|Confluence|Bitbucket|Remote)?|getContext|open|callBridge)$|^require\("@forge/bridge"\)\.events\.on\(arg1:0\)$""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Answers();

    [GeneratedRegex(
        "^(sanitize|escape|encode|purify|clean|strip)(html|tags|xml|svg|markup|input|text|string|attribute)?$|^(html|xml)?(escape|encode|sanitize|sanitise|purify)\\w*$|^(escape|sanitize|sanitise|purify)\\w*$|^stripTags$|^encodeURI(Component)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Cleaners();

    [GeneratedRegex(
        """^require\("(dompurify|isomorphic-dompurify|sanitize-html|xss|escape-html|he|html-escaper|lodash\.escape|insane)"\)|^DOMPurify\.""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex CleaningPackages();

    [GeneratedRegex("""^(\$|jQuery|require\("jquery"\)(\.default)?)\(\)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex JQuery();
}
