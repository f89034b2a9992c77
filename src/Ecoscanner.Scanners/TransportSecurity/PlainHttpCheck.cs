using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.TransportSecurity;

/// <summary>Judges what a host answers in plain HTTP: a redirect to itself in HTTPS, or better nothing at all.</summary>
internal static class PlainHttpCheck
{
    public static async Task RunAsync(ScanContext context, Uri url, CancellationToken cancellationToken)
    {
        var rule = TransportSecurityScanner.NotRedirected;
        var location = Location.OfHost("http", url.Host, url.Port);
        var place = location.ToString();
        var request = new ProbeRequest("GET", url) { Budget = BudgetLine.HostShare(url.IdnHost, "plain HTTP"), Purpose = "plain HTTP" };
        var answer = await context.Http.SendAsync(request, cancellationToken);
        switch (answer)
        {
            case { Failure: { Refused: true } failure }:
                context.NotApplicable(rule, place, $"not asked: {failure.Message}");
                break;
            case { Failure.Kind: ProbeFailureKind.ConnectionFailed }:
                context.Pass(rule, place, "nothing answers in plain HTTP");
                break;
            case { Status: 0, Failure: { } failure }:
                context.Undecide(rule, place, failure.Message);
                break;
            case { Status: 301 or 302 or 303 or 307 or 308 } when LeadsToHttps(url, answer.Header("Location")):
                context.Pass(rule, place, $"plain HTTP leads to HTTPS on the same host, with status {answer.Status}");
                break;
            case { Status: 403 or 426 }:
                context.Pass(rule, place, $"plain HTTP is refused with status {answer.Status}");
                break;
            case { Status: < 400 or 401 }:
                context.Report(
                    rule,
                    location,
                    new Evidence($"status {answer.Status}{Target(answer.Exchange)}", $"a redirect to https://{url.Host}/, or no answer")
                    {
                        Exchanges = [answer.Exchange],
                    },
                    message: $"{place} answers in plain HTTP and does not lead to HTTPS on the same host"
                );
                break;
            default:
                context.Undecide(rule, place, $"plain HTTP is answered with status {answer.Status}: whether other paths are served is not known");
                break;
        }
    }

    private static bool LeadsToHttps(Uri from, string? location) =>
        location is not null
        && Uri.TryCreate(from, location, out var target)
        && target.Scheme == "https"
        && target.IdnHost.Equals(from.IdnHost, StringComparison.OrdinalIgnoreCase);

    // As the transcript keeps it, without the values of its query.
    private static string Target(Exchange exchange) =>
        exchange
            .Headers.Where(header => header.Name.Equals("Location", StringComparison.OrdinalIgnoreCase))
            .Select(header => $", Location: {header.Value}")
            .FirstOrDefault("");
}
