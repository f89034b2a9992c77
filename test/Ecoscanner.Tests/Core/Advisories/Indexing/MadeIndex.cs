using System.Collections.Frozen;
using Ecoscanner.Advisories;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Advisories.Reading;
using Ecoscanner.Packages;

namespace Ecoscanner.Tests.Core.Advisories.Indexing;

/// <summary>A folder with indexes that a test makes.</summary>
internal sealed class MadeIndex : IDisposable
{
    public static readonly DateTimeOffset Built = new(2026, 11, 5, 14, 3, 0, TimeSpan.Zero);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ecoscanner-index-");
    private readonly List<AdvisoryIndex> opened = [];
    private int number;

    public string NewPath() => Path.Combine(folder.FullName, $"{++number}.index");

    public string Write(params IEnumerable<Advisory> advisories)
    {
        var path = NewPath();
        AdvisoryIndexBuilder.Build(advisories, KnownExploited.None, new ExploitPrediction(), [], Built, path);
        return path;
    }

    public AdvisoryIndex Of(params IEnumerable<Advisory> advisories) => Open(Write(advisories));

    public AdvisoryIndex Open(string path)
    {
        var index = AdvisoryIndex.Open(path);
        opened.Add(index);
        return index;
    }

    /// <summary>An advisory of score 7.5 about one Maven package.</summary>
    /// <param name="ranges"><c>[1.0,2.0)</c>, an empty end for none.</param>
    public static Advisory Maven(string id, string name, params string[] ranges) => Of(id, Ecosystem.Maven, name, ranges);

    public static Advisory Npm(string id, string name, params string[] ranges) => Of(id, Ecosystem.Npm, name, ranges);

    public static Advisory Of(string id, Ecosystem ecosystem, string name, params string[] ranges) =>
        new()
        {
            Id = id,
            Score = new AdvisoryScore(7.5, null, "made"),
            Affected = [new AffectedPackage(ecosystem, name, [.. ranges.Select(Range)], [], "made")],
        };

    public static VersionRange Range(string text)
    {
        var ends = text[1..^1].Split(',');
        return new VersionRange(
            ends[0].Length > 0 ? ends[0] : null,
            text[0] == '[' || ends[0].Length == 0,
            ends[1].Length > 0 ? ends[1] : null,
            text[^1] == ']' || ends[1].Length == 0
        );
    }

    public static KnownExploited Kev(params (string Id, KnownExploitation Entry)[] entries) =>
        new(null, entries.ToFrozenDictionary(one => one.Id, one => one.Entry));

    public static ExploitPrediction Epss(params string[] lines) => ExploitPrediction.Read(new StringReader(string.Join('\n', lines)), out _);

    public void Dispose()
    {
        opened.ForEach(index => index.Dispose());
        folder.Delete(recursive: true);
    }
}
