using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeRemoteCode;

/// <summary>A call that reads a Forge Invocation Token.</summary>
/// <param name="Function">The library's function, such as <c>jose.jwtVerify</c>.</param>
/// <param name="Lacks">What it should look at and does not.</param>
/// <param name="Doubt">What about its options is not known; null where all is.</param>
internal sealed record TokenCheck(Node Call, string Function, IReadOnlyList<string> Lacks, string? Doubt)
{
    public const string Issuer = "the issuer";

    private const string Signature = "the signature";
    private const string Audience = "the audience (tokens for other apps pass)";
    private const string Time = "the time (tokens never expire)";

    private const string IssuerText = "forge/invocation-token";

    // Where Atlassian publishes the keys, of production and staging.
    private const string KeysHost = "forge.cdn.";
    private const string KeysPath = "jwks.json";

    /// <summary>Functions that verify a signature, by their paths, with the argument that holds their options.</summary>
    private static readonly Dictionary<string, (string Name, int Options)> Verifiers = new(StringComparer.Ordinal)
    {
        ["require(\"jose\").jwtVerify"] = ("jose.jwtVerify", 2),
        ["require(\"jsonwebtoken\").verify"] = ("jsonwebtoken.verify", 2),
        ["require(\"express-jwt\").expressjwt"] = ("expressjwt", 0),
        ["require(\"express-jwt\")"] = ("expressjwt", 0),
        ["require(\"aws-jwt-verify\").JwtRsaVerifier.create"] = ("JwtRsaVerifier.create", 0),
    };

    /// <summary>Functions that only take a token apart.</summary>
    private static readonly Dictionary<string, string> Decoders = new(StringComparer.Ordinal)
    {
        ["require(\"jose\").decodeJwt"] = "jose.decodeJwt",
        ["require(\"jsonwebtoken\").decode"] = "jsonwebtoken.decode",
        ["require(\"jwt-decode\").jwtDecode"] = "jwtDecode",
        ["require(\"jwt-decode\")"] = "jwtDecode",
    };

    /// <summary>The calls of a program; none where its sources never speak of Forge's tokens, for other tokens are no business of this.</summary>
    public static IReadOnlyList<TokenCheck> Of(ForgeProgram program)
    {
        var files = program
            .Graph.Modules.Select(module => module.Record?.Tree)
            .OfType<SyntaxTree>()
            .Where(tree => SpeaksOfForge(tree.Source.Content))
            .Select(tree => tree.Source.Path)
            .ToHashSet(StringComparer.Ordinal);
        if (files.Count == 0)
        {
            return [];
        }

        var calls = program
            .Values.Calls.Calls.Where(call => call.Exists && call.Kind == NodeKind.CallExpression)
            .SelectMany(call => program.Values.Calls.TargetsOf(call).Select(target => (Call: call, Path: Plain(target.Path))))
            .Distinct()
            .ToList();
        var verified = calls
            .Where(pair =>
                Verifiers.ContainsKey(pair.Path)
                && (files.Contains(pair.Call.Tree.Source.Path) || NamesIssuer(program.Values, pair.Call, Verifiers[pair.Path].Options))
            )
            .Select(pair => Verified(program.Values, pair.Call, Verifiers[pair.Path]))
            .ToList();

        // One who verifies as well may take a token apart to see which key it names.
        return verified.Count > 0
            ? verified
            :
            [
                .. calls
                    .Where(pair => Decoders.ContainsKey(pair.Path) && files.Contains(pair.Call.Tree.Source.Path))
                    .Select(pair => new TokenCheck(pair.Call, Decoders[pair.Path], [Signature], null)),
            ];
    }

    private static TokenCheck Verified(ProgramValues program, Node call, (string Name, int Options) verifier)
    {
        // The claims may be compared after the call.
        var text = call.Tree.Source.Content;
        var seen = new[] { ("aud", Audience), ("iss", Issuer) }.Where(claim => ReadsClaim(text, claim.Item1)).Select(claim => claim.Item2);
        var (lacks, doubt) = Lacking(program, call, verifier.Options);
        return new TokenCheck(call, verifier.Name, [.. lacks.Distinct(StringComparer.Ordinal).Except(seen, StringComparer.Ordinal)], doubt);
    }

    private static (List<string> Lacks, string? Doubt) Lacking(ProgramValues program, Node call, int options)
    {
        const string unknown = "what its options have is not known";
        if (call.Arguments.Any(argument => argument.Kind == NodeKind.SpreadElement))
        {
            return ([], unknown);
        }

        if (call.Arguments.Count <= options)
        {
            return ([Audience, Issuer], null);
        }

        var values = program.Of(call.Arguments[options].WithoutAssertions);
        var lacks = new List<string>();
        foreach (var value in values)
        {
            if (!IsWhole(value))
            {
                return (lacks, unknown);
            }

            lacks.AddRange(value.Member("audience").Count == 0 ? [Audience] : []);
            lacks.AddRange(value.Member("issuer").Count == 0 ? [Issuer] : []);
            lacks.AddRange(value.Member("ignoreExpiration").Any(member => member.Kind == ValueKind.True) ? [Time] : []);
        }

        return (lacks, values.Count == 0 ? unknown : null);
    }

    private static bool IsWhole(Value value) =>
        value.Kind == ValueKind.Object
        && value.Node.Kind == NodeKind.ObjectExpression
        && value.Node.Properties.All(property => property.Kind != NodeKind.SpreadElement);

    private static bool NamesIssuer(ProgramValues program, Node call, int options) =>
        call.Arguments.Count > options
        && program
            .Of(call.Arguments[options].WithoutAssertions)
            .Any(value => value.Kind == ValueKind.Object && value.Member("issuer").Any(issuer => issuer.Text == IssuerText));

    private static bool SpeaksOfForge(string text) =>
        text.Contains(IssuerText, StringComparison.Ordinal)
        || (text.Contains(KeysHost, StringComparison.Ordinal) && text.Contains(KeysPath, StringComparison.Ordinal));

    // As a member or in a pattern: payload.aud, { aud }, claims['aud'].
    private static bool ReadsClaim(string text, string claim)
    {
        for (var at = text.IndexOf(claim, StringComparison.Ordinal); at >= 0; at = text.IndexOf(claim, at + 1, StringComparison.Ordinal))
        {
            var end = at + claim.Length;
            if ((at == 0 || !IsWordCharacter(text[at - 1])) && (end == text.Length || !IsWordCharacter(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWordCharacter(char character) => char.IsLetterOrDigit(character) || character is '_' or '$';

    // What compilers put between.
    private static string Plain(string? path) => (path ?? "").Replace(").default", ")", StringComparison.Ordinal);
}
