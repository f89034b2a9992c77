using System.Text.Json;

namespace Ecoscanner.JavaScript.Resolution;

/// <summary>An entry of <c>paths</c>: specifiers that match a pattern stand at one of some places.</summary>
/// <param name="Pattern">With at most one <c>*</c>.</param>
/// <param name="BaseDirectory">What the places are relative to.</param>
/// <param name="Places">In the order in which they are tried.</param>
public sealed record PathMapping(string Pattern, string BaseDirectory, IReadOnlyList<string> Places)
{
    // More places of one pattern are not tried.
    private const int MaximumPlaces = 100;

    private int Star => Pattern.IndexOf('*', StringComparison.Ordinal);

    /// <summary>Reads a table of them; what is no list of texts, or has two stars, is left out as TypeScript does.</summary>
    internal static IReadOnlyList<PathMapping> Read(JsonElement? table, string baseDirectory) =>
        table is not { } element
            ? []
            :
            [
                .. from member in element.Members().Take(JsonFile.MaximumListed)
                where member.Value.ValueKind == JsonValueKind.Array && member.Key.Count(character => character == '*') <= 1
                select new PathMapping(
                    member.Key,
                    baseDirectory,
                    [.. member.Value.EnumerateArray().Select(JsonFile.Text).OfType<string>().Take(MaximumPlaces)]
                ),
            ];

    /// <summary>The mapping for a specifier: the one that equals it, or else the one with the longest text before its star.</summary>
    internal static PathMapping? For(IReadOnlyList<PathMapping> mappings, string specifier) =>
        mappings.FirstOrDefault(mapping => mapping.Star < 0 && mapping.Pattern == specifier)
        ?? mappings.Where(mapping => mapping.Star >= 0 && mapping.Matches(specifier)).MaxBy(mapping => mapping.Star);

    /// <summary>A place, with what the star matched put in.</summary>
    internal string Substitute(string place, string specifier)
    {
        if (Star < 0)
        {
            return place;
        }

        var matched = specifier[Star..(specifier.Length - (Pattern.Length - Star - 1))];
        var star = place.IndexOf('*', StringComparison.Ordinal);
        return star < 0 ? place : string.Concat(place.AsSpan(0, star), matched, place.AsSpan(star + 1));
    }

    private bool Matches(string specifier) =>
        specifier.Length >= Pattern.Length - 1
        && specifier.AsSpan().StartsWith(Pattern.AsSpan(0, Star), StringComparison.Ordinal)
        && specifier.AsSpan().EndsWith(Pattern.AsSpan(Star + 1), StringComparison.Ordinal);
}
