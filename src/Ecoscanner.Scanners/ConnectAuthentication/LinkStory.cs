using Ecoscanner.Apps;
using Ecoscanner.Findings;

namespace Ecoscanner.Scanners.ConnectAuthentication;

/// <summary>One link, and what each of our requests to it got. Filled by the probes, read by the judge.</summary>
internal sealed class LinkStory(ConnectLink link)
{
    public ConnectLink Link { get; } = link;

    public string Place => Link.Place;

    public Location Location => Location.OfEndpoint(Link.Method, Link.Url, Link.Component);

    /// <summary>What a request without a token got. Set before anything else is asked.</summary>
    public Take Open { get; set; } = Take.NotAsked;

    /// <summary>What a path that cannot exist got at the root of the link's host, asked with GET.</summary>
    public Take HostControl { get; set; } = Take.NotAsked;

    /// <summary>What a path that cannot exist got: of the host, and beside this link where the link answered without a token.</summary>
    public List<Take> Controls { get; } = [];

    /// <summary>What tokens got that no tenant's secret signed.</summary>
    public List<Take> Forged { get; } = [];

    /// <summary>What a text that is no token at all got, where a forged token got an answer.</summary>
    public Take Garbage { get; set; } = Take.NotAsked;

    /// <summary>What the genuinely signed request got; not asked without a test tenant.</summary>
    public Take Genuine { get; set; } = Take.NotAsked;

    public Take Expired { get; set; } = Take.NotAsked;

    /// <summary>What tokens got that the tenant's secret signed for another URL, or for no URL.</summary>
    public List<Take> OtherUrl { get; } = [];

    /// <summary>What the genuinely signed request of an ordinary user got.</summary>
    public Take OrdinaryUser { get; set; } = Take.NotAsked;

    /// <summary>What the genuinely signed request of the second tenant got.</summary>
    public Take SecondTenant { get; set; } = Take.NotAsked;

    /// <summary>Whether the link told a request without a token "no": the ground on which an accepted token means something.</summary>
    public bool RefusesStrangers => Open.Asked && Open.Failure is null && !Open.Succeeded;
}
