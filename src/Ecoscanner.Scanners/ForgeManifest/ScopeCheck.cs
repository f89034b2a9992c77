using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;

namespace Ecoscanner.Scanners.ForgeManifest;

/// <summary>Judges how scopes are written. Whether the app needs them, its code tells.</summary>
internal static class ScopeCheck
{
    // Further apart it is another name, or one that is newer than the list.
    private const int MaximumDistance = 2;

    // Longer ones are none, and comparing them costs.
    private const int MaximumLength = 100;

    // More misspelt scopes than any app has; each is compared with every name there is.
    private const int MaximumCompared = 100;

    // An app's own, for its apiRoute modules.
    private const string OwnSuffix = ":custom";

    public static void Judge(ManifestReview review)
    {
        var compared = 0;
        var first = new Dictionary<string, ForgeText>(StringComparer.Ordinal);
        foreach (var name in review.Manifest.Permissions.Scopes.Select(scope => scope.Name))
        {
            if (!first.TryAdd(name.Value, name))
            {
                review.Report(
                    ForgeManifestScanner.InvalidScope,
                    $"permissions.scopes/{name.Value}/twice",
                    name.Place,
                    new Evidence($"the scope {ManifestReview.Quote(name.Value)} stands twice, first at line {first[name.Value].Place.Line}", "each scope once")
                );
            }
            else if (!ScopeNames.Known.Contains(name.Value) && !name.Value.EndsWith(OwnSuffix, StringComparison.Ordinal))
            {
                Unknown(review, name, isCompared: compared++ < MaximumCompared);
            }
        }

        review.Otherwise(
            ForgeManifestScanner.InvalidScope,
            first.Count == 0 ? "permissions.scopes is empty" : $"every scope is known and stands once ({first.Count})"
        );
    }

    private static void Unknown(ManifestReview review, ForgeText name, bool isCompared)
    {
        var observed = $"the scope {ManifestReview.Quote(name.Value)} is not among those that Forge has";
        var near = isCompared && name is { IsFixed: true, Value.Length: <= MaximumLength } ? ScopeNames.Nearest(name.Value, MaximumDistance) : null;
        if (near is not null)
        {
            review.Report(
                ForgeManifestScanner.InvalidScope,
                $"permissions.scopes/{name.Value}",
                name.Place,
                new Evidence(observed, $"\"{near}\", if that is meant")
            );
            return;
        }

        review.Undecide(ForgeManifestScanner.InvalidScope, name.Place, $"{observed} ({ScopeNames.Version}); check its spelling, or it is newer than this list");
    }
}
