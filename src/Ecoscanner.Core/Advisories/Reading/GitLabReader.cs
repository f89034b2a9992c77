using System.Text;
using Ecoscanner.Advisories.Versions;
using Ecoscanner.Packages;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ecoscanner.Advisories.Reading;

/// <summary>Reads records of the GitLab Advisory Database: one YAML file for each package and vulnerability.</summary>
public static class GitLabReader
{
    // The deepest real one has 3.
    private const int MaxDepth = 20;

    // Of all values together; the longest real record has 12,000.
    private const int MaxValues = 10_000;

    /// <summary>Never throws: what is wrong is in the reading.</summary>
    public static AdvisoryReading Read(ReadOnlyMemory<byte> utf8, string place, AdvisoryOverrides? overrides = null)
    {
        try
        {
            var fields = Fields(Encoding.UTF8.GetString(utf8.Span), out var problem);
            return problem is null ? Read(fields, place, overrides ?? AdvisoryOverrides.None) : AdvisoryReading.Unreadable(place, problem);
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException)
        {
            // The parser throws the latter for some documents that end too early.
            return AdvisoryReading.Unreadable(place, e is YamlException yaml ? $"it is no YAML: line {yaml.Start.Line}" : "it is no YAML");
        }
    }

    private static AdvisoryReading Read(Dictionary<string, List<string>> fields, string place, AdvisoryOverrides overrides)
    {
        if (Package(Text(fields, "package_slug")) is not var (ecosystem, name))
        {
            return Text(fields, "package_slug") is null ? AdvisoryReading.Unreadable(place, "it has no package_slug") : AdvisoryReading.Nothing;
        }

        var ids = Texts(fields, "identifiers").Prepend(Text(fields, "identifier") ?? "").Select(AdvisoryId.Of).OfType<string>().ToList();
        if (ids.Count == 0)
        {
            return AdvisoryReading.Unreadable(place, "it has no id");
        }

        var id = ids[0];
        if (Text(fields, "affected_range") is not { } text)
        {
            return AdvisoryReading.Unreadable(id, "it has no affected_range");
        }

        var ranges = RangeText.Parse(ecosystem, text, out var problem);
        if (problem is not null)
        {
            return AdvisoryReading.Unreadable(id, $"{name}: {problem}");
        }

        var problems = new List<AdvisoryProblem>();
        string?[] vectors = [Text(fields, "cvss_v4"), Text(fields, "cvss_v3")];
        var score = ScoreChoice.Of(vectors.OfType<string>(), null, SourceNames.GitLab, out var wrongVector);
        if (wrongVector is not null)
        {
            problems.Add(new(id, $"a CVSS vector is wrong: {wrongVector}"));
        }

        var aliases = RecordFields.Aliases(ids, id);
        var weaknesses = RecordFields.Weaknesses(Texts(fields, "cwe_ids"));
        var advisory = new Advisory
        {
            Id = id,
            Aliases = aliases,
            Summary = RecordFields.Summary(Text(fields, "title")),
            Published = JsonFields.Time(Text(fields, "pubdate")),
            Modified = JsonFields.Time(Text(fields, "date")),
            Score = score,
            IsMalicious = RecordFields.IsMalicious(id, aliases, weaknesses),
            Weaknesses = weaknesses,
            Affected = [new(ecosystem, name, ranges, [], SourceNames.GitLab)],
            References = RecordFields.References(Texts(fields, "urls")),
            Sources = [new(SourceNames.GitLab, Text(fields, "uuid") ?? id, SourceNames.Licence(SourceNames.GitLab))],
        };
        var change = overrides.For(id, aliases);
        return new(change is null ? advisory : change.Apply(advisory, problems), problems);
    }

    // maven/org.yaml/snakeyaml, npm/@scope/name; other ecosystems are none of ours.
    private static (Ecosystem Ecosystem, string Name)? Package(string? slug) =>
        slug?.Split('/') switch
        {
            ["maven", var group, var artifact] => (Ecosystem.Maven, $"{group}:{artifact}"),
            ["npm", var name] => (Ecosystem.Npm, name),
            ["npm", var scope, var name] => (Ecosystem.Npm, $"{scope}/{name}"),
            _ => null,
        };

    private static string? Text(Dictionary<string, List<string>> fields, string name) => fields.GetValueOrDefault(name) is [var text, ..] ? text : null;

    private static IReadOnlyList<string> Texts(Dictionary<string, List<string>> fields, string name) => fields.GetValueOrDefault(name) ?? [];

    // The mapping at the top: for each key its text, or the texts in its sequence. What lies deeper is no field of ours.
    private static Dictionary<string, List<string>> Fields(string yaml, out string? problem)
    {
        var fields = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var parser = new Parser(new StringReader(yaml));
        var depth = 0;
        var values = 0;
        List<string>? current = null;
        problem = null;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            switch (parser.Current)
            {
                case AnchorAlias:
                    problem = "it has an alias";
                    return fields;
                case Scalar when ++values > MaxValues:
                case { } when depth > MaxDepth:
                    problem = "it is too large or too deep";
                    return fields;
                case Scalar key when depth == Top && current is null:
                    fields[key.Value] = current = [];
                    break;
                case Scalar value when depth is Top or Top + 1:
                    current?.Add(value.Value);
                    current = depth == Top ? null : current;
                    break;
                case MappingEnd or SequenceEnd when depth == Top:
                    current = null;
                    break;
                default:
                    break;
            }
        }

        return fields;
    }

    // Within the stream, the document and its mapping.
    private const int Top = 3;
}
