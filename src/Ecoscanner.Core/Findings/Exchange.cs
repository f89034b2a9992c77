namespace Ecoscanner.Findings;

/// <summary>One request we sent and what came back, as far as it may be kept: never the values of an answer's body.</summary>
public sealed record Exchange
{
    /// <summary>1-based, in the order of sending within the scan; 0 for a request that never left.</summary>
    public required int Number { get; init; }

    /// <summary>Why it was sent, in a few words: "no token", "control path".</summary>
    public required string Purpose { get; init; }

    public required string Method { get; init; }

    public required string Url { get; init; }

    /// <summary>When it was sent, UTC.</summary>
    public required DateTimeOffset Sent { get; init; }

    /// <summary>From sending to the last byte kept.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>A command line that repeats it; our own fake tokens stand in it whole, genuine ones as a call of <c>ecoscanner connect token</c>.</summary>
    public required string Curl { get; init; }

    /// <summary>The HTTP status; null where no answer came.</summary>
    public int? Status { get; init; }

    /// <summary>Allow-listed response headers, in the order of arrival, cookie values masked.</summary>
    public IReadOnlyList<HeaderField> Headers { get; init; } = [];

    /// <summary>Bytes of the body after decompression, as far as it was read; null where no answer came.</summary>
    public long? Length { get; init; }

    /// <summary>Lower-case hex SHA-256 of those bytes; null where no answer came.</summary>
    public string? Hash { get; init; }

    /// <summary>Names of the top-level members of a JSON object answered; empty where it was not one.</summary>
    public IReadOnlyList<string> JsonKeys { get; init; } = [];

    /// <summary>Why there was no whole answer, in words; null where there was one.</summary>
    public string? Failure { get; init; }
}

/// <summary>A header's name and value.</summary>
public readonly record struct HeaderField(string Name, string Value);
