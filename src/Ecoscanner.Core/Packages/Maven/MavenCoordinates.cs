using Ecoscanner.Findings;

namespace Ecoscanner.Packages.Maven;

/// <summary>Makes components of coordinates that build tools print.</summary>
internal static class MavenCoordinates
{
    // Longer coordinates than any repository's.
    private const int MaximumLength = 512;

    /// <returns>Null where they are none.</returns>
    public static Component? Component(string group, string artifact, string? version, Placement placement, string place, string? origin = null)
    {
        if (!IsSound(group) || !IsSound(artifact) || (version is not null && !IsSound(version)))
        {
            return null;
        }

        return new Component
        {
            Package = new PackageUrl(Ecosystem.Maven, $"{group}:{artifact}", version),
            Placement = placement,
            Confidence = origin is null && version is not null ? Confidence.High : Confidence.Low,
            Places = [place],
            Clues =
            [
                new Clue(
                    ClueKind.Lockfile,
                    $"{place[..place.IndexOf('#', StringComparison.Ordinal)]}: {group}:{artifact}:{version}{(origin is null ? "" : $", {origin}")}"
                ),
            ],
            Origin = origin,
        };
    }

    private static bool IsSound(string text) =>
        text.Length is > 0 and <= MaximumLength && !text.Any(static letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is ':' or '/');
}
