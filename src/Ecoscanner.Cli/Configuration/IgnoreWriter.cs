using System.Text.Encodings.Web;
using System.Text.Json;
using Ecoscanner.Findings;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Configuration;

/// <summary>Adds an ignore to the text of an ecoscanner.yaml and leaves every other character as it is, comments too.</summary>
internal static class IgnoreWriter
{
    private static readonly JsonSerializerOptions Quoting = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text with one more ignore, as the last of its list.</summary>
    /// <param name="path">The file's name, for messages.</param>
    /// <exception cref="ExitException">The text is wrong, or its ignores are written in brackets.</exception>
    public static string Add(string text, string path, Exemption exemption)
    {
        var before = ConfigurationFile.Parse(text, path);
        var after = Insert(text, before, Entry(exemption));

        // The file is a person's: only what reads back as one more ignore is written.
        var check = ConfigurationFile.Parse(after, path);
        return check.Ignores.Count == before.Ignores.Count + 1 && check.Ignores[^1].Exemption == exemption
            ? after
            : throw new ExitException(
                ExitCode.Usage,
                $"{path}: the ignore cannot be added to this file; add it by hand:\n{string.Join('\n', Entry(exemption))}"
            );
    }

    private static string Insert(string text, ConfigurationFile file, IReadOnlyList<string> entry)
    {
        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        if (file.IgnoreList is { Items.Count: > 0 } list)
        {
            if (list.InBrackets)
            {
                throw new ExitException(
                    ExitCode.Usage,
                    $"{file.Path}:{list.Line}: ignores is written in brackets; write it as a list whose entries begin with a dash, then add again"
                );
            }

            return InsertAfter(text, list.LastLine, Lines(entry, list.Column - 1, newLine), newLine);
        }

        if (file.IgnoresLine > 0)
        {
            // `ignores:` or `ignores: []`: the key's line is written anew, its comment kept.
            var start = LineStart(text, file.IgnoresLine);
            var end = text.IndexOf('\n', start) is > 0 and var found ? found : text.Length;
            var comment = text[start..end].IndexOf('#', StringComparison.Ordinal) is > 0 and var hash ? $" {text[(start + hash)..end].TrimEnd('\r')}" : "";
            var rest = end < text.Length ? text[(end + 1)..] : "";
            return $"{text[..start]}ignores:{comment}{newLine}{Lines(entry, 2, newLine)}{rest}";
        }

        var gap = text.Length == 0 || text.EndsWith('\n') ? "" : newLine;
        return $"{text}{gap}{(text.Length == 0 ? "" : newLine)}ignores:{newLine}{Lines(entry, 2, newLine)}";
    }

    private static string InsertAfter(string text, int line, string added, string newLine)
    {
        var at = LineStart(text, line + 1);
        return at < text.Length || text.EndsWith('\n') ? $"{text[..at]}{added}{text[at..]}" : $"{text}{newLine}{added}";
    }

    /// <summary>Index of a 1-based line's first character; the text's length where there is no such line.</summary>
    private static int LineStart(string text, int line)
    {
        var at = 0;
        for (var i = 1; i < line; i++)
        {
            var end = text.IndexOf('\n', at);
            if (end < 0)
            {
                return text.Length;
            }

            at = end + 1;
        }

        return at;
    }

    private static List<string> Entry(Exemption exemption)
    {
        var lines = new List<string>();
        void Add(string key, string? value)
        {
            if (value is not null)
            {
                lines.Add($"{key}: {value}");
            }
        }

        Add("rule", exemption.Rule);
        Add("fingerprint", Quoted(exemption.Fingerprint));
        Add("path", Quoted(exemption.Path));
        Add("reason", Quoted(exemption.Reason));
        Add("expires", $"{exemption.Expires:yyyy-MM-dd}");
        Add("by", Quoted(exemption.By));
        return lines;
    }

    private static string Lines(IReadOnlyList<string> entry, int indent, string newLine) =>
        string.Concat(entry.Select((line, i) => $"{new string(' ', indent)}{(i == 0 ? "- " : "  ")}{line}{newLine}"));

    // A JSON string is a double-quoted YAML scalar.
    private static string? Quoted(string? text) => text is null ? null : JsonSerializer.Serialize(text, Quoting);
}
