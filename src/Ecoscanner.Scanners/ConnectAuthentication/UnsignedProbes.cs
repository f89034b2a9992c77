using System.Collections.Concurrent;
using System.Security.Cryptography;
using Ecoscanner.Probing;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.ConnectAuthentication;

/// <summary>What anyone may ask of an app: no token, forged tokens, and paths that cannot exist. At most six requests a link.</summary>
internal sealed class UnsignedProbes(ScanContext context, TokenMint mint)
{
    private readonly ConcurrentDictionary<string, Take> controls = new(StringComparer.OrdinalIgnoreCase);
    private readonly LinkSender sender = new(context);

    /// <summary>Asks each host once for a path that cannot exist: what the app says where there is nothing.</summary>
    public async Task ControlHostsAsync(IEnumerable<LinkStory> stories, CancellationToken cancellationToken)
    {
        foreach (var link in stories.Select(story => story.Link).DistinctBy(link => link.Url.Authority, StringComparer.OrdinalIgnoreCase))
        {
            context.Progress($"asking {link.Url.Authority} for a path that cannot exist");
            var url = new Uri(link.Url, $"/{ImpossibleName()}");
            var request = new ProbeRequest("GET", url) { Budget = BudgetLine.HostShare(link.Url.Authority, "control path"), Purpose = "control path" };
            controls[link.Url.Authority] = Take.Of(await context.Http.SendAsync(request, cancellationToken), url, tenant: null);
        }
    }

    /// <summary>Asks without a token and, where that gets an answer, for a path beside the link that cannot exist.</summary>
    public async Task OpenAsync(LinkStory story, CancellationToken cancellationToken)
    {
        var link = story.Link;
        context.Progress($"asking {link.Component} without a token");
        story.Open = await sender.SendAsync(link, "no token", Credential.None, cancellationToken);
        if (story.Open.Redirect is { } target && IsSamePage(link.Url, target))
        {
            story.Open = await sender.SendAsync(link, "no token, after a redirect to the same page", Credential.None, cancellationToken, at: target);
        }

        story.HostControl = controls.GetValueOrDefault(link.Url.Authority, Take.NotAsked);
        if (!story.Open.Succeeded)
        {
            return;
        }

        var sibling = Sibling(link.Url);
        var speaksForLink = link.Method == "GET" && sibling.AbsolutePath.LastIndexOf('/') == 0;
        if (link.Method == "GET")
        {
            story.Controls.Add(story.HostControl);
        }

        // The host's control is a GET at the root; another method or folder may be served by other code.
        if (!speaksForLink)
        {
            story.Controls.Add(await sender.SendAsync(link, "control path beside it", Credential.None, cancellationToken, at: sibling));
        }
    }

    /// <summary>Asks with tokens that no tenant's secret signed.</summary>
    public async Task ForgeAsync(LinkStory story, CancellationToken cancellationToken)
    {
        // A link that opens without a token opens with any; one that gave no answer is left alone.
        if (!story.RefusesStrangers)
        {
            return;
        }

        context.Progress($"asking {story.Link.Component} with forged tokens");
        foreach (var (purpose, token) in mint.Forged(story.Link))
        {
            var take = await sender.SendAsync(story.Link, purpose, new Credential(token), cancellationToken);
            story.Forged.Add(take);
            if (take.Succeeded)
            {
                story.Garbage = await sender.SendAsync(story.Link, "a text that is no token", new Credential(ImpossibleName()), cancellationToken);
                return;
            }
        }
    }

    /// <summary>A path that cannot exist in the same folder, with the same ending.</summary>
    public static Uri Sibling(Uri url) => new(url, ImpossibleName() + Path.GetExtension(url.AbsolutePath));

    /// <summary>A redirect that only mends the spelling: to https, or with or without the last slash.</summary>
    private static bool IsSamePage(Uri from, Uri to) =>
        from.Host.Equals(to.Host, StringComparison.OrdinalIgnoreCase)
        && from.AbsolutePath.TrimEnd('/').Equals(to.AbsolutePath.TrimEnd('/'), StringComparison.OrdinalIgnoreCase)
        && from.AbsoluteUri != to.AbsoluteUri;

    private static string ImpossibleName() => $"ecoscanner-control-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
}
