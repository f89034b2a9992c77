using System.Security.Cryptography.X509Certificates;

namespace Ecoscanner.Probing;

/// <summary>What the operator allows our traffic to do.</summary>
public sealed record ProbeOptions
{
    /// <summary>Requests a second and host, on average.</summary>
    public double Rate { get; init; } = 2;

    /// <summary>Requests a host may get at once after a pause.</summary>
    public int Burst { get; init; } = 6;

    /// <summary>Time for one request and its whole answer.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of an answer's body, before and after decompression each.</summary>
    public int MaximumBodyBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Requests and handshakes a host gets in a day (UTC), whatever the number of links and of scans.</summary>
    public int HostAndDayLimit { get; init; } = 10_000;

    /// <summary>No host is in scope, so that nothing is sent.</summary>
    public bool Offline { get; init; }

    /// <summary>Hosts, or <c>HOST:PORT</c>, that the operator says are the app's although they do not serve its descriptor: a host on the ports of apps, <c>HOST:PORT</c> on that one.</summary>
    public IReadOnlyList<string> ApprovedHosts { get; init; } = [];

    /// <summary>Hosts that never get a request, with their subdomains.</summary>
    public IReadOnlyList<string> DeniedHosts { get; init; } = [];

    /// <summary><c>HOST:PORT</c> exceptions from the guard against private addresses: tests and staging; never in the service.</summary>
    public IReadOnlyList<string> AllowedPrivate { get; init; } = [];

    /// <summary>Root certificates trusted beside the system's.</summary>
    public X509Certificate2Collection TrustedRoots { get; init; } = [];

    /// <summary>Keeps raw bodies below this folder, in one of the run's name; null keeps none. At the desk only.</summary>
    public string? KeepBodiesIn { get; init; }

    /// <summary>Remembers requests a host and day between runs below this folder; null remembers within the run only.</summary>
    public string? LedgerFolder { get; init; }

    /// <summary>Stands in <c>X-Ecoscanner-Run</c> and in the signature.</summary>
    public required string RunId { get; init; }

    /// <summary>
    /// Where partners read about our traffic; stands in the User-Agent. The default is the platform's public page about its scans; a service that
    /// publishes docs/operating/politeness.md gives that page's URL.
    /// </summary>
    public string TrafficPage { get; init; } = "https://developer.atlassian.com/platform/marketplace/ecoscanner/";

    /// <summary>Signs each request; null sends unsigned traffic, and the report says so.</summary>
    public RequestSigner? Signer { get; init; }

    /// <summary>Who signs, for the report: "platform" or "desk scan"; null where nobody does.</summary>
    public string? SignedAs { get; init; }
}
