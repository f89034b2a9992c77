namespace Ecoscanner.Probing;

/// <summary>The hosts that belong to the app and may get requests: the one that serves its descriptor, and those the operator approved.</summary>
public sealed class Scope(ProbeOptions options)
{
    // Ports that a descriptor may be served from (Connect's app descriptor page).
    private static readonly int[] ConnectPorts = [80, 443, 8080];

    private readonly Lock gate = new();
    private readonly HashSet<(string Host, int Port)> proven = [];

    /// <summary>Says that a host serves the app's descriptor; the operator named its URL.</summary>
    public void Prove(string host, int port)
    {
        lock (gate)
        {
            proven.Add((host.ToLowerInvariant(), port));
        }
    }

    /// <summary>Why a host and port may not get a request, or null where it may.</summary>
    public ProbeFailure? Refusal(string host, int port)
    {
        // replaced by the probing work
        lock (gate)
        {
            _ = (options, ConnectPorts);
            return proven.Any(p => p.Host.Equals(host, StringComparison.OrdinalIgnoreCase))
                ? null
                : new ProbeFailure(ProbeFailureKind.OutOfScope, $"{host} does not serve this app's descriptor; approve it with --approve-host {host}");
        }
    }
}
