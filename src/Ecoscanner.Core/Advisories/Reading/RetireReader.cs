using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Ecoscanner.Advisories.Versions;
using Ecoscanner.Packages;
using Ecoscanner.Packages.Scripts;

namespace Ecoscanner.Advisories.Reading;

/// <summary>Reads the repository of retire.js (<c>jsrepository-v5.json</c>): JavaScript libraries, how their files are known, and their vulnerabilities.</summary>
public static class RetireReader
{
    // The real one has some 80 libraries.
    private const int MaxLibraries = 10_000;
    private const int MaxPatterns = 500;

    private static readonly VersionOrder Order = VersionOrder.Of(Ecosystem.Npm);

    /// <summary>The vulnerabilities. Never throws: what is wrong is in a reading.</summary>
    public static IReadOnlyList<AdvisoryReading> Read(ReadOnlyMemory<byte> utf8, string place)
    {
        var readings = new List<AdvisoryReading>();
        var problem = ForEach(utf8, (library, value) => readings.AddRange(Vulnerabilities(library, value)));
        if (problem is not null)
        {
            readings.Add(AdvisoryReading.Unreadable(place, problem));
        }

        return readings;
    }

    /// <summary>How the libraries are known. What is wrong is left out and named.</summary>
    public static ImmutableArray<ScriptSignature> Signatures(ReadOnlyMemory<byte> utf8, out IReadOnlyList<AdvisoryProblem> problems)
    {
        var wrong = new List<AdvisoryProblem>();
        problems = wrong;
        var signatures = ImmutableArray.CreateBuilder<ScriptSignature>();
        var problem = ForEach(
            utf8,
            (library, value) =>
            {
                var extractors = value.Object("extractors") ?? default;
                var names = Patterns(library, extractors.Texts("filename").Select(pattern => (string?)$"/^(?:{pattern})$/$1/"), wrong);
                var contents = Patterns(
                    library,
                    extractors.Texts("filecontent").Select(pattern => (string?)$"/{pattern}/$1/").Concat(extractors.Texts("filecontentreplace")),
                    wrong
                );
                var hashes = Hashes(extractors);
                if (names.Length + contents.Length + hashes.Count > 0)
                {
                    signatures.Add(new(library, Package(library, value), names, contents, hashes));
                }
            }
        );
        if (problem is not null)
        {
            wrong.Add(new("retire.js", problem));
        }

        return signatures.DrainToImmutable();
    }

    private static string? ForEach(ReadOnlyMemory<byte> utf8, Action<string, JsonElement> read)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, JsonFields.Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return "it is no JSON object";
            }

            foreach (var library in document.RootElement.EnumerateObject().Take(MaxLibraries))
            {
                // Two entries are examples of the format.
                if (library.Name is { Length: > 0 and < 200 } and not ("retire-example" or "dont check"))
                {
                    read(library.Name, library.Value);
                }
            }

            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "it is no JSON";
        }
    }

    // Written /pattern/replacement/
    private static ImmutableArray<ScriptPattern> Patterns(string library, IEnumerable<string?> texts, List<AdvisoryProblem> problems)
    {
        var patterns = ImmutableArray.CreateBuilder<ScriptPattern>();
        foreach (var text in texts.Take(MaxPatterns).OfType<string>())
        {
            var split = text.Length < 3 ? -1 : text.LastIndexOf('/', text.Length - 2);
            if (split <= 0 || text[0] != '/')
            {
                problems.Add(new(library, "a pattern is not written /pattern/replacement/"));
                continue;
            }

            if (ScriptPattern.Of(text[1..split], text[(split + 1)..].TrimEnd('/'), out var problem) is { } pattern)
            {
                patterns.Add(pattern);
            }
            else
            {
                problems.Add(new(library, problem!));
            }
        }

        return patterns.DrainToImmutable();
    }

    private static FrozenDictionary<string, string> Hashes(JsonElement extractors)
    {
        var hashes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (extractors.Object("hashes") is { } listed)
        {
            foreach (var hash in listed.EnumerateObject().Where(hash => hash.Value.ValueKind == JsonValueKind.String))
            {
                hashes[hash.Name] = hash.Value.GetString()!;
            }
        }

        return hashes.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static string Package(string library, JsonElement value) => value.Text("npmname") is { Length: > 0 and < 200 } name ? name : library;

    private static IEnumerable<AdvisoryReading> Vulnerabilities(string library, JsonElement value)
    {
        var package = Package(library, value);
        var number = 0;
        foreach (var vulnerability in value.Items("vulnerabilities"))
        {
            number++;
            var identifiers = vulnerability.Object("identifiers") ?? default;
            var cves = identifiers.Texts("CVE").Select(AdvisoryId.Of).OfType<string>().Where(AdvisoryId.IsCve).Distinct(StringComparer.Ordinal).ToList();
            var github = AdvisoryId.Of(identifiers.Text("githubID"));
            var own = AdvisoryId.Of($"RETIREJS-{library}-{identifiers.Text("retid") ?? $"{number}"}") ?? $"RETIREJS-{number}";
            if (Ranges(vulnerability, out var problem) is not { Length: > 0 } ranges)
            {
                yield return AdvisoryReading.Unreadable(cves.FirstOrDefault() ?? github ?? own, $"{package}: {problem}");
                continue;
            }

            // An entry of several CVEs speaks of several vulnerabilities, and does not say whose the GHSA is.
            foreach (var id in cves.Count > 0 ? cves : [github ?? own])
            {
                var aliases = cves.Count == 1 && github is not null ? [github] : Array.Empty<string>();
                yield return new(Advisory(id, aliases, package, ranges, vulnerability, identifiers, own), []);
            }
        }
    }

    private static Advisory Advisory(
        string id,
        string[] aliases,
        string package,
        ImmutableArray<VersionRange> ranges,
        JsonElement vulnerability,
        JsonElement identifiers,
        string own
    )
    {
        var weaknesses = RecordFields.Weaknesses(vulnerability.Texts("cwe"));
        return new()
        {
            Id = id,
            Aliases = [.. aliases],
            Summary = RecordFields.Summary(identifiers.Text("summary")),
            Score = ScoreChoice.Of([], vulnerability.Text("severity"), SourceNames.Retire, out _),
            IsMalicious = RecordFields.IsMalicious(id, aliases, weaknesses),
            Weaknesses = weaknesses,
            Affected = [new(Ecosystem.Npm, package, ranges, [], SourceNames.Retire)],
            References = RecordFields.References(vulnerability.Texts("info")),
            Sources = [new(SourceNames.Retire, own, SourceNames.Licence(SourceNames.Retire))],
        };
    }

    private static ImmutableArray<VersionRange>? Ranges(JsonElement vulnerability, out string? problem)
    {
        var whole = new VersionRange(vulnerability.Text("atOrAbove"), IncludesFrom: true, vulnerability.Text("below"), IncludesTo: false);
        problem = whole is { From: null, To: null } ? "it has no range" : whole.Problem(Order);
        if (problem is not null)
        {
            return null;
        }

        // A version that is left out splits the range.
        var ranges = ImmutableArray.CreateBuilder<VersionRange>();
        foreach (
            var excluded in vulnerability
                .Texts("excludes")
                .Take(100)
                .Where(text => Order.Key(text) is { } key && whole.Contains(key, Order))
                .OrderBy(text => Order.Key(text)!.Value)
        )
        {
            ranges.Add(whole with { To = excluded, IncludesTo = false });
            whole = whole with { From = excluded, IncludesFrom = false };
        }

        ranges.Add(whole);
        return [.. ranges.Where(range => range.Problem(Order) is null)];
    }
}
