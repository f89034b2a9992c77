using System.Text;

namespace Ecoscanner.Packages.Node;

/// <summary>An entry of a yarn.lock: keys such as <c>a@^1.0.0</c>, and what stands below them.</summary>
internal sealed record SymlEntry(IReadOnlyList<string> Keys)
{
    /// <summary>Such as version and resolution.</summary>
    public Dictionary<string, string> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>Such as dependencies: names and values.</summary>
    public Dictionary<string, List<(string Name, string Value)>> Sections { get; } = new(StringComparer.Ordinal);

    /// <summary>Names in <c>dependenciesMeta</c> that are optional.</summary>
    public HashSet<string> Optional { get; } = new(StringComparer.Ordinal);
}

/// <summary>
/// Reads the text of a yarn.lock of any version: yarn 1 writes a form of its own, later ones a part of YAML without aliases and tags that the same lines
/// describe. It goes line by line, and no line is looked at twice.
/// </summary>
internal static class SymlReader
{
    // Longer lines are nobody's: yarn joins all ranges of a package in one.
    private const int MaximumLine = 1024 * 1024;

    /// <param name="wrong">Called with the number of a line that says nothing, 1-based.</param>
    public static List<SymlEntry> Read(byte[] bytes, Action<int> wrong)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        var entries = new List<SymlEntry>();
        SymlEntry? entry = null;
        var (section, name, number) = ("", "", 0);
        while (reader.ReadLine() is { } line)
        {
            number++;
            var text = line.AsSpan().TrimEnd();
            var indent = text.Length - text.TrimStart(' ').Length;
            text = text[indent..];
            if (text.IsEmpty || text[0] == '#' || text is ":")
            {
                continue;
            }

            if (line.Length > MaximumLine || text[0] is '<' or '>' or '|' or '\t' || (text[0] == '=' && indent == 0))
            {
                // The last are what a merge leaves behind.
                wrong(number);
                continue;
            }

            if (indent == 0)
            {
                entry = new SymlEntry(Keys(text));
                entries.Add(entry);
                (section, name) = ("", "");
                continue;
            }

            var (key, value) = Pair(text);
            if (entry is null || key.Length == 0)
            {
                wrong(number);
            }
            else if (indent == 2)
            {
                section = value is null ? key : "";
                if (value is not null)
                {
                    entry.Properties.TryAdd(key, value);
                }
            }
            else if (indent == 4 && section.Length > 0)
            {
                name = key;
                if (value is not null)
                {
                    if (!entry.Sections.TryGetValue(section, out var pairs))
                    {
                        entry.Sections[section] = pairs = [];
                    }

                    pairs.Add((key, value));
                }
            }
            else if (section == "dependenciesMeta" && key == "optional" && value == "true")
            {
                entry.Optional.Add(name);
            }
        }

        return entries;
    }

    private static List<string> Keys(ReadOnlySpan<char> text)
    {
        // A long key of YAML stands behind a question mark, and its colon on the next line.
        text = text.StartsWith("? ") ? text[2..] : text.TrimEnd(':');
        var keys = new List<string>();
        while (!text.IsEmpty)
        {
            text = text.TrimStart(" ,");
            if (text.IsEmpty)
            {
                break;
            }

            var part = text[0] == '"' ? Quoted(ref text) : Bare(ref text);
            keys.AddRange(part.Split(", ", StringSplitOptions.RemoveEmptyEntries));
        }

        return keys;
    }

    /// <summary><c>name value</c> or <c>name: value</c>; the value is null where a section begins.</summary>
    private static (string Key, string? Value) Pair(ReadOnlySpan<char> text)
    {
        string key;
        if (text[0] == '"')
        {
            key = Quoted(ref text);
        }
        else
        {
            var end = text.IndexOf(' ');
            end = end < 0 ? text.Length : end;
            key = text[..end].TrimEnd(':').ToString();
            var isSection = end == text.Length && text[^1] == ':';
            text = isSection ? ":" : text[end..];
        }

        text = text.TrimStart(": ");
        return text.IsEmpty ? (key, null)
            : text[0] == '"' ? (key, Quoted(ref text))
            : (key, text.Trim('\'').ToString());
    }

    private static string Bare(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOf(", ");
        var part = (end < 0 ? text : text[..end]).ToString();
        text = end < 0 ? [] : text[end..];
        return part;
    }

    private static string Quoted(ref ReadOnlySpan<char> text)
    {
        var value = new StringBuilder();
        var at = 1;
        for (; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }

            value.Append(text[at]);
        }

        text = text[Math.Min(text.Length, at + 1)..];
        return value.ToString();
    }
}
