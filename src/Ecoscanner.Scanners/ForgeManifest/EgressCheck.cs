using System.Collections.Frozen;
using Ecoscanner.Findings;

namespace Ecoscanner.Scanners.ForgeManifest;

/// <summary>Judges where the app's code and pages may send data.</summary>
internal static class EgressCheck
{
    // Domains below which anybody gets a host: second levels of country codes, and those of large hosts, as the Public Suffix List has them.
    private static readonly FrozenSet<string> Shared = new[]
    {
        "co.uk",
        "org.uk",
        "com.au",
        "net.au",
        "co.nz",
        "co.jp",
        "ne.jp",
        "com.br",
        "com.cn",
        "co.in",
        "co.kr",
        "co.za",
        "com.mx",
        "com.sg",
        "com.tr",
        "com.tw",
        "com.hk",
        "amazonaws.com",
        "s3.amazonaws.com",
        "cloudfront.net",
        "elasticbeanstalk.com",
        "on.aws",
        "azurewebsites.net",
        "blob.core.windows.net",
        "cloudapp.net",
        "azureedge.net",
        "azurestaticapps.net",
        "cloudfunctions.net",
        "run.app",
        "a.run.app",
        "appspot.com",
        "web.app",
        "firebaseapp.com",
        "firebaseio.com",
        "herokuapp.com",
        "github.io",
        "gitlab.io",
        "githubusercontent.com",
        "vercel.app",
        "netlify.app",
        "pages.dev",
        "workers.dev",
        "r2.dev",
        "fly.dev",
        "onrender.com",
        "up.railway.app",
        "ondigitalocean.app",
        "ngrok.io",
        "ngrok.app",
        "ngrok-free.app",
        "trycloudflare.com",
        "loca.lt",
        "supabase.co",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static void Judge(ManifestReview review)
    {
        foreach (var egress in review.Manifest.Permissions.Egress)
        {
            if (egress.Address is not { } text)
            {
                continue;
            }

            var address = ManifestAddress.Of(text);
            var where = $"permissions.external.{egress.Use}";
            var observed = $"{where} has {ManifestReview.Quote(address.Shown)}";
            if (address.IsLocal)
            {
                continue;
            }

            if (!address.IsHostFixed)
            {
                var reason = $"{observed}, whose host is known at deployment only; write the domain out";
                review.Undecide(ForgeManifestScanner.WildcardEgress, text.Place, reason);
                review.Undecide(ForgeManifestScanner.SharedEgress, text.Place, reason);
            }
            else if (address.IsEverything)
            {
                review.Report(
                    ForgeManifestScanner.WildcardEgress,
                    $"{where}/{address.Shown}",
                    text.Place,
                    new Evidence($"{observed}, so {Reach(egress.Use)} every host", "the hosts that the app needs, such as https://api.example.com")
                );
            }
            else if (address.BelowWildcard is { } suffix && (!suffix.Contains('.', StringComparison.Ordinal) || Shared.Contains(suffix)))
            {
                review.Report(
                    ForgeManifestScanner.SharedEgress,
                    $"{where}/{address.Shown}",
                    text.Place,
                    new Evidence(
                        $"{observed}, and below {suffix} anybody can get a host, so {Reach(egress.Use)} hosts of strangers",
                        "the app's own host there, or a wildcard below a domain of one owner such as *.example.com"
                    )
                );
            }
        }

        var addresses = review.Manifest.Permissions.Egress.Count(egress => egress.Address is not null);
        var none = "permissions.external names no address beside the app's remotes";
        review.Otherwise(ForgeManifestScanner.WildcardEgress, addresses == 0 ? none : $"no egress address means every host ({addresses})");
        review.Otherwise(ForgeManifestScanner.SharedEgress, addresses == 0 ? none : $"no egress address is a wildcard below a shared domain ({addresses})");
    }

    private static string Reach(string use) =>
        use switch
        {
            "fetch.backend" => "the app's code may send data to",
            "fetch.client" => "its pages may send data to",
            "scripts" => "its pages run scripts of",
            "frames" => "its pages may frame pages of",
            "navigation" => "its pages may lead users without warning to",
            _ => $"its pages may load {use} from",
        };
}
