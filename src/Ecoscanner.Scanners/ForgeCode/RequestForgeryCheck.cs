using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>Callers must not choose the host of a request.</summary>
internal static partial class RequestForgeryCheck
{
    private static readonly string[] HostMembers = ["host", "hostname", "origin"];
    private static readonly string[] Hosts = ["url", "uri", "baseURL", "baseUrl", "prefixUrl", "host", "hostname", "origin"];

    public static readonly TaintCheck Check = new(ForgeCodeScanner.RequestForgery)
    {
        Sinks = Sinks,
        Tests = code => AllowLists.Of(code).SelectMany(test => AboutUrl(code, test)).Concat(Prefixes(code)),
        IsHarmless = IsHarmless,
        Verb = "decides the host of",
        Expected =
            "a host that the code names: fetch(`https://api.example.com/items/${encodeURIComponent(id)}`), or a list of hosts that the URL is checked against",
        None = "the code sends no requests of its own to other hosts",
    };

    private static IEnumerable<CodeSink> Sinks(AppCode code)
    {
        foreach (var (call, path) in code.CallsOf(path => Clients().IsMatch(path)))
        {
            if (code.SideOf(call) is CodeSide.Page || call.Kind is not (NodeKind.CallExpression or NodeKind.NewExpression))
            {
                continue;
            }

            var name = CodeSink.NameOf(call);
            foreach (var argument in call.Arguments.Take(path.Contains("Remote", StringComparison.Ordinal) ? 0 : 2))
            {
                var given = CodePlaces.Plain(argument);
                if (given.Kind == NodeKind.ObjectExpression)
                {
                    foreach (var property in given.Properties.Where(property => property.Kind == NodeKind.Property && IsHost(property)))
                    {
                        yield return new(call, property.Value, name);
                    }
                }
                else if (argument == call.Arguments[0] && given.Kind != NodeKind.SpreadElement)
                {
                    foreach (var place in Returned(code, UrlOf(code, argument)).Concat(HostsSet(code, UrlOf(code, argument))))
                    {
                        yield return new(call, place, name);
                    }
                }
            }
        }
    }

    // Of a URL's text the URL, which conditions are about.
    private static Node UrlOf(AppCode code, Node argument) =>
        CodePlaces.Plain(argument) switch
        {
            { Kind: NodeKind.CallExpression } call when CodePlaces.CalleeName(call) == "toString" => CodePlaces.ReceiverOf(call),
            { Kind: NodeKind.MemberExpression } member when CodePlaces.NameOf(member) == "href" && UrlsAt(code, member.Object).Count > 0 => member.Object,
            _ => argument,
        };

    // Of what a function gives the URL that it returns, which its own conditions are about; else the expression itself.
    private static List<Node> Returned(AppCode code, Node url)
    {
        var made = InitOf(code, CodePlaces.Plain(url)) is { Exists: true } init ? init : CodePlaces.Plain(url);
        made = made.Kind == NodeKind.AwaitExpression ? CodePlaces.Plain(made.Argument) : made;
        if (
            made.Kind != NodeKind.CallExpression
            || code.Program.Values.Calls.TargetsOf(made).Select(target => target.Function).ToList() is not [{ Exists: true } function]
        )
        {
            return [url];
        }

        var given = code
            .Places.Returns.Where(statement => statement.Tree == function.Tree && code.FunctionOf(statement) == function)
            .Select(statement => UrlOf(code, statement.Argument))
            .ToList();
        return given.Count > 0 && given.TrueForAll(each => UrlsAt(code, each).Count > 0) ? given : [url];
    }

    private static HashSet<Value> UrlsAt(AppCode code, Node node) =>
        [.. code.Program.Values.Of(node).Where(value => CodePlaces.CalleeName(value.Node) == "URL")];

    // url.hostname = payload.host
    private static IEnumerable<Node> HostsSet(AppCode code, Node url)
    {
        var urls = UrlsAt(code, url);
        return urls.Count == 0
            ? []
            : code
                .Places.Assignments.Where(step =>
                    CodePlaces.Plain(step.Left) is { Kind: NodeKind.MemberExpression } member
                    && CodePlaces.NameOf(member) is "host" or "hostname" or "href"
                    && code.Program.Values.Of(member.Object).Any(urls.Contains)
                )
                .Select(step => step.Right);
    }

    private static bool IsHost(Node property) => Hosts.Contains(CodePlaces.NameOf(property), StringComparer.Ordinal);

    private static bool IsHarmless(AppCode code, Node place, Node operand) =>
        code.Input.IsLeftBehind(place, operand)
        || FixedHost.IsBefore(code, place, operand)
        || place.Kind switch
        {
            NodeKind.NewExpression => CodePlaces.CalleeName(place) is "URLSearchParams" or "FormData",
            NodeKind.CallExpression => CodePlaces.AppliedName(place) is "encodeURIComponent" or "set" or "append" or "stringify",
            NodeKind.AssignmentExpression => IsPath(CodePlaces.Plain(place.Left)),
            NodeKind.MemberExpression => IsPath(place),
            _ => false,
        };

    private static bool IsPath(Node member) =>
        member.Kind == NodeKind.MemberExpression && CodePlaces.NameOf(member) is "pathname" or "search" or "hash" or "searchParams";

    // What is said of a URL's host is said of the URL, and of the text that it was made of.
    private static IEnumerable<(Node Test, bool Holds, Node About)> AboutUrl(AppCode code, (Node Test, bool Holds, Node About) test)
    {
        yield return test;
        if (HostIn(code, CodePlaces.Plain(test.About)) is { Exists: true } url)
        {
            yield return test with
            {
                About = url,
            };
            if (MadeOf(code, url) is { Exists: true } text)
            {
                yield return test with
                {
                    About = text,
                };
            }
        }
    }

    private static Node HostIn(AppCode code, Node node)
    {
        if (node.Kind == NodeKind.MemberExpression && HostMembers.Contains(CodePlaces.NameOf(node), StringComparer.Ordinal))
        {
            return CodePlaces.Plain(node.Object);
        }

        // const { hostname } = new URL(text), const host = url.host
        var declaration = DeclarationOf(code, node);
        var parent = declaration.Exists ? declaration.Tree.ParentOf(declaration) : default;
        return parent.Kind switch
        {
            NodeKind.VariableDeclarator => HostIn(code, CodePlaces.Plain(parent.Init)) is { Exists: true } url && url.Kind != NodeKind.Identifier ? url
            : CodePlaces.Plain(parent.Init) is { Kind: NodeKind.MemberExpression } member ? HostIn(code, member)
            : default,
            NodeKind.Property when HostMembers.Contains(CodePlaces.NameOf(parent), StringComparer.Ordinal) => CodePlaces.Plain(
                parent.Tree.ParentOf(parent.Tree.ParentOf(parent)).Init
            ),
            _ => default,
        };
    }

    private static Node MadeOf(AppCode code, Node url)
    {
        var made = url.Kind == NodeKind.NewExpression ? url : InitOf(code, url);
        return made.Kind == NodeKind.NewExpression && CodePlaces.CalleeName(made) == "URL" && made.Arguments.Count > 0 ? made.Arguments[0] : default;
    }

    private static Node InitOf(AppCode code, Node node)
    {
        var declaration = DeclarationOf(code, node);
        var parent = declaration.Exists ? declaration.Tree.ParentOf(declaration) : default;
        return parent.Kind == NodeKind.VariableDeclarator ? CodePlaces.Plain(parent.Init) : default;
    }

    private static Node DeclarationOf(AppCode code, Node node) =>
        node.Kind == NodeKind.Identifier
        && code.Program.Graph.ModuleOf(node.Tree)?.Record?.Model.SymbolOf(node) is { Exists: true, Declarations: [var declaration] }
            ? declaration
            : default;

    // url.startsWith('https://api.example.com/')
    private static IEnumerable<(Node Test, bool Holds, Node About)> Prefixes(AppCode code) =>
        from call in code.Places.Calls
        where CodePlaces.CalleeName(call) == "startsWith" && call.Arguments.Count == 1 && CodePlaces.ReceiverOf(call).Exists
        where code.Program.Values.Of(call.Arguments[0]) is { Count: > 0 } texts && texts.All(text => text.Text is { } known && FixedHost.IsFixed(known))
        select (call, true, CodePlaces.ReceiverOf(call));

    [GeneratedRegex(
        """^(fetch|require\("@forge/api"\)(\.default)?\.fetch|require\("(axios|got|ky|superagent|needle|request|request-promise|request-promise-native|node-fetch|cross-fetch|isomorphic-fetch|undici)"\)(\.default)?(\.(create|extend|defaults)\(\))?(\.(get|post|put|patch|delete|head|options|request|fetch|stream))?|require\("(node:)?https?"\)(\.default)?\.(get|request))$""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Clients();
}
