using System.Collections.Frozen;
using System.Text.Json;
using Ecoscanner.Packages;
using Ecoscanner.Rules;

namespace Ecoscanner.Advisories.Reading;

/// <summary>Corrections of records, as data: a JSON array of <c>{id, reason, change}</c>, where a change of null is an open question and changes nothing.</summary>
public sealed class AdvisoryOverrides
{
    public static readonly AdvisoryOverrides None = new(FrozenDictionary<string, AdvisoryOverride>.Empty);

    private static readonly Lazy<AdvisoryOverrides> Own = new(() =>
    {
        using var stream = typeof(AdvisoryOverrides).Assembly.GetManifestResourceStream("overrides.json")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return Read(copy.ToArray(), out _);
    });

    private readonly FrozenDictionary<string, AdvisoryOverride> byId;

    private AdvisoryOverrides(FrozenDictionary<string, AdvisoryOverride> byId) => this.byId = byId;

    /// <summary>Those that ship with the program.</summary>
    public static AdvisoryOverrides Shipped => Own.Value;

    public IReadOnlyCollection<AdvisoryOverride> All => byId.Values;

    /// <summary>What is wrong is left out and named.</summary>
    public static AdvisoryOverrides Read(ReadOnlyMemory<byte> utf8, out IReadOnlyList<AdvisoryProblem> problems)
    {
        var overrides = new Dictionary<string, AdvisoryOverride>(StringComparer.Ordinal);
        var wrong = new List<AdvisoryProblem>();
        problems = wrong;
        try
        {
            using var document = JsonDocument.Parse(utf8, JsonFields.Options);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                wrong.Add(new("overrides", "it is no JSON array"));
                return None;
            }

            foreach (var item in document.RootElement.EnumerateArray())
            {
                if (Read(item, out var problem) is { } read)
                {
                    problem = overrides.TryAdd(read.Id, read) ? null : "it stands twice";
                }

                if (problem is not null)
                {
                    wrong.Add(new(item.Text("id") ?? "an override", problem));
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            wrong.Add(new("overrides", "they are no JSON"));
            return None;
        }

        return new(overrides.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>These, and the other's where both correct a record.</summary>
    public AdvisoryOverrides With(AdvisoryOverrides other) =>
        new(byId.Values.Where(item => !other.byId.ContainsKey(item.Id)).Concat(other.byId.Values).ToFrozenDictionary(item => item.Id, StringComparer.Ordinal));

    /// <summary>The correction of a record by any of its ids; null where there is none.</summary>
    public AdvisoryOverride? For(string id, IEnumerable<string> aliases)
    {
        if (byId.Count == 0 || byId.TryGetValue(id, out var found))
        {
            return byId.GetValueOrDefault(id);
        }

        foreach (var alias in aliases)
        {
            if (byId.TryGetValue(alias, out found))
            {
                return found;
            }
        }

        return null;
    }

    // Null without a problem for an open question.
    private static AdvisoryOverride? Read(JsonElement item, out string? problem)
    {
        problem = null;
        var id = AdvisoryId.Of(item.Text("id"));
        if (id is null || item.Text("reason") is not { Length: > 0 } reason)
        {
            problem = "it needs an id and a reason";
            return null;
        }

        if (item.Object("change") is not { } change)
        {
            return null;
        }

        var ecosystem = change.Text("ecosystem");
        var vector = change.Text("vector") is { } text ? CvssVector.Parse(text, out problem) : null;
        var read = new AdvisoryOverride
        {
            Id = id,
            Reason = reason,
            Package = change.Text("package"),
            Ecosystem = ecosystem switch
            {
                "Maven" => Ecosystem.Maven,
                "npm" => Ecosystem.Npm,
                _ => null,
            },
            Fixed = change.Text("fixed"),
            WasFixed = change.Text("wasFixed"),
            Introduced = change.Text("introduced"),
            Vector = vector,
            Withdrawn = change.Time("withdrawn"),
        };
        problem ??= ecosystem is not null && read.Ecosystem is null ? $"'{ecosystem}' is no ecosystem that is known" : null;
        problem ??= read is { Package: null, Ecosystem: null, Fixed: null, Introduced: null, Vector: null, Withdrawn: null }
            ? "its change changes nothing"
            : null;
        return problem is null ? read : null;
    }
}
