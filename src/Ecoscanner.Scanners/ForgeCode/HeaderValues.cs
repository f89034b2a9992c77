using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>What requests are sent to and with, as far as values are known: behind variables, helpers and objects of headers.</summary>
internal sealed class HeaderValues(AppCode code)
{
    // What clients make an Authorization of: auth: { username, password }
    private static readonly string[] PasswordMembers = ["password", "pass"];

    private static readonly string[] UrlMembers = ["url", "uri", "baseURL", "baseUrl", "prefixUrl", "hostname", "host"];

    // Headers that are set one by one, by the object that they are set on.
    private readonly Lazy<List<(ValueSet Owner, ValueSet Values)>> set = new(() =>
        [
            .. from call in code.Places.Calls
            where call.Arguments.Count > 1 && CodePlaces.CalleeName(call) is "set" or "append" && CodePlaces.ReceiverOf(call).Exists
            where code.Program.Values.Of(call.Arguments[0]).Any(name => "authorization".Equals(name.Text, StringComparison.OrdinalIgnoreCase))
            select (code.Program.Values.Of(CodePlaces.ReceiverOf(call)), code.Program.Values.Of(call.Arguments[1])),
        ]
    );

    public SentHeaders At(Node call)
    {
        var urls = new List<string>();
        var authorizations = new List<Value>();
        var hasPassword = false;
        foreach (var argument in call.Arguments.Take(3))
        {
            urls.AddRange(TokenCheck.UrlsOf(code, argument));
            foreach (var value in code.Program.Values.Of(argument))
            {
                urls.AddRange(
                    UrlMembers.SelectMany(name => value.Member(name)).Where(url => url.Pieces.Count > 0).Select(url => string.Join('\0', url.Pieces))
                );
                urls.AddRange(MadeOf(value));
                hasPassword |= value.Member("auth").Any(auth => PasswordMembers.Any(auth.Members.Contains));
                authorizations.AddRange(Of(value.Member("headers")));
                authorizations.AddRange(TokenCheck.AuthorizationsIn(code.Program.Values.Of(argument)));
            }
        }

        urls.RemoveAll(url => !url.Contains('/', StringComparison.Ordinal) && !url.Contains('.', StringComparison.Ordinal));
        return new(urls, authorizations, hasPassword);
    }

    private IEnumerable<Value> Of(ValueSet headers)
    {
        var own = TokenCheck.AuthorizationsIn(headers);
        var later = set.Value.Where(each => each.Owner.Any(headers.Contains)).SelectMany(each => each.Values);
        var made = headers
            .Where(value => value.Node.Kind == NodeKind.NewExpression && value.Node.Arguments.Count > 0)
            .SelectMany(value => TokenCheck.AuthorizationsIn(code.Program.Values.Of(value.Node.Arguments[0])));
        return own.Concat(later).Concat(made);
    }

    // new URL('/rest/api/3/myself', 'https://example.atlassian.net')
    private IEnumerable<string> MadeOf(Value value) =>
        value.Node.Kind == NodeKind.NewExpression && CodePlaces.CalleeName(value.Node) == "URL"
            ? value.Node.Arguments.Reverse().SelectMany(argument => TokenCheck.UrlsOf(code, argument))
            : [];
}

/// <summary>What one request is sent to and with.</summary>
/// <param name="Urls">With a NUL for what is not known.</param>
/// <param name="HasPassword">Whether the client is told a user and a password, which it sends as Basic.</param>
internal sealed record SentHeaders(IReadOnlyList<string> Urls, IReadOnlyList<Value> Authorizations, bool HasPassword);
