using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Taint;

/// <summary>A file of cases for the taint analysis, and what it says of its sinks. <c>Cases/README.md</c> tells how they are written.</summary>
/// <param name="Name">Its path from the folder of cases, with slashes.</param>
/// <param name="Text">What it says.</param>
/// <param name="Cases">The functions that are cases; none in a file that only belongs to some.</param>
/// <param name="Annotations">What it says of its sinks, by line.</param>
internal sealed partial record TaintCases(string Name, string Text, ImmutableArray<string> Cases, ImmutableArray<TaintAnnotation> Annotations)
{
    public const string SafeSuffix = "Safe";

    private static readonly string[] Extensions = [".js", ".cjs", ".ts"];

    public static string Folder { get; } = Path.Combine(Repository.Root, "test", "Ecoscanner.JavaScript.Tests", "Taint", "Cases");

    /// <summary>All files of cases, by name.</summary>
    public static IReadOnlyList<TaintCases> All { get; } =
    [
        .. Directory
            .EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Where(file => Extensions.Contains(Path.GetExtension(file)) && !file.EndsWith(".d.ts", StringComparison.Ordinal))
            .Select(file => (Path: file, Name: Path.GetRelativePath(Folder, file).Replace('\\', '/')))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => Read(file.Name, File.ReadAllText(file.Path))),
    ];

    /// <summary>Reads a file of cases.</summary>
    /// <exception cref="FormatException">A line of it is not annotated as it should be.</exception>
    public static TaintCases Read(string name, string text)
    {
        var lines = text.Split('\n');
        var cases = ImmutableArray.CreateBuilder<string>();
        var annotations = ImmutableArray.CreateBuilder<TaintAnnotation>();
        string? current = null;
        for (var index = 0; index < lines.Length; index++)
        {
            if (IsEntry(name) && Headers().Match(lines[index]) is { Success: true } header)
            {
                current = header.Groups["name"].Value;
                cases.Add(current);
            }

            var next = index + 1 < lines.Length ? lines[index + 1] : "";
            if (TaintAnnotation.Read(lines[index], next, index + 1, current) is { } annotation)
            {
                annotations.Add(annotation);
            }
        }

        return new(name, text, cases.ToImmutable(), annotations.ToImmutable());
    }

    public override string ToString() => Name;

    // What is in a folder belongs to its main file.
    private static bool IsEntry(string name) => !name.Contains('/') || Path.GetFileNameWithoutExtension(name) == "main";

    [GeneratedRegex(
        @"^(export (async )?function|exports\.)\s*(?<name>\w+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Headers();
}
