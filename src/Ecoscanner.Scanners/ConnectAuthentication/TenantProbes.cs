using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;
using static Ecoscanner.Scanners.ConnectAuthentication.ConnectAuthenticationScanner;

namespace Ecoscanner.Scanners.ConnectAuthentication;

/// <summary>Looks for data that was planted in one disposable tenant where it must not come back. Ids are never guessed.</summary>
internal sealed class TenantProbes(ConnectApp app, ScanContext context, TokenMint mint)
{
    // The tenant itself, the other one, and nobody.
    private const int RequestsEach = 3;

    public static int Planned(TestTenant? tenant) => tenant?.Second is null ? 0 : tenant.AllPlanted.Count() * RequestsEach;

    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        if (context.Options.Tenant is not { Second: { } second } tenant || !tenant.AllPlanted.Any())
        {
            context.Undecide(TenantDataExposed, null, "needs two test tenants and data planted in one of them (--tenant)", InconclusiveCause.NeedsOperator);
            return;
        }

        foreach (var data in tenant.Planted)
        {
            await JudgeAsync(data, LinkTo(data), link => mint.Genuine(link), mint.OfSecond, cancellationToken);
        }

        foreach (var data in second.Planted)
        {
            await JudgeAsync(data, LinkTo(data), mint.OfSecond, link => mint.Genuine(link), cancellationToken);
        }
    }

    private async Task JudgeAsync(
        PlantedData data,
        ConnectLink link,
        Func<ConnectLink, Credential> owner,
        Func<ConnectLink, Credential> stranger,
        CancellationToken cancellationToken
    )
    {
        context.Progress($"asking for planted data at {data.Path}");
        var place = $"{link.Method} {link.Url.AbsoluteUri}";
        var own = await SendAsync(link, "signed by the tenant whose data it is", owner(link), cancellationToken);
        if (!own.Answered || !data.StandsIn(own.Body.Span))
        {
            context.Undecide(
                TenantDataExposed,
                place,
                own.Failure?.Message ?? $"the planted data does not come back to its own tenant ({own.Status}), so its absence says nothing",
                own.Answered ? InconclusiveCause.Ambiguous : InconclusiveCause.CutShort
            );
            return;
        }

        var other = await SendAsync(link, "signed by another tenant", stranger(link), cancellationToken);
        var nobody = await SendAsync(link, "no token", Credential.None with { OfTestTenant = true }, cancellationToken);
        Judge(TenantDataExposed, link, data, own, other, "another tenant");
        Judge(PageUnauthenticated, link, data, own, nobody, "a request without a token");
    }

    private void Judge(Rule rule, ConnectLink link, PlantedData data, ProbeAnswer own, ProbeAnswer other, string who)
    {
        var place = $"{link.Method} {link.Url.AbsoluteUri}";
        if (other.Failure is { } failure)
        {
            context.Undecide(rule, place, failure.Message);
        }
        else if (data.StandsIn(other.Body.Span))
        {
            context.Report(
                rule,
                Location.OfEndpoint(link.Method, link.Url, link.Component),
                new Evidence($"data planted in one tenant comes back to {who}", "the data comes back to its own tenant only")
                {
                    Exchanges = [own.Exchange, other.Exchange],
                },
                Confidence.High,
                $"{data.Path}: data planted in one tenant comes back to {who}"
            );
        }
        else
        {
            context.Pass(rule, place, $"planted data comes back to its own tenant, and to {who} {other.Status} without it");
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

    private Task<ProbeAnswer> SendAsync(ConnectLink link, string purpose, Credential credential, CancellationToken cancellationToken) =>
        context.Http.SendAsync(LinkSender.Request(link, link.Url, purpose, credential, body: null), cancellationToken);
}
