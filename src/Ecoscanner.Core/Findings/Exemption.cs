namespace Ecoscanner.Findings;

/// <summary>Who says that a finding need not be acted on.</summary>
public enum ExemptionSource
{
    /// <summary>The platform: decided by people there, for what it forces on partners.</summary>
    Platform,

    /// <summary>The partner's own <c>ecoscanner.yaml</c>: honoured at the desk, a claim on the platform.</summary>
    Desk,
}

/// <summary>A dated, expiring, reasoned decision that a rule's findings at some places do not count.</summary>
public sealed record Exemption
{
    public required ExemptionSource Source { get; init; }

    /// <summary>The rule's id; null for any rule, and then a fingerprint is required.</summary>
    public string? Rule { get; init; }

    /// <summary>The fingerprint it covers; null for any.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>A prefix of the URL's path or of the file's path it covers; null for any place.</summary>
    public string? Path { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>The first day on which it no longer holds.</summary>
    public required DateOnly Expires { get; init; }

    /// <summary>Who decided; null where nobody is named.</summary>
    public string? By { get; init; }

    /// <summary>Whether it covers the finding on that day.</summary>
    public bool Covers(Finding finding, DateOnly today) =>
        today < Expires
        && (Rule is not null || Fingerprint is not null)
        && (Rule is null || string.Equals(Rule, finding.Rule.Id, StringComparison.Ordinal))
        && (Fingerprint is null || string.Equals(Fingerprint, finding.Fingerprint, StringComparison.Ordinal))
        && (Path is null || StandsUnder(finding.Location, Path));

    private static bool StandsUnder(Location location, string prefix)
    {
        var path = location.Path ?? (Uri.TryCreate(location.Url, UriKind.Absolute, out var url) ? url.AbsolutePath : null);
        return path is not null
            && path.StartsWith(prefix, StringComparison.Ordinal)
            && (path.Length == prefix.Length || prefix.EndsWith('/') || path[prefix.Length] == '/');
    }
}
