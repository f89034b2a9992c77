using System.Text;
using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Scanning;
using static Ecoscanner.Scanners.ConnectAuthentication.ConnectAuthenticationScanner;

namespace Ecoscanner.Scanners.ConnectAuthentication;

/// <summary>Looks for data that was planted in the second disposable tenant where it must not come back. Ids are never guessed.</summary>
internal sealed class TenantProbes(ConnectApp app, ScanContext context, TokenMint mint)
{
    /// <summary>The second tenant itself, the first, and nobody.</summary>
    public const int RequestsEach = 3;

    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        if (context.Options.Tenant is not { Second.Planted: { Count: > 0 } planted })
        {
            context.Undecide(TenantDataExposed, null, "needs two test tenants and data planted in the second (--tenant)", InconclusiveCause.NeedsOperator);
            return;
        }

        foreach (var data in planted)
        {
            var link = LinkTo(data);
            context.Progress($"asking for the second tenant's data at {data.Path}");
            await JudgeAsync(link, data, cancellationToken);
        }
    }

    private async Task JudgeAsync(ConnectLink link, PlantedData data, CancellationToken cancellationToken)
    {
        var place = $"{link.Method} {link.Url.AbsoluteUri}";
        var own = await SendAsync(link, "signed by the tenant whose data it is", mint.OfSecond(link), cancellationToken);
        if (!Shows(own, data))
        {
            context.Undecide(
                TenantDataExposed,
                place,
                own.Failure?.Message ?? $"the planted data does not come back to its own tenant ({own.Status}), so its absence says nothing"
            );
            return;
        }

        var other = await SendAsync(link, "signed by another tenant", mint.Genuine(link), cancellationToken);
        var nobody = await SendAsync(link, "no token", Credential.None with { OfTestTenant = true }, cancellationToken);
        if (Shows(other, data) || Shows(nobody, data))
        {
            var who = Shows(nobody, data) ? "a request without a token" : "another tenant";
            context.Report(
                TenantDataExposed,
                Location.OfEndpoint(link.Method, link.Url, link.Component),
                new Evidence($"data planted in one tenant comes back to {who}", "the data comes back to its own tenant only")
                {
                    Exchanges = [own.Exchange, other.Exchange, nobody.Exchange],
                },
                Confidence.High,
                $"{data.Path}: data planted in one tenant comes back to {who}"
            );
        }
        else if (other.Failure is null && nobody.Failure is null)
        {
            context.Pass(TenantDataExposed, place, $"the planted data comes back to its own tenant; another gets {other.Status}, nobody {nobody.Status}");
        }
        else
        {
            context.Undecide(TenantDataExposed, place, (other.Failure ?? nobody.Failure)!.Message);
        }
    }

    private ConnectLink LinkTo(PlantedData data) =>
        new()
        {
            Module = "planted data",
            ModuleKey = "",
            Pointer = "",
            Template = data.Path,
            Url = new Uri($"{app.BaseUrl.AbsoluteUri.TrimEnd('/')}/{data.Path.TrimStart('/')}"),
            Kind = LinkKind.Frame,
            Audience = LinkAudience.Users,
        };

    private static bool Shows(ProbeAnswer answer, PlantedData data) =>
        answer.Answered && Encoding.UTF8.GetString(answer.Body.Span).Contains(data.Marker, StringComparison.Ordinal);

    private Task<ProbeAnswer> SendAsync(ConnectLink link, string purpose, Credential credential, CancellationToken cancellationToken) =>
        context.Http.SendAsync(LinkSender.Request(link, link.Url, purpose, credential, body: null), cancellationToken);
}
