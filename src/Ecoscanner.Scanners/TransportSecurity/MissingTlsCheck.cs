using Ecoscanner.Apps;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.TransportSecurity;

/// <summary>Judges whether the descriptor names plain HTTP anywhere. It is its own proof: whoever follows such a URL sends the first request in the clear.</summary>
internal static class MissingTlsCheck
{
    // Enough to find the place; an app with a plain base URL names all its modules here.
    private const int NamesShown = 5;

    public static void Judge(ScanContext context, IReadOnlyList<AppOrigin> origins)
    {
        if (context.App is ForgeApp)
        {
            context.NotApplicable(TransportSecurityScanner.MissingTls, null, "manifest-plain-http judges the addresses of the manifest");
            return;
        }

        var plain = origins.Where(origin => origin.Scheme == "http").ToLookup(origin => !context.App.IsLive && IsLocal(origin.Host));
        foreach (var origin in plain[true])
        {
            context.NotApplicable(TransportSecurityScanner.MissingTls, origin.Place, "only a developer's machine reaches it");
        }

        foreach (var origin in plain[false])
        {
            context.Report(
                TransportSecurityScanner.MissingTls,
                origin.Location,
                new Evidence($"{origin.Place} is named by {Names(origin.NamedBy)}", "https URLs only"),
                // What the app serves may say otherwise than the file in its repository.
                context.App.IsLive
                    ? Confidence.High
                    : Confidence.Medium,
                message: $"The descriptor sends traffic to {origin.Place} without TLS"
            );
        }

        if (context.App is ConnectApp { BaseUrlTemplate: { } template })
        {
            context.Undecide(
                TransportSecurityScanner.MissingTls,
                null,
                $"the base URL {template} is known only where the app runs; {context.App.WayToAsk}",
                InconclusiveCause.NeedsOperator
            );
        }
        else if (plain.Count == 0)
        {
            context.Pass(TransportSecurityScanner.MissingTls, null, "every URL in the descriptor is https");
        }
    }

    private static bool IsLocal(string host) => host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal) || host is "127.0.0.1" or "::1";

    private static string Names(IReadOnlyList<string> names) =>
        names.Count <= NamesShown ? string.Join(", ", names) : $"{string.Join(", ", names.Take(NamesShown))} and {names.Count - NamesShown} more";
}
