using Ecoscanner.Apps;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.ConnectAuthentication;

/// <summary>What a test tenant may ask of the app: genuine tokens, and genuine ones that are wrong in one thing. At most eight requests a link.</summary>
internal sealed class SignedProbes(ScanContext context, TokenMint mint, TestTenant tenant)
{
    private readonly LinkSender sender = new(context);

    public async Task AskAsync(LinkStory story, CancellationToken cancellationToken)
    {
        var link = story.Link;
        if (!link.Url.Host.Equals(tenant.Host, StringComparison.OrdinalIgnoreCase) || story.Open.Failure is not null)
        {
            return;
        }

        context.Progress($"asking {link.Component} as the test tenant");
        story.Genuine = await SendAsync(story, "signed by the test tenant", mint.Genuine(link));
        if (!story.Genuine.Succeeded)
        {
            return;
        }

        if (link.Audience == LinkAudience.Administrators && tenant.UserAccountId is { } user)
        {
            story.OrdinaryUser = await SendAsync(story, "signed, for a user who is no administrator", mint.Genuine(link, accountId: user));
        }

        if (tenant.Second is not null)
        {
            story.SecondTenant = await SendAsync(story, "signed by the second tenant", mint.OfSecond(link));
        }

        // Where no token is needed, what a wrong one gets says nothing.
        if (!story.RefusesStrangers)
        {
            return;
        }

        story.Expired = await SendAsync(story, "signed, expired an hour ago", mint.Genuine(link, TenantTokenKind.Expired));
        story.OtherUrl.Add(await SendAsync(story, "signed for another URL", mint.Genuine(link, TenantTokenKind.OtherUrl)));
        story.OtherUrl.Add(await SendAsync(story, "a context token (qsh \"context-qsh\")", mint.Genuine(link, TenantTokenKind.Context)));
        story.Forged.Add(await SendAsync(story, "the tenant's token, signed with a made-up secret", mint.Genuine(link, TenantTokenKind.WrongSecret)));
        story.Forged.Add(await SendAsync(story, "the tenant's token, with alg none", mint.Genuine(link, TenantTokenKind.Unsigned)));

        Task<Take> SendAsync(LinkStory to, string purpose, Credential credential) => sender.SendAsync(to.Link, purpose, credential, cancellationToken);
    }
}
