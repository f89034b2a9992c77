using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>Secrets do not get into logs, which more people read than may know them.</summary>
internal static class SecretLogCheck
{
    private static readonly string[] Methods = ["log", "error", "warn", "info", "debug", "trace", "dir"];

    public static readonly TaintCheck Check = new(ForgeCodeScanner.SecretLogged)
    {
        Sinks = Sinks,
        Sources = SecretSources.Of,
        IsHarmless = (code, place, _) => SecretSources.IsHarmless(code, place),
        IsMeant = SecretSources.IsNoSecret,
        What = "a secret",
        Verb = "is written to the log by",
        Expected = "a log without it: whether it is there (Boolean(token)), or whose it is",
        None = "the code writes no log",
    };

    private static IEnumerable<CodeSink> Sinks(AppCode code) =>
        from call in code.CallsOf(path => path.StartsWith("console.", StringComparison.Ordinal) && Methods.Contains(path[8..], StringComparer.Ordinal))
        where call.Call.Kind == NodeKind.CallExpression
        from argument in call.Call.Arguments
        select new CodeSink(call.Call, argument, call.Path + "()");
}
