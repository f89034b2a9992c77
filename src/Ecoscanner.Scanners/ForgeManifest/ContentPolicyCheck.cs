using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.Rules;

namespace Ecoscanner.Scanners.ForgeManifest;

/// <summary>Judges what the manifest takes away from the content security policy of the app's pages.</summary>
internal static class ContentPolicyCheck
{
    public static void Judge(ManifestReview review)
    {
        var permissions = review.Manifest.Permissions;
        Judge(review, ForgeManifestScanner.UnsafeScripts, "permissions.content.scripts", permissions.ContentScripts, Scripts);
        Judge(review, ForgeManifestScanner.UnsafeStyles, "permissions.content.styles", permissions.ContentStyles, Styles);
    }

    private static void Judge(
        ManifestReview review,
        Rule rule,
        string where,
        IReadOnlyList<ForgeText> values,
        Func<string, (string Means, string Instead)?> judge
    )
    {
        foreach (var value in values)
        {
            // Policies write keywords in quotes, and some people take them along.
            var keyword = value.Value.Trim().Trim('\'').ToLowerInvariant();
            if (judge(keyword) is { } unsafely)
            {
                review.Report(rule, $"{where}/{keyword}", value.Place, new Evidence($"{where} has {keyword}, so {unsafely.Means}", unsafely.Instead));
            }
            else if (!value.IsFixed)
            {
                review.Undecide(rule, value.Place, $"{where} has {ManifestReview.Quote(value.Value)}, which is known at deployment only; write it out");
            }
        }

        review.Otherwise(rule, values.Count == 0 ? $"{where} is not there, so Forge's own policy holds" : $"{where} allows hashes and origins only");
    }

    private static (string Means, string Instead)? Scripts(string keyword) =>
        keyword switch
        {
            "unsafe-inline" => (
                "a script that somebody smuggles into a page runs there",
                "scripts in files of the resource; for one that must stay inline, its sha256 hash"
            ),
            "unsafe-eval" => ("text becomes code on the app's pages", "libraries that need no eval; wasm and templates compiled when the app is built"),
            "unsafe-hashes" => ("event handlers in smuggled HTML run if their hash is listed", "handlers that scripts add with addEventListener"),
            _ => null,
        };

    private static (string Means, string Instead)? Styles(string keyword) =>
        keyword == "unsafe-inline"
            ? ("styles that somebody smuggles into a page can cover it or read values from it", "styles in files of the resource")
            : null;
}
