using Ecoscanner.Findings;

namespace Ecoscanner.Probing;

/// <summary>What a session sent, got and refused to send. Safe for use from several threads.</summary>
internal sealed class Transcript
{
    /// <summary>Refused hosts kept, and notes: a descriptor may name thousands.</summary>
    private const int MaximumRefused = 1_000;

    private readonly Lock gate = new();
    private readonly List<Exchange> exchanges = [];
    private readonly SortedDictionary<string, int> byHost = new(StringComparer.Ordinal);
    private readonly List<RefusedHost> refused = [];
    private readonly List<string> notes = [];
    private int requests;
    private int handshakes;
    private long bytesSent;
    private long bytesReceived;

    /// <summary>What has ended so far, in the order of sending.</summary>
    public IReadOnlyList<Exchange> Exchanges
    {
        get
        {
            lock (gate)
            {
                return [.. exchanges.OrderBy(exchange => exchange.Number)];
            }
        }
    }

    /// <summary>Counts a request that is about to be sent and gives its number.</summary>
    /// <param name="place">Host and port.</param>
    public int Begin(string place)
    {
        lock (gate)
        {
            byHost[place] = byHost.GetValueOrDefault(place) + 1;
            return ++requests;
        }
    }

    /// <summary>Keeps a request that has ended, and the bytes of its connection.</summary>
    public void Add(Exchange exchange, long sent, long received)
    {
        lock (gate)
        {
            exchanges.Add(exchange);
            bytesSent += sent;
            bytesReceived += received;
        }
    }

    public void CountHandshake()
    {
        lock (gate)
        {
            handshakes++;
        }
    }

    /// <summary>Notes that a host and port got no request; the same reason is kept once.</summary>
    public void Refuse(string place, string reason)
    {
        var entry = new RefusedHost(place, reason);
        lock (gate)
        {
            if (refused.Count < MaximumRefused && !refused.Contains(entry))
            {
                refused.Add(entry);
            }
        }
    }

    /// <summary>Notes what a person should know, once; null is nothing.</summary>
    public void Note(string? text)
    {
        lock (gate)
        {
            if (text is not null && notes.Count < MaximumRefused && !notes.Contains(text))
            {
                notes.Add(text);
            }
        }
    }

    public Traffic Traffic(int planned, string? signedAs)
    {
        lock (gate)
        {
            return new Traffic
            {
                Planned = planned,
                Requests = requests,
                Handshakes = handshakes,
                BytesSent = bytesSent,
                BytesReceived = bytesReceived,
                ByHost = new Dictionary<string, int>(byHost, StringComparer.Ordinal),
                Refused = [.. refused],
                SignedAs = signedAs,
                Exchanges = [.. exchanges.OrderBy(exchange => exchange.Number)],
                Notes = [.. notes],
            };
        }
    }
}
