using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>What callers send neither runs as code nor becomes a command.</summary>
internal static partial class ExecutionCheck
{
    private static readonly string[] Programs = ["spawn", "spawnSync", "execFile", "execFileSync", "fork"];

    public static readonly TaintCheck Code = new(ForgeCodeScanner.CodeInjection)
    {
        Sinks = CodeSinks,
        Tests = AllowLists.Of,
        Verb = "runs as code by",
        Expected = "data that the code interprets: JSON.parse, or a table of functions that keys choose from",
        None = "the code runs no code that it makes",
    };

    public static readonly TaintCheck Command = new(ForgeCodeScanner.CommandInjection)
    {
        Sinks = CommandSinks,
        Tests = AllowLists.Of,
        Verb = "becomes a command by",
        Expected = "no processes: Forge runs none in its sandbox; where there must be one, execFile with a fixed program and checked arguments",
        None = "the code starts no processes",
    };

    private static IEnumerable<CodeSink> CodeSinks(AppCode code)
    {
        foreach (var call in code.Places.Calls.Where(call => call.Arguments.Count > 0 && IsEval(call)))
        {
            yield return new(call, call.Arguments[0], "eval()");
        }

        foreach (
            var (call, path) in code.CallsOf(path => Runners().IsMatch(path))
                .Where(call => call.Call.Kind is NodeKind.CallExpression or NodeKind.NewExpression && !IsEval(call.Call))
        )
        {
            foreach (var argument in call.Arguments.Take(path == "Function" ? call.Arguments.Count : 1))
            {
                yield return new(call, argument, CodeSink.NameOf(call));
            }
        }
    }

    // Under another name it has a path, as other functions do.
    private static bool IsEval(Node call) => CodePlaces.Plain(call.Callee) is { Kind: NodeKind.Identifier, Name: "eval" };

    private static IEnumerable<CodeSink> CommandSinks(AppCode code)
    {
        foreach (var (call, _) in code.CallsOf(path => Commands().IsMatch(path)).Where(call => call.Call.Kind == NodeKind.CallExpression))
        {
            var isProgram = Programs.Contains(CodePlaces.CalleeName(call), StringComparer.Ordinal);
            // The arguments of a program are no commands, unless a shell reads them.
            foreach (var argument in call.Arguments.Take(isProgram && UsesShell(code, call) ? 2 : 1))
            {
                yield return new(call, argument, CodeSink.NameOf(call));
            }
        }
    }

    private static bool UsesShell(AppCode code, Node call) =>
        code.Program.Values.Of(call.Arguments[0]).Any(value => value.Text is { } program && Shells().IsMatch(program))
        || call.Arguments.Skip(1).Any(options => code.Program.Values.Of(options).Any(value => value.Member("shell").Count > 0));

    [GeneratedRegex(
        """^(Function|((globalThis|global|window|self)\.)?eval|require\("(node:)?vm"\)(\.default)?\.(runInNewContext|runInThisContext|runInContext|compileFunction|Script|SourceTextModule)|require\("(vm2|safe-eval|notevil|static-eval)"\)[\w.()]*)$""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Runners();

    [GeneratedRegex(
        """^require\("(node:)?child_process"\)(\.default)?\.(exec|execSync|spawn|spawnSync|execFile|execFileSync|fork)$|^require\("(shelljs|execa|cross-spawn)"\)[\w.]*$""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Commands();

    [GeneratedRegex("(^|/)(ba|z|k|da)?sh$|cmd(\\.exe)?$|powershell", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shells();
}
