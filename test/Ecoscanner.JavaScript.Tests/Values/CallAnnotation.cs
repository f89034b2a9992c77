using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Values;

/// <summary>What a comment says of a call; <see cref="CallCases"/> says how it is written.</summary>
/// <param name="Line">Of the call, from 1.</param>
/// <param name="Column">Of the first caret, from 1; 0 where there are none.</param>
/// <param name="Length">How many carets.</param>
internal sealed partial record CallAnnotation(int Line, int Column, int Length)
{
    private const string ExternalWord = "external ";

    /// <summary>The functions that are called.</summary>
    public required ImmutableArray<string> Calls { get; init; }

    /// <summary>The functions that may be said to be called.</summary>
    public required ImmutableArray<string> May { get; init; }

    public required ImmutableArray<string> Not { get; init; }

    /// <summary>Paths such as <c>JSON.stringify</c>.</summary>
    public required ImmutableArray<string> Externals { get; init; }

    public required bool IsUnknown { get; init; }

    public required bool MayBeUnknown { get; init; }

    public static IReadOnlyList<CallAnnotation> In(SourceText source)
    {
        var found = new List<CallAnnotation>();
        var code = 0;
        var lines = source.Content.Split('\n');
        for (var line = 1; line <= lines.Length; line++)
        {
            var match = Comment().Match(lines[line - 1]);
            var carets = match.Groups["carets"];
            var lists = match.Groups["lists"];
            if (!carets.Success)
            {
                code = line;
            }

            if (lists.Success)
            {
                found.Add(Of(code, carets, lists.Value));
            }
            else if (carets.Success)
            {
                found[^1] = found[^1] with { Column = carets.Index + 1, Length = carets.Length };
            }
        }

        return found;
    }

    private static CallAnnotation Of(int line, Group carets, string text)
    {
        var lists = text.Split(';')
            .Select(part => part.Split(':', 2))
            .ToDictionary(part => part[0].Trim(), part => part[1].Split(',', StringSplitOptions.TrimEntries), StringComparer.Ordinal);
        var calls = lists.GetValueOrDefault("calls", []);
        var may = lists.GetValueOrDefault("may", []);
        return new(line, carets.Success ? carets.Index + 1 : 0, carets.Length)
        {
            Calls = [.. calls.Where(IsFunction)],
            May = [.. may.Where(IsFunction)],
            Not = [.. lists.GetValueOrDefault("not", [])],
            Externals = [.. calls.Where(name => name.StartsWith(ExternalWord, StringComparison.Ordinal)).Select(name => name[ExternalWord.Length..])],
            IsUnknown = calls.Contains("unknown", StringComparer.Ordinal),
            MayBeUnknown = may.Contains("unknown", StringComparer.Ordinal),
        };
    }

    private static bool IsFunction(string name) => name is not ("nothing" or "unknown") && !name.StartsWith(ExternalWord, StringComparison.Ordinal);

    [GeneratedRegex(@"//\s*(?<carets>\^+)?\s*(?<lists>(calls|may|not|unrun):.*)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();
}
