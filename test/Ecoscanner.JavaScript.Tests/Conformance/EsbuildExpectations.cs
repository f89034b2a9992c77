using System.Text;

namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>A call in esbuild's parser tests that says what a source must become, or how it must fail.</summary>
/// <param name="Kind">The name of the Go function: <c>expectPrinted</c>, <c>expectParseErrorTSX</c>, …</param>
/// <param name="Setting">What else is told to the parser, as Go source: a language version, features that the target lacks, JSX options. Null for none.</param>
/// <param name="Input">The source.</param>
/// <param name="Expected">
/// What it is printed as, or the messages. Of functions that expect two outcomes it is the first: not minified, JSX preserved.
/// </param>
/// <param name="Where">File and line of the call.</param>
internal sealed record EsbuildExpectation(string Kind, string? Setting, string Input, string Expected, string Where)
{
    /// <summary><c>js</c>, <c>jsx</c>, <c>ts</c> or <c>tsx</c>.</summary>
    public string Language =>
        Kind.Contains("TSX", StringComparison.Ordinal) ? "tsx"
        : Kind.Contains("TS", StringComparison.Ordinal) ? "ts"
        : Kind.Contains("JSX", StringComparison.Ordinal) ? "jsx"
        : "js";

    /// <summary>False where parsing must fail. Warnings alone are no failure, and some calls expect no message at all.</summary>
    public bool Valid => !Kind.StartsWith("expectParseError", StringComparison.Ordinal) || !Expected.Contains(": ERROR: ", StringComparison.Ordinal);
}

/// <summary>Reads the expectations in esbuild's <c>js_parser_test.go</c> and <c>ts_parser_test.go</c>.</summary>
/// <remarks>
/// Texts are Go string literals, joined with + and sometimes kept in a variable. Calls whose texts only a run would tell (those in loops
/// over tables) are left out.
/// </remarks>
internal sealed class EsbuildExpectations
{
    private static readonly string[] Files = ["internal/js_parser/js_parser_test.go", "internal/js_parser/ts_parser_test.go"];

    /// <summary>Parts of a function's name that stand for one more argument before the source.</summary>
    private static readonly string[] SettingNames = ["Target", "UnsupportedFeatures", "JSXAutomatic"];

    private readonly string file;
    private readonly List<GoToken> tokens;
    private readonly Dictionary<string, string?> variables = new(StringComparer.Ordinal);
    private int at;

    private EsbuildExpectations(string file, string source)
    {
        this.file = file;
        tokens = [.. GoToken.Scan(source)];
    }

    private GoToken Current => tokens[at];

    public static IEnumerable<EsbuildExpectation> Read(string checkout) =>
        Files.SelectMany(file => Parse(Path.GetFileName(file), File.ReadAllText(Path.Combine(checkout, file))));

    internal static IEnumerable<EsbuildExpectation> Parse(string file, string source) => new EsbuildExpectations(file, source).Calls();

    private IEnumerable<EsbuildExpectation> Calls()
    {
        while (Current.Kind != GoTokenKind.End)
        {
            var (kind, name, line) = Current;
            at++;
            if (kind == GoTokenKind.Name && name == "func")
            {
                // The expecting functions' own declarations look like calls of them.
                variables.Clear();
                at++;
            }
            else if (kind == GoTokenKind.Name && Current.Text is ":=" or "=" && Current.Kind == GoTokenKind.Mark)
            {
                at++;
                variables[name] = Text();
            }
            else if (kind == GoTokenKind.Name && name.StartsWith("expect", StringComparison.Ordinal) && IsMark("(") && Call(name, line) is { } expectation)
            {
                yield return expectation;
            }
        }
    }

    /// <summary>Reads <c>(t, setting, input, expected)</c>; null where a text is not known.</summary>
    private EsbuildExpectation? Call(string name, int line)
    {
        at++;
        Skip(); // t
        var setting = SettingNames.Any(part => name.Contains(part, StringComparison.Ordinal)) ? Skip() : null;
        var input = Argument();
        var expected = Argument();
        return input is null || expected is null ? null : new(name, setting, input, expected, $"{file}:{line}");
    }

    /// <summary>A text and the comma after it; null where the argument is no constant text.</summary>
    private string? Argument()
    {
        var text = Text();
        var isWhole = IsMark(",") || IsMark(")");
        Skip();
        return isWhole ? text : null;
    }

    /// <summary>Literals and known variables joined with +; null where a part is neither.</summary>
    private string? Text()
    {
        var text = new StringBuilder();
        while (true)
        {
            var part = Current.Kind switch
            {
                GoTokenKind.Text => Current.Text,
                GoTokenKind.Name => variables.GetValueOrDefault(Current.Text),
                _ => null,
            };
            if (part is null)
            {
                return null;
            }

            text.Append(part);
            at++;
            if (!IsMark("+"))
            {
                return text.ToString();
            }

            at++;
        }
    }

    /// <summary>Goes past the argument's end, which is a comma, or stays at the call's.</summary>
    /// <returns>What was skipped, as source.</returns>
    private string Skip()
    {
        var skipped = new StringBuilder();
        for (var depth = 0; Current.Kind != GoTokenKind.End; at++)
        {
            if (depth == 0 && IsMark(","))
            {
                at++;
                break;
            }

            if (depth == 0 && IsMark(")"))
            {
                break;
            }

            depth +=
                Current.Kind != GoTokenKind.Mark ? 0
                : Current.Text is "(" or "[" or "{" ? 1
                : Current.Text is ")" or "]" or "}" ? -1
                : 0;
            skipped.Append(Current.Text);
        }

        return skipped.ToString();
    }

    private bool IsMark(string text) => Current.Kind == GoTokenKind.Mark && Current.Text == text;
}
