using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;

namespace Ecoscanner.Scanners.ForgeManifest;

/// <summary>Judges whether what leaves Atlassian's platform leaves it over TLS.</summary>
internal static class TransportCheck
{
    public static void Judge(ManifestReview review)
    {
        var secure = 0;
        foreach (var (where, text) in Addresses(review.Manifest))
        {
            var address = ManifestAddress.Of(text);
            var observed = $"{where} is {ManifestReview.Quote(address.Shown)}";
            if (!address.IsSchemeFixed)
            {
                review.Undecide(
                    ForgeManifestScanner.PlainHttp,
                    text.Place,
                    $"{observed}, whose scheme is known at deployment only; write https:// in front of the variable"
                );
            }
            else if (address.Scheme is not ("http" or "ws"))
            {
                secure++;
            }
            else if (address.IsLocal)
            {
                review.NotApplicable(ForgeManifestScanner.PlainHttp, text.Place, $"{observed}, which only a developer's machine reaches");
            }
            else
            {
                review.Report(
                    ForgeManifestScanner.PlainHttp,
                    $"{where}/{address.Shown}",
                    text.Place,
                    new Evidence(observed, address.Scheme == "ws" ? "an address with wss://" : "an address with https://")
                );
            }
        }

        review.Otherwise(
            ForgeManifestScanner.PlainHttp,
            secure == 0 ? "the manifest names no address outside Atlassian's platform" : $"no address asks for plain HTTP ({secure})"
        );
    }

    // A link that a user follows is no traffic of the app.
    private static IEnumerable<(string Where, ForgeText Text)> Addresses(Ecoscanner.Apps.Forge.ForgeManifest manifest) =>
        [
            .. manifest.Remotes.SelectMany(remote => remote.BaseUrls.Select(url => ($"the base URL of remote {remote.Key?.Value ?? "without key"}", url.Text))),
            .. manifest
                .Permissions.Egress.Where(egress => egress is { Address: not null, Use: not "navigation" })
                .Select(egress => ($"permissions.external.{egress.Use}", egress.Address!)),
        ];
}
