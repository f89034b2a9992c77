using System.Collections.Immutable;
using System.Text.Json;
using Ecoscanner.Advisories.Versions;
using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Reading;

/// <summary>Reads records of the OSV schema 1.x, of Maven and npm. Unknown fields are left alone.</summary>
public static class OsvReader
{
    // The largest real record names some 1,000 packages; versions are listed by the thousand.
    private const int MaxAffected = 20_000;
    private const int MaxVersions = 20_000;

    /// <summary>Never throws: what is wrong is in the reading.</summary>
    /// <param name="place">Where the record stands, for problems of a record without an id.</param>
    public static AdvisoryReading Read(ReadOnlyMemory<byte> utf8, string place, AdvisoryOverrides? overrides = null)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, JsonFields.Options);
            return Read(document.RootElement, place, overrides ?? AdvisoryOverrides.None);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Texts with half a surrogate pair are told only when they are asked for, as an InvalidOperationException.
            return AdvisoryReading.Unreadable(place, e is JsonException json ? $"it is no JSON: line {json.LineNumber + 1}" : "a text in it is no Unicode");
        }
    }

    private static AdvisoryReading Read(JsonElement record, string place, AdvisoryOverrides overrides)
    {
        if (AdvisoryId.Of(record.Text("id")) is not { } id)
        {
            return AdvisoryReading.Unreadable(place, "it has no id");
        }

        var aliases = RecordFields.Aliases(record.Texts("aliases"), id);
        var problems = new List<AdvisoryProblem>();
        var change = overrides.For(id, aliases);
        var affected = Affected(record, id, change, problems);
        if (affected.Length == 0)
        {
            return problems.Count == 0 ? AdvisoryReading.Nothing : new(null, problems);
        }

        var specific = record.Object("database_specific") ?? default;
        var source = SourceNames.Of(specific.Texts("sources").FirstOrDefault(), id);
        var score = ScoreChoice.Of(Vectors(record), Label(record), source, out var wrongVector);
        if (wrongVector is not null)
        {
            problems.Add(new(id, $"a CVSS vector is wrong: {wrongVector}"));
        }

        var weaknesses = RecordFields.Weaknesses(specific.Texts("cwe_ids"));
        var advisory = new Advisory
        {
            Id = id,
            Aliases = aliases,
            Summary = RecordFields.Summary(record.Text("summary") is { Length: > 0 } summary ? summary : record.Text("details")),
            Published = record.Time("published"),
            Modified = record.Time("modified"),
            Withdrawn = record.Time("withdrawn"),
            Score = score,
            IsMalicious = RecordFields.IsMalicious(id, aliases, weaknesses),
            Weaknesses = weaknesses,
            Affected = affected,
            References = RecordFields.References(record.Items("references").Select(reference => reference.Text("url")).OfType<string>()),
            Sources = Sources(specific, id, source),
        };
        return new(change is null ? advisory : change.Apply(advisory, problems), problems);
    }

    private static ImmutableArray<AffectedPackage> Affected(JsonElement record, string id, AdvisoryOverride? change, List<AdvisoryProblem> problems)
    {
        // One package often has an entry for each of its branches.
        var packages = new Dictionary<(Ecosystem, string, string), AffectedPackage>();
        foreach (var item in record.Items("affected").Take(MaxAffected))
        {
            var package = item.Object("package") ?? default;
            var written = EcosystemOf(package.Text("ecosystem"));
            if ((written ?? change?.Ecosystem) is not { } known)
            {
                continue;
            }

            if (package.Text("name") is not { Length: > 0 and <= 300 } name)
            {
                problems.Add(new(id, "an affected package has no name"));
                continue;
            }

            var order = VersionOrder.Of(known);
            var ranges = Ranges(item, id, name, order, problems);
            var versions = Versions(item, ranges, order);
            if (ranges.Count == 0 && versions.Count == 0)
            {
                if (!item.Items("ranges").Any())
                {
                    problems.Add(new(id, $"{name} has no range and no version"));
                }

                continue;
            }

            var source = written is null ? SourceNames.Override : SourceNames.Of((item.Object("database_specific") ?? default).Text("source"), id);
            var key = (known, name, source);
            packages[key] = packages.TryGetValue(key, out var earlier)
                ? earlier with
                {
                    Ranges = [.. earlier.Ranges, .. ranges],
                    Versions = [.. earlier.Versions, .. versions],
                }
                : new(known, name, [.. ranges], [.. versions], source);
        }

        return [.. packages.Values];
    }

    private static List<VersionRange> Ranges(JsonElement affected, string id, string name, VersionOrder order, List<AdvisoryProblem> problems)
    {
        var ranges = new List<VersionRange>();
        var lastKnown = (affected.Object("database_specific") ?? default).Text("last_known_affected_version_range");
        foreach (var range in affected.Items("ranges"))
        {
            // GitHub writes ECOSYSTEM where osv.dev writes SEMVER; both mean the ecosystem's own order.
            if (range.Text("type") is not ("SEMVER" or "ECOSYSTEM"))
            {
                continue;
            }

            ranges.AddRange(
                OsvRanges.Read(
                    range,
                    (range.Object("database_specific") ?? default).Text("last_known_affected_version_range") ?? lastKnown,
                    order,
                    out var problem
                )
            );
            if (problem is not null)
            {
                problems.Add(new(id, $"{name}: {problem}"));
            }
        }

        return ranges;
    }

    // Databases list every version that their ranges hold; only the others say something new.
    private static List<string> Versions(JsonElement affected, List<VersionRange> ranges, VersionOrder order)
    {
        var versions = new List<string>();
        foreach (var version in affected.Texts("versions").Take(MaxVersions))
        {
            if (order.Key(version) is { } key && !ranges.Exists(range => range.Contains(key, order)))
            {
                versions.Add(version);
            }
        }

        return versions;
    }

    // Names may have a suffix, as Maven's have for other repositories than Central.
    private static Ecosystem? EcosystemOf(string? name) =>
        name?.Split(':')[0] switch
        {
            "Maven" => Ecosystem.Maven,
            "npm" => Ecosystem.Npm,
            _ => null,
        };

    private static IEnumerable<string> Vectors(JsonElement record)
    {
        var vectors = record.Items("severity");
        return (vectors.Any() ? vectors : record.Items("affected").Take(1).SelectMany(affected => affected.Items("severity")))
            .Where(severity => severity.Text("type") is "CVSS_V3" or "CVSS_V4")
            .Select(severity => severity.Text("score"))
            .OfType<string>();
    }

    private static string? Label(JsonElement record) =>
        (record.Object("database_specific") ?? default).Text("severity")
        ?? record
            .Items("affected")
            .Select(affected => (affected.Object("ecosystem_specific") ?? affected.Object("database_specific") ?? default).Text("severity"))
            .FirstOrDefault(label => label is not null);

    private static ImmutableArray<AdvisorySource> Sources(JsonElement specific, string id, string source)
    {
        var licences = specific.Texts("licenses").Take(10).ToList();
        var licence = licences.Count > 0 ? string.Join(" AND ", licences) : null;
        var names = specific.Texts("sources").Take(20).Select(name => SourceNames.Of(name, id)).Distinct(StringComparer.Ordinal).ToList();
        return names.Count == 0
            ? [new(source, id, licence ?? SourceNames.Licence(source))]
            : [.. names.Select(name => new AdvisorySource(name, id, names.Count == 1 ? licence : SourceNames.Licence(name)))];
    }
}
