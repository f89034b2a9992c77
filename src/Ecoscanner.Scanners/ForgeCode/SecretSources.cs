using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>Where secrets come from, and what still carries them.</summary>
internal static partial class SecretSources
{
    // Other functions from outside, as those that send a request with a secret, give something else.
    private static readonly string[] Carriers =
    [
        .. "toString trim String stringify parse concat join btoa atob from format inspect encodeURIComponent then catch all resolve assign entries values toUpperCase toLowerCase padEnd padStart URLSearchParams URL Headers Request Map Set Error".Split(
            ' '
        ),
    ];

    public static ImmutableArray<TaintSource> Of(AppCode code) =>
        [
            .. VariablesIn(code).Select(name => TaintSource.Value($"process.env.{name}")),
            .. code.CalledPaths.Where(path => Stored().IsMatch(path)).Select(path => new TaintSource(path)),
            .. NamedPlaces(code).Select(TaintSource.At),
        ];

    public static bool IsHarmless(AppCode code, Node place) =>
        place.Kind switch
        {
            NodeKind.CallExpression or NodeKind.NewExpression => Conceals().IsMatch(CodePlaces.CalleeName(place)) || !Carries(code, place),
            NodeKind.MemberExpression or NodeKind.Property => Descriptions().IsMatch(CodePlaces.NameOf(place)),
            _ => false,
        };

    private static bool Carries(AppCode code, Node call) =>
        Carriers.Contains(CodePlaces.CalleeName(call), StringComparer.Ordinal)
        || code.Program.Values.Calls.TargetsOf(call).Any(target => target.Function.Exists);

    // What is read of something as its password or token, as of a payload or a request.
    private static IEnumerable<Node> NamedPlaces(AppCode code)
    {
        foreach (var member in code.Places.Members.Where(member => code.SideOf(member).HasFlag(CodeSide.Backend)))
        {
            var parent = member.Tree.ParentOf(member);
            var isRead =
                !(parent.Kind == NodeKind.AssignmentExpression && parent.Left == member)
                && !(parent.Kind == NodeKind.CallExpression && parent.Callee == member);
            var name = CodePlaces.NameOf(member);
            if (isRead && (SecretNames.IsSecret(name) || IsAuthorization(member, name)) && !IsConstant(code, member))
            {
                yield return member;
            }
        }

        foreach (var property in code.Places.Properties.Where(property => code.SideOf(property).HasFlag(CodeSide.Backend)))
        {
            if (property.Tree.ParentOf(property).Kind == NodeKind.ObjectPattern && SecretNames.IsSecret(CodePlaces.NameOf(property)))
            {
                yield return property.Value.Kind == NodeKind.AssignmentPattern ? property.Value.Left : property.Value;
            }
        }
    }

    private static bool IsAuthorization(Node member, string name) =>
        name.Equals("authorization", StringComparison.OrdinalIgnoreCase) && CodePlaces.NameOf(CodePlaces.Plain(member.Object)) == "headers";

    private static bool IsConstant(AppCode code, Node node) =>
        code.Program.Values.Of(node) is { Count: > 0 } values && values.All(value => value.Text is not null);

    private static IEnumerable<string> VariablesIn(AppCode code) =>
        code.Places.Members.Concat(code.Places.Properties).Select(CodePlaces.NameOf).Where(SecretNames.IsSecretVariable).Distinct(StringComparer.Ordinal);

    [GeneratedRegex("""^require\("@forge/(api|kvs|storage)"\)[\w.()]*\.getSecret$""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Stored();

    [GeneratedRegex(
        "mask|redact|obfuscat|hash|hide|trunc|preview|fingerprint|hmac|digest|encrypt|^(slice|substring|substr|at|charAt|split|replace|replaceAll|startsWith|includes|test|match|keys)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Conceals();

    [GeneratedRegex(
        "^(length|name|id|.*Id|.*Ids|url|.*Url|.*Uri|email|.*Email|user|username|.*Name|host|hostname|origin|pathname|protocol|.*Host|.*At|expires.*|type|status|scopes?|enabled|site|domain|workspace|error|message|ok|code|version|region|label|title)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Descriptions();
}
