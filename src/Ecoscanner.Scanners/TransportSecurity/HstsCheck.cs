using System.Net;
using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.TransportSecurity;

/// <summary>Judges HSTS on the first HTTPS answer of a host, whatever its status.</summary>
internal static class HstsCheck
{
    private const string Header = "Strict-Transport-Security";

    // Characters of the value in a sentence; the exchange has the rest.
    private const int MaximumShown = 200;

    private static readonly string Expected = $"max-age={StrictTransportSecurity.Year} or more";

    public static async Task RunAsync(ScanContext context, SecureOrigin secure, CancellationToken cancellationToken)
    {
        var rule = TransportSecurityScanner.MissingHsts;
        var origin = secure.Origin;
        if (IPAddress.TryParse(origin.Host, out _))
        {
            context.NotApplicable(rule, origin.Place, "browsers keep no HSTS for hosts that are IP addresses (RFC 6797, section 8.3)");
            return;
        }

        if (!secure.SpeaksTls)
        {
            context.Undecide(rule, origin.Place, "no TLS handshake succeeded");
            return;
        }

        var exchange = await FirstAnswerAsync(context, origin, cancellationToken);
        if (exchange.Status is null)
        {
            context.Undecide(rule, origin.Place, exchange.Failure ?? "no answer came");
            return;
        }

        Judge(context, secure, exchange);
    }

    private static void Judge(ScanContext context, SecureOrigin secure, Exchange exchange)
    {
        var rule = TransportSecurityScanner.MissingHsts;
        var origin = secure.Origin;
        // Of several headers the first counts (RFC 6797, section 8.1).
        var header = exchange
            .Headers.Where(header => header.Name.Equals(Header, StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value)
            .FirstOrDefault();
        var problem = header is null ? $"no {Header} header" : Problem(header);
        if (problem is not null)
        {
            context.Report(
                rule,
                origin.Location,
                new Evidence($"{problem}, on the answer {exchange.Status} of {exchange.Url}", $"{Header}: {Expected}") { Exchanges = [exchange] },
                message: $"{origin.Place}: {problem}"
            );
        }
        else if (!secure.Accepted)
        {
            context.Undecide(
                rule,
                origin.Place,
                $"the header '{Shown(header!)}' is right, but browsers ignore it while they do not accept the host's certificate",
                InconclusiveCause.Ambiguous
            );
        }
        else
        {
            context.Pass(rule, origin.Place, $"the first HTTPS answer has '{Shown(header!)}'");
        }
    }

    private static string? Problem(string header) =>
        StrictTransportSecurity.Parse(header) switch
        {
            { Problem: { } problem } => $"the header '{Shown(header)}' is not valid: {problem}",
            { MaxAge: < StrictTransportSecurity.Year } => $"the header '{Shown(header)}' holds for less than a year",
            _ => null,
        };

    private static string Shown(string header) => header.Length <= MaximumShown ? header : $"{header[..MaximumShown]}…";

    /// <summary>The descriptor's or the base URL's answer, where the scan got it from this origin already; otherwise the base URL's, asked for now.</summary>
    private static async Task<Exchange> FirstAnswerAsync(ScanContext context, AppOrigin origin, CancellationToken cancellationToken)
    {
        var urls = context.App.Urls.Where(named => named.Kind != AppUrlKind.Other && origin.Serves(named.Url)).Select(named => named.Url).ToList();
        if (context.Http.Exchanges.FirstOrDefault(exchange => exchange.Status is not null && urls.Exists(url => url.AbsoluteUri == exchange.Url)) is { } known)
        {
            return known;
        }

        var request = new ProbeRequest("GET", urls.LastOrDefault() ?? new Uri(origin.Place))
        {
            Budget = BudgetLine.HostShare(origin.Host, "first HTTPS answer"),
            Purpose = "first HTTPS answer",
        };
        return (await context.Http.SendAsync(request, cancellationToken)).Exchange;
    }
}
