using System.Globalization;
using Ecoscanner.Findings;

namespace Ecoscanner.Cli.Configuration;

/// <summary>One entry of <c>ignores</c>: the decision and the line it stands in.</summary>
internal sealed record Ignore(Exemption Exemption, int Line)
{
    private static readonly string[] Keys = ["rule", "fingerprint", "path", "reason", "expires", "by"];

    /// <summary>What it covers, for a person: its rule, fingerprint and path as far as they are given.</summary>
    public string Subject => string.Join(' ', new[] { Exemption.Rule, Exemption.Fingerprint, Exemption.Path }.Where(part => part is not null));

    /// <summary>Reads one entry; what is wrong goes to <paramref name="problems"/> by line, and then it is null.</summary>
    public static Ignore? Read(YamlNode node, ICollection<(int Line, string Reason)> problems)
    {
        if (node is not YamlMap map)
        {
            problems.Add((node.Line, "an entry of ignores must have rule or fingerprint, reason and expires"));
            return null;
        }

        var before = problems.Count;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            if (!Keys.Contains(entry.Key, StringComparer.Ordinal))
            {
                problems.Add((entry.Line, $"\"{entry.Key}\" is no key of an ignore{Suggestion.For(entry.Key, Keys, $"known are {string.Join(", ", Keys)}")}"));
            }
            else if (entry.Value is not YamlText { Text.Length: > 0 } text)
            {
                problems.Add((entry.Line, $"{entry.Key} of an ignore must be text"));
            }
            else
            {
                values[entry.Key] = text.Text;
            }
        }

        if (problems.Count > before)
        {
            // What seems to be missing may be what is misspelt.
            return null;
        }

        var rule = values.GetValueOrDefault("rule");
        var fingerprint = values.GetValueOrDefault("fingerprint");
        if (rule is null && fingerprint is null)
        {
            problems.Add((map.Line, "an ignore needs rule or fingerprint; a path alone would hide every rule"));
        }

        if (rule is not null && Catalog.RuleProblem(rule) is { } unknown)
        {
            problems.Add((map.Line, $"rule \"{rule}\" {unknown}"));
        }

        var reason = values.GetValueOrDefault("reason");
        if (string.IsNullOrWhiteSpace(reason))
        {
            problems.Add((map.Line, "an ignore needs a reason: why need nobody act on it?"));
        }

        var expires = values.GetValueOrDefault("expires");
        if (!DateOnly.TryParseExact(expires, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            problems.Add((map.Line, "an ignore needs expires: the first day on which it no longer holds, such as 2027-01-31"));
        }

        if (problems.Count > before)
        {
            return null;
        }

        var exemption = new Exemption
        {
            Source = ExemptionSource.Desk,
            Rule = rule,
            Fingerprint = fingerprint,
            Path = values.GetValueOrDefault("path"),
            Reason = reason!,
            Expires = day,
            By = values.GetValueOrDefault("by"),
        };
        return new Ignore(exemption, map.Line);
    }
}
