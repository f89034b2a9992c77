using Ecoscanner.Findings;

namespace Ecoscanner.Probing;

/// <summary>What a scan sent and got: the answer to "how many requests did you send me?".</summary>
public sealed record Traffic
{
    /// <summary>Of what asks nobody.</summary>
    public static readonly Traffic None = new()
    {
        Planned = 0,
        Requests = 0,
        Handshakes = 0,
        BytesSent = 0,
        BytesReceived = 0,
        ByHost = new Dictionary<string, int>(StringComparer.Ordinal),
        Refused = [],
        Exchanges = [],
    };

    /// <summary>The most requests the plan allowed.</summary>
    public required int Planned { get; init; }

    /// <summary>HTTP requests for which a connection was opened or tried.</summary>
    public required int Requests { get; init; }

    /// <summary>TLS handshakes begun without a request.</summary>
    public required int Handshakes { get; init; }

    /// <summary>Bytes of the connections that carried requests, TLS and headers included.</summary>
    public required long BytesSent { get; init; }

    public required long BytesReceived { get; init; }

    /// <summary>Requests by host and port.</summary>
    public required IReadOnlyDictionary<string, int> ByHost { get; init; }

    /// <summary>Hosts and ports that did not get a request they might have got, and why.</summary>
    public required IReadOnlyList<RefusedHost> Refused { get; init; }

    /// <summary>"platform", "desk scan", or null where the traffic was not signed.</summary>
    public string? SignedAs { get; init; }

    /// <summary>Every exchange in the order of sending.</summary>
    public required IReadOnlyList<Exchange> Exchanges { get; init; }

    /// <summary>What a person should know about the counting itself, such as a damaged ledger.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A host and port that did not get a request, and why.</summary>
public sealed record RefusedHost(string Host, string Reason);
