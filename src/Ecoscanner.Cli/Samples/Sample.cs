using System.Text.Json.Serialization;

namespace Ecoscanner.Cli.Samples;

/// <summary>A sample app that runs on the loopback.</summary>
/// <param name="Name">Its folder below <c>samples/connect/apps</c>.</param>
/// <param name="Key">The app key in its descriptor.</param>
/// <param name="TenantFile">Credentials of its two disposable tenants; null where the app cannot be installed.</param>
/// <param name="TrustRoot">PEM file of the root its certificate is meant to chain to.</param>
/// <param name="Origins">What a scan must be allowed to reach although it is a loopback address.</param>
internal sealed record Sample(
    string Name,
    string Key,
    Uri DescriptorUrl,
    string? TenantFile,
    string TrustRoot,
    IReadOnlyList<Uri> Origins,
    ExpectedFindings Expected
);

/// <summary>What a scan of a sample must find; any other rule that fails is a false alarm.</summary>
/// <param name="Flaw">The planted mistake, for people.</param>
internal sealed record ExpectedFindings([property: JsonRequired] string Flaw, [property: JsonRequired] ExpectedFailures Fails);

/// <summary>Ids of the rules that must fail.</summary>
/// <param name="WithoutTenant">In a scan from outside.</param>
/// <param name="WithTenant">In a scan with the credentials of the tenant file.</param>
internal sealed record ExpectedFailures(
    [property: JsonRequired] IReadOnlyList<string> WithoutTenant,
    [property: JsonRequired] IReadOnlyList<string> WithTenant
);
