namespace Ecoscanner.Probing.Signing;

/// <summary>What a captured request proves: every check in words. Proof of origin, never permission.</summary>
/// <param name="Steps">In the order they were made; after one that makes the rest pointless there are no more.</param>
public sealed record SignatureVerification(IReadOnlyList<VerificationStep> Steps)
{
    /// <summary>True where every check passed.</summary>
    public bool Verified => Steps.All(step => step.Passed);

    /// <summary>"platform" or "desk scan"; null where the signature does not say, or is not verified.</summary>
    public string? SignedAs { get; init; }

    /// <summary>The key that made the signature; null where it is not verified.</summary>
    public string? KeyId { get; init; }

    /// <summary>The target URI that was signed; null where it is not verified.</summary>
    public string? TargetUri { get; init; }

    /// <summary>The scan it belongs to; null where it is not verified.</summary>
    public string? RunId { get; init; }
}

/// <summary>One check of a signature.</summary>
/// <param name="Name">What was looked at: "key", "time", "body".</param>
/// <param name="Detail">What was seen, on one line of printable ASCII, and the way out where it failed.</param>
public sealed record VerificationStep(string Name, bool Passed, string Detail);
