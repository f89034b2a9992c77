using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners.ForgeCases;

/// <summary>A small Forge app, and what a scanner must say about it. The README beside this tells how one is written.</summary>
/// <param name="Place">The file of cases and the line where this one begins.</param>
internal sealed partial record ForgeCase(string Name, string Place, ImmutableArray<ForgeCaseFile> Files, ImmutableArray<ForgeAnnotation> Annotations)
{
    private const string Manifest = "manifest.yml";

    public static string Folder { get; } = Path.Combine(Repository.Root, "test/Ecoscanner.Tests/Scanners/ForgeCases");

    /// <summary>Whether the app has a flaw.</summary>
    public bool IsFlawed => Annotations.Any(annotation => annotation.Word is ForgeAnnotationWord.Finding or ForgeAnnotationWord.May);

    /// <summary>All cases of a folder beside this file, by their files' names.</summary>
    /// <param name="rules">What annotations may name.</param>
    public static ImmutableArray<ForgeCase> InFolder(string name, IReadOnlySet<string> rules) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Folder, name), "*.txt")
                .Order(StringComparer.Ordinal)
                .SelectMany(file => Read($"{name}/{Path.GetFileName(file)}", File.ReadAllText(file), rules)),
        ];

    /// <summary>Reads a file of cases.</summary>
    /// <param name="file">For messages.</param>
    /// <exception cref="FormatException">It is not written as the README says; the message begins with the place.</exception>
    public static ImmutableArray<ForgeCase> Read(string file, string text, IReadOnlySet<string> rules)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var starts = Enumerable.Range(0, lines.Length).Where(line => lines[line].StartsWith("== ", StringComparison.Ordinal)).ToList();
        var head = string.Join('\n', lines.Take(starts.Count == 0 ? lines.Length : starts[0])).Trim('\n') + "\n";
        var cases = ImmutableArray.CreateBuilder<ForgeCase>();
        foreach (var (index, start) in starts.Index())
        {
            var end = index + 1 < starts.Count ? starts[index + 1] : lines.Length;
            var made = ReadOne(file, lines, start, end, head, rules);
            cases.Add(cases.All(other => other.Name != made.Name) ? made : throw new FormatException($"{made.Place}: a second case is called {made.Name}"));
        }

        return cases.Count > 0 ? cases.ToImmutable() : throw new FormatException($"{file}:1: there is no case");
    }

    public override string ToString() => Name;

    private static ForgeCase ReadOne(string file, string[] lines, int start, int end, string head, IReadOnlySet<string> rules)
    {
        var place = $"{file}:{start + 1}";
        var texts = new List<(string Path, List<string> Lines)>();
        var annotations = ImmutableArray.CreateBuilder<ForgeAnnotation>();
        for (var line = start + 1; line < end; line++)
        {
            var here = $"{file}:{line + 1}";
            if (FileLine().Match(lines[line]) is { Success: true } begin)
            {
                var path = begin.Groups["path"].Value;
                texts.Add(texts.TrueForAll(other => other.Path != path) ? (path, []) : throw new FormatException($"{here}: {path} stands twice"));
            }
            else if (texts.Count > 0)
            {
                texts[^1].Lines.Add(lines[line]);
                annotations.AddRange(AnnotationsOf(here, texts[^1].Path, texts[^1].Lines.Count, lines[line], rules));
            }
            else if (lines[line].Trim().Length > 0)
            {
                throw new FormatException($"{here}: this stands in no file; begin one with -- path --");
            }
        }

        var files = texts.ConvertAll(each => new ForgeCaseFile(each.Path, string.Join('\n', each.Lines).TrimEnd('\n') + "\n"));
        if (files.Count == 0)
        {
            throw new FormatException($"{place}: the case has no file");
        }

        if (files.TrueForAll(each => each.Path != Manifest))
        {
            files.Insert(0, new(Manifest, head.Trim().Length > 0 ? head : throw new FormatException($"{place}: neither the case nor the head has a manifest")));
        }

        return new(lines[start][3..].Trim(), place, [.. files], annotations.ToImmutable());
    }

    private static IEnumerable<ForgeAnnotation> AnnotationsOf(string here, string path, int line, string text, IReadOnlySet<string> rules)
    {
        var mark = path.EndsWith(".yml", StringComparison.Ordinal) ? "#" : "//";
        var found = Annotation().Matches(text).Where(match => match.Groups["mark"].Value == mark).ToList();
        if (found.Count == 0)
        {
            yield break;
        }

        if (text[..found[0].Index].Trim().Length == 0)
        {
            throw new FormatException($"{here}: an annotation stands at the end of the line that it is about");
        }

        foreach (var match in found)
        {
            var rule = match.Groups["rule"].Value;
            var rest = match.Groups["rest"].Value.Trim();
            if (!Enum.TryParse<ForgeAnnotationWord>(match.Groups["word"].Value, ignoreCase: true, out var word) || char.IsUpper(match.Groups["word"].Value[0]))
            {
                throw new FormatException($"{here}: {match.Groups["word"].Value} is no annotation");
            }

            if (!rules.Contains(rule))
            {
                throw new FormatException($"{here}: there is no rule {rule} here");
            }

            var entries = rest.StartsWith("via ", StringComparison.Ordinal)
                ? rest[4..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                : [];
            var isReported = word is ForgeAnnotationWord.Finding or ForgeAnnotationWord.May;
            if (isReported ? rest.Length > 0 && entries.Length == 0 : entries.Length > 0 || (rest.Length > 0 && rest[0] != ','))
            {
                throw new FormatException($"{here}: what follows {rule} is not understood: {rest}");
            }

            yield return new(word, rule, path, line, [.. entries], here);
        }
    }

    [GeneratedRegex("^-- (?<path>[^ ]+) --$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileLine();

    [GeneratedRegex("(?<mark>//|#) *(?<word>[A-Za-z]+): *(?<rule>[a-z]+(-[a-z]+)+)(?<rest>((?! // ).)*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Annotation();
}

/// <summary>A file of a case.</summary>
internal sealed record ForgeCaseFile(string Path, string Text);

/// <summary>What a scanner must say about a line.</summary>
/// <param name="Line">1-based, in the case's file.</param>
/// <param name="Entries">One finding is due for each of these; where there are none, one at least.</param>
/// <param name="Place">Where the annotation stands.</param>
internal sealed record ForgeAnnotation(ForgeAnnotationWord Word, string Rule, string Path, int Line, ImmutableArray<string> Entries, string Place);

internal enum ForgeAnnotationWord
{
    /// <summary>It must be reported.</summary>
    Finding,

    /// <summary>It must be reported with low confidence.</summary>
    May,

    /// <summary>It must not be reported.</summary>
    Safe,

    /// <summary>Good people disagree; it counts neither way.</summary>
    Either,
}
