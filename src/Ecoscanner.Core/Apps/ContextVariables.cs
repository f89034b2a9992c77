using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Ecoscanner.Apps;

/// <summary>The variables in a descriptor's URLs, such as <c>{issue.key}</c> and <c>${project.id}</c>, and plausible values for them.</summary>
internal static class ContextVariables
{
    // The longest in the products' documentation has 32.
    private const int MaximumNameLength = 100;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-:");

    // What the name's ending does not tell rightly.
    private static readonly FrozenDictionary<string, string> Values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["issue.key"] = "ECO-1",
        // A made-up token would be a token all the same.
        ["jwt"] = "",
        ["board.type"] = "scrum",
        ["board.screen"] = "board",
        ["sprint.state"] = "active",
        ["content.type"] = "page",
        ["page.type"] = "page",
        ["content.version"] = "1",
        ["page.version"] = "1",
        ["macro.truncated"] = "false",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The text with each variable replaced, percent-encoded. A brace that belongs to no variable stays.</summary>
    /// <param name="values">Values that exist in a test tenant; they go before the made-up ones.</param>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) => Fill(text, name => Uri.EscapeDataString(Value(name, values)));

    /// <summary>The text with <c>{}</c> for each variable: what it may be filled with is all the same.</summary>
    public static string Blank(string text) => Fill(text, static _ => "{}");

    private static string Fill(string text, Func<string, string> value)
    {
        if (!text.Contains('{', StringComparison.Ordinal))
        {
            return text;
        }

        var filled = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (rest.IndexOf('{') is >= 0 and var open)
        {
            var name = rest[(open + 1)..];
            var close = name.IndexOf('}');
            if (close is <= 0 or > MaximumNameLength || name[..close].ContainsAnyExcept(NameCharacters))
            {
                filled.Append(rest[..(open + 1)]);
                rest = rest[(open + 1)..];
                continue;
            }

            // The older form has a dollar sign before the brace.
            filled.Append(rest[..(open > 0 && rest[open - 1] == '$' ? open - 1 : open)]);
            filled.Append(value(name[..close].ToString()));
            rest = name[(close + 1)..];
        }

        return filled.Append(rest).ToString();
    }

    private static string Value(string name, IReadOnlyDictionary<string, string> values)
    {
        if (values.TryGetValue(name, out var known) || Values.TryGetValue(name, out known))
        {
            return known;
        }

        bool EndsWith(string ending) => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
        return name.StartsWith("condition.", StringComparison.OrdinalIgnoreCase) ? "true"
            : EndsWith("accountId") ? FakeIdentity.AccountId
            : EndsWith(".key") ? "ECO"
            : EndsWith("id") ? "10000"
            : "eco";
    }
}
