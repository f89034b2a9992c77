using Ecoscanner.Findings;

namespace Ecoscanner.Probing;

/// <summary>One HTTP request a scanner wants to send.</summary>
public sealed record ProbeRequest(string Method, Uri Url)
{
    /// <summary>Which budget pays for it.</summary>
    public required BudgetLine Budget { get; init; }

    /// <summary>Why it is sent, in a few words; stands in the transcript.</summary>
    public required string Purpose { get; init; }

    /// <summary>Headers beside those that identify our traffic.</summary>
    public IReadOnlyList<HeaderField> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Media type of the body; null where there is none.</summary>
    public string? ContentType { get; init; }

    /// <summary>Genuine credentials in it, each with what stands in its place in everything that is kept or printed.</summary>
    public IReadOnlyList<ProbeSecret> Secrets { get; init; } = [];

    /// <summary>Whether it may only go where a trusted certificate, or this machine itself, vouches for the receiver.</summary>
    public bool NeedsTrust => Secrets.Any(secret => secret.Genuine);
}

/// <summary>A genuine credential inside a request, and the command that makes it anew: <c>$(ecoscanner connect token …)</c>.</summary>
public sealed record ProbeSecret(string Value, string Placeholder)
{
    /// <summary>False for what was made up for this scan: it is kept out of every record, but may go to anyone.</summary>
    public bool Genuine { get; init; } = true;
}
