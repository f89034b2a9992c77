using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;
using static Ecoscanner.Scanners.ConnectAuthentication.ConnectAuthenticationScanner;

namespace Ecoscanner.Scanners.ConnectAuthentication;

/// <summary>Looks for data that was planted in one disposable tenant where it must not come back. Ids are never guessed.</summary>
internal sealed class TenantProbes(ConnectApp app, ScanContext context, TokenMint mint, IReadOnlyList<LinkStory> stories)
{
    private readonly LinkSender sender = new(context);

    /// <summary>The most requests that planted data costs beside those that its links get anyway.</summary>
    public static int Planned(ConnectApp app, TestTenant? tenant) =>
        tenant?.Second is null ? 0 : BudgetLine.PlantedLimit * Urls(app, tenant).Count(url => !app.Links.Any(link => IsAt(link, url)));

    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        if (context.Options.Tenant is not { Second: { } second } tenant || !tenant.AllPlanted.Any())
        {
            context.Undecide(TenantDataExposed, null, "needs two test tenants and data planted in one of them (--tenant)", InconclusiveCause.NeedsOperator);
            return;
        }

        foreach (var url in Urls(app, tenant))
        {
            var sight = await SeeAsync(url, cancellationToken);
            foreach (var data in tenant.Planted.Where(data => UrlOf(app, data) == url))
            {
                Judge(data, sight, owner: sight.First, other: sight.Second);
            }

            foreach (var data in second.Planted.Where(data => UrlOf(app, data) == url))
            {
                Judge(data, sight, owner: sight.Second, other: sight.First);
            }
        }
    }

    /// <summary>What each tenant and nobody get at a URL; a link's answers are at hand already.</summary>
    private async Task<Sight> SeeAsync(Uri url, CancellationToken cancellationToken)
    {
        if (stories.FirstOrDefault(story => IsAt(story.Link, url) && story.SecondTenant.Asked) is { } story)
        {
            return new Sight(story.Link, story.Genuine, story.SecondTenant, story.Open);
        }

        context.Progress($"asking for planted data at {url.AbsolutePath}");
        var link = new ConnectLink
        {
            Module = "planted data",
            ModuleKey = "",
            Pointer = "",
            Template = url.PathAndQuery,
            Url = url,
            Kind = LinkKind.Frame,
            Audience = LinkAudience.Users,
        };
        return new Sight(
            link,
            await SendAsync("signed by the first tenant", mint.Genuine(link)),
            await SendAsync("signed by the second tenant", mint.OfSecond(link)),
            await SendAsync("no token", Credential.None)
        );

        Task<Take> SendAsync(string purpose, Credential credential) =>
            sender.SendAsync(link, purpose, credential with { Account = BudgetLine.Planted(url) }, cancellationToken);
    }

    private void Judge(PlantedData data, Sight sight, Take owner, Take other)
    {
        if (!owner.Planted.Contains(data))
        {
            context.Undecide(
                TenantDataExposed,
                sight.Link.Place,
                owner.Failure?.Message ?? $"the planted data does not come back to its own tenant ({owner.Status}), so its absence says nothing",
                owner.Failure switch
                {
                    null => InconclusiveCause.Ambiguous,
                    // Genuine tokens are not sent where nobody vouches for the certificate; a person can name its root.
                    { Kind: ProbeFailureKind.TlsFailed } => InconclusiveCause.NeedsOperator,
                    _ => InconclusiveCause.CutShort,
                }
            );
            return;
        }

        Judge(TenantDataExposed, data, sight, owner, other, "another tenant");
        Judge(PageUnauthenticated, data, sight, owner, sight.Nobody, "a request without a token");
    }

    private void Judge(Rule rule, PlantedData data, Sight sight, Take owner, Take other, string who)
    {
        if (other.Failure is { } failure)
        {
            context.Undecide(rule, sight.Link.Place, failure.Message);
        }
        else if (other.Planted.Contains(data))
        {
            var observed = $"data planted in one tenant comes back to {who}";
            context.Report(
                rule,
                Location.OfEndpoint(sight.Link.Method, sight.Link.Url, sight.Link.Component),
                new Evidence(observed, "the data comes back to its own tenant only") { Exchanges = [owner.Exchange!, other.Exchange!] },
                Confidence.High,
                $"{data.Path}: {observed}"
            );
        }
        else
        {
            context.Pass(rule, sight.Link.Place, $"planted data comes back to its own tenant, and not to {who} ({other.Status})");
        }
    }

    private static IEnumerable<Uri> Urls(ConnectApp app, TestTenant tenant) => tenant.AllPlanted.Select(data => UrlOf(app, data)).Distinct();

    private static Uri UrlOf(ConnectApp app, PlantedData data) => new($"{app.BaseUrl.AbsoluteUri.TrimEnd('/')}/{data.Path.TrimStart('/')}");

    private static bool IsAt(ConnectLink link, Uri url) => link.Kind == LinkKind.Frame && link.Url == url;

    /// <summary>What each tenant and nobody got at one URL.</summary>
    private sealed record Sight(ConnectLink Link, Take First, Take Second, Take Nobody);
}
