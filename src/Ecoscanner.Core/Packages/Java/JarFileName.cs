using System.Globalization;

namespace Ecoscanner.Packages.Java;

/// <summary>What the name of a jar tells: <c>artifact-version-classifier.jar</c>, which can be cut in several ways.</summary>
internal static class JarFileName
{
    // Words of versions; others after a version are classifiers, which are no part of it.
    private static readonly string[] Qualifiers =
    [
        "alpha",
        "beta",
        "rc",
        "cr",
        "m",
        "milestone",
        "snapshot",
        "final",
        "ga",
        "release",
        "sp",
        "sec",
        "jre",
        "android",
        "incubating",
        "redhat",
        "hudson",
        "jenkins",
        "atlassian",
        "pre",
        "b",
        "p",
        "patch",
        "dev",
        "ea",
        "preview",
        "jbossorg",
        "jboss",
        "fuse",
        "rev",
        "r",
        "v",
        "build",
        "empty",
        "java7",
        "java8",
        "hotfix",
    ];

    // A name is no sentence.
    private const int MaximumTokens = 12;

    /// <summary>The ways to cut a name, the likeliest first; the last takes it whole and knows no version.</summary>
    /// <param name="stem">The name without its ending.</param>
    public static IReadOnlyList<ArtifactVersion> Cut(string stem)
    {
        var cuts = new List<ArtifactVersion>();
        var tokens = stem.Split('-');
        if (tokens.Length <= MaximumTokens)
        {
            for (var at = 1; at < tokens.Length; at++)
            {
                if (!StartsVersion(tokens[at]))
                {
                    continue;
                }

                var artifact = string.Join('-', tokens[..at]);
                var end = at + 1;
                while (end < tokens.Length && (char.IsAsciiDigit(tokens[end].AsSpan() is [var first, ..] ? first : ' ') || IsQualifier(tokens[end])))
                {
                    end++;
                }

                if (tokens[^1] == "SNAPSHOT")
                {
                    end = tokens.Length;
                }

                if (end < tokens.Length && tokens[end..].Any(token => token.Contains('.', StringComparison.Ordinal) && char.IsAsciiDigit(token[0])))
                {
                    // log4j-1.2-api-2.17.1: what comes later is the version.
                    continue;
                }

                cuts.Add(new ArtifactVersion(artifact, string.Join('-', tokens[at..end]), end < tokens.Length ? string.Join('-', tokens[end..]) : null));
            }
        }

        // _ instead of -: bundles of Eclipse.
        if (cuts.Count == 0 && stem.LastIndexOf('_') is > 0 and var underscore && underscore < stem.Length - 1 && char.IsAsciiDigit(stem[underscore + 1]))
        {
            cuts.Add(new ArtifactVersion(stem[..underscore], stem[(underscore + 1)..], null));
        }

        cuts.Add(new ArtifactVersion(stem, null, null));
        return cuts;
    }

    private static bool StartsVersion(string token) =>
        token.Length > 0
        && (
            char.IsAsciiDigit(token[0])
            || (token.Length > 1 && token[0] is 'r' or 'v' && token.Length > 1 && token.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0)
        );

    private static bool IsQualifier(string token)
    {
        var word = token.AsSpan().TrimEnd("0123456789").TrimEnd('.');
        return Qualifiers.Contains(word.ToString().ToLower(CultureInfo.InvariantCulture), StringComparer.Ordinal)
            || Qualifiers.Contains(token.ToLower(CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }
}

/// <summary>A name and a version that may be an artifact's.</summary>
internal sealed record ArtifactVersion(string Artifact, string? Version, string? Classifier);
