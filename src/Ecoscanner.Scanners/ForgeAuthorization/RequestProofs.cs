using System.Collections.Frozen;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>Proofs that a request comes from whom it should: signatures, tokens, shared secrets.</summary>
internal static class RequestProofs
{
    // Shorter texts are words of a protocol; nobody means them as a secret.
    private const int ShortestSecret = 8;
    private const int LongestWord = 16;

    private static readonly FrozenSet<string> Verifiers = FrozenSet.ToFrozenSet(
        [
            "verify",
            "jwtVerify",
            "constructEvent",
            "decodeSymmetric",
            "decodeAsymmetric",
            "verifySignature",
            "validateRequest",
            "verifyAndReceive",
            "compactVerify",
            "verifyAsync",
        ],
        StringComparer.Ordinal
    );

    /// <summary>Of a function of a package that throws where the request is not genuine.</summary>
    public static bool Throws(ReachCondition condition) =>
        condition.Values.Any(value =>
            value.Path is { } path
            && path.EndsWith("()", StringComparison.Ordinal)
            && PathSteps.Of(path[..^2]) is ({ } package, { Length: > 0 } steps)
            && !package.StartsWith("@forge/", StringComparison.Ordinal)
            && Verifiers.Contains(steps[^1])
            && (condition.IsAwaited || steps[^1] is not ("jwtVerify" or "compactVerify" or "verifyAsync"))
        ) && condition.Origins.Any(ForgeOrigins.IsCallers);

    /// <summary>Of a comparison of something of the request with something that only the right caller can know.</summary>
    /// <param name="known">The calls that give what the app has stored, or what another server says.</param>
    public static bool Tells(ReachCondition condition, FrozenSet<Node> known)
    {
        if (!AnswerReading.IsPlausible(condition))
        {
            return false;
        }

        if (!condition.Origins.Any(IsOfRequest))
        {
            // Another server was asked about it.
            return condition.Origins.Any(origin => origin.Call.Exists && known.Contains(origin.Call) && condition.SubjectOf(origin.Call).Any(IsOfRequest))
                && Compares(condition);
        }

        var knowsSecret = condition.Origins.Any(origin =>
            ForgeOrigins.Is(origin, ForgeOrigins.Environment)
            || (origin.Call.Exists && known.Contains(origin.Call))
            // A signature that was made with a key which is not the sender's.
            || (origin.Call.Exists && origin.Name.EndsWith(".createHmac", StringComparison.Ordinal) && !condition.SubjectOf(origin.Call).Any(IsOfRequest))
        );
        return knowsSecret ? Compares(condition) : IsConstantSecret(condition);
    }

    // Of resolvers the parts have other names.
    private static bool IsOfRequest(Origin origin) =>
        ForgeOrigins.IsCallers(origin)
        && origin.Name is "payload.headers" or "payload.queryParameters" or "payload.body" or "payload.path" or "payload.userPath";

    private static bool Compares(ReachCondition condition) =>
        !(condition.Expression.Kind == NodeKind.BinaryExpression && (IsLength(condition.Expression.Left) || IsLength(condition.Expression.Right)))
        && condition.Expression.Kind is NodeKind.BinaryExpression or NodeKind.CallExpression or NodeKind.MemberExpression or NodeKind.Identifier
        && !condition.Values.Any(value => value.Path is { } path && ForgeOrigins.NameOf(path) is not null);

    // Not the name of an event or of a type.
    private static bool IsLikeSecret(ReadOnlySpan<char> text) =>
        text.Length >= ShortestSecret && !text.ContainsAny('/', ' ') && (text.ContainsAnyInRange('0', '9') || text.Length >= LongestWord);

    private static bool IsLength(Node node) => node.WithoutAssertions is { Kind: NodeKind.MemberExpression } member && member.Property.Name == "length";

    // A secret in the source is a flaw of its own.
    private static bool IsConstantSecret(ReachCondition condition) =>
        condition.Outcome is { Kind: OutcomeKind.Equal or OutcomeKind.NotEqual } outcome
        && outcome.Constant is ['"', .., '"']
        && IsLikeSecret(outcome.Constant.AsSpan()[1..^1])
        && condition.Values.Any(value =>
            value.Path is { } path && ForgeOrigins.NameOf(path) is "payload.headers" or "payload.queryParameters" or "payload.path"
        );
}
