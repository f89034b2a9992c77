namespace Ecoscanner.Probing;

/// <summary>The hosts that belong to the app and may get requests: the one that serves its descriptor, and those the operator approved.</summary>
/// <remarks>An exception for private addresses never brings a host into scope; a denied host is out of it whatever else holds.</remarks>
public sealed class Scope
{
    private const int HttpsPort = 443;

    // Ports that a descriptor may be served from (Connect's app descriptor page).
    private static readonly int[] ConnectPorts = [80, HttpsPort, 8080];

    private readonly Lock gate = new();
    private readonly HashSet<(string Host, int Port)> named = [];
    private readonly HashSet<(string Host, int Port)> proven = [];
    private readonly bool isOffline;
    private readonly IReadOnlyList<HostPort> approved;
    private readonly IReadOnlyList<HostPort> denied;
    private readonly IReadOnlyList<HostPort> allowedPrivate;

    /// <summary>With the operator's approvals, denials and exceptions; nothing is proven yet.</summary>
    /// <exception cref="ArgumentException">A list of the options holds what is no host.</exception>
    public Scope(ProbeOptions options)
    {
        isOffline = options.Offline;
        approved = Read(options.ApprovedHosts, "approved host");
        denied = Read(options.DeniedHosts, "denied host");
        allowedPrivate = Read(options.AllowedPrivate, "allowed private address");
        if (allowedPrivate.FirstOrDefault(entry => entry.Port is null) is { } open)
        {
            throw new ArgumentException($"allowed private address {open} has no port; write {open}:PORT");
        }
    }

    /// <summary>Says that the operator gave this URL as the place of the descriptor. Its host may be asked for it on that port and, as redirects to HTTPS go there, on 443.</summary>
    public void Name(Uri descriptorUrl)
    {
        if (HostName.Of(descriptorUrl) is { } host)
        {
            lock (gate)
            {
                named.Add((host, descriptorUrl.Port));
                named.Add((host, HttpsPort));
            }
        }
    }

    /// <summary>Says that a host, which the operator named, serves the app's descriptor.</summary>
    public void Prove(string host, int port)
    {
        var canonical = HostName.Canonical(host) ?? throw new ArgumentException($"'{host}' is not a host name");
        lock (gate)
        {
            proven.Add((canonical, port));
        }
    }

    /// <summary>Why a host and port may not get a request, or null where it may.</summary>
    public ProbeFailure? Refusal(string host, int port)
    {
        if (HostName.Canonical(host) is not { } canonical)
        {
            return new ProbeFailure(ProbeFailureKind.OutOfScope, "the URL's host is not a valid host name or address; correct it in the descriptor");
        }

        if (Denies(canonical, port))
        {
            return new ProbeFailure(ProbeFailureKind.Denied, $"{canonical} is on the operator's deny-list");
        }

        if (isOffline)
        {
            return new ProbeFailure(
                ProbeFailureKind.OutOfScope,
                $"{HostPort.Of(canonical, port)}: offline, so nothing is sent; scan without --offline to ask it"
            );
        }

        bool known;
        lock (gate)
        {
            known = proven.Any(place => place.Host == canonical);
            if (named.Contains((canonical, port)) || proven.Contains((canonical, port)))
            {
                return null;
            }
        }

        known |= approved.Any(entry => entry.Host == canonical && entry.Port is null);
        if (approved.Contains(new HostPort(canonical, port)) || (known && (ConnectPorts.Contains(port) || AllowsPrivate(canonical, port))))
        {
            return null;
        }

        var place = HostPort.Of(canonical, port);
        return new ProbeFailure(
            ProbeFailureKind.OutOfScope,
            known
                ? $"{place}: apps are served from ports 80, 443 and 8080; approve this one with --approve-host {place}"
                : $"nothing proves that {canonical} is the app's; approve it with --approve-host {new HostPort(canonical, ConnectPorts.Contains(port) ? null : port)}"
        );
    }

    /// <summary>True where the operator excepted exactly this host, as written, and port from the guard against private addresses.</summary>
    internal bool AllowsPrivate(string canonical, int port) => allowedPrivate.Contains(new HostPort(canonical, port));

    /// <summary>True where a host, or an address it resolves to, is on the deny-list; subdomains are denied with their parent.</summary>
    internal bool Denies(string canonical, int port) =>
        denied.Any(entry => (entry.Port ?? port) == port && (canonical == entry.Host || canonical.EndsWith($".{entry.Host}", StringComparison.Ordinal)));

    private static IReadOnlyList<HostPort> Read(IEnumerable<string> entries, string what) =>
        [.. entries.Select(text => HostPort.TryParse(text, out var entry) ? entry : throw new ArgumentException($"{what} '{text}' is not HOST or HOST:PORT"))];
}
