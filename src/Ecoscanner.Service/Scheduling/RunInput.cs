using System.Text.Json;
using System.Text.Json.Serialization;
using Ecoscanner.Apps;

namespace Ecoscanner.Service.Scheduling;

/// <summary>Everything that the process of one run is told: one line of JSON on its standard input, and nothing by any other way.</summary>
public sealed partial record RunInput
{
    /// <summary>Most characters of that line; the lists of hosts and places are its longest parts.</summary>
    public const int MaximumCharacters = 1024 * 1024;

    public required string RunId { get; init; }

    /// <summary>The name of a file in the run's folder; null where a descriptor's URL is scanned.</summary>
    public string? Artifact { get; init; }

    /// <summary>Where a Connect app's descriptor is served; null where a file is scanned.</summary>
    public string? DescriptorUrl { get; init; }

    /// <summary>Hosts that are the app's, beside the one that serves its descriptor.</summary>
    public IReadOnlyList<string> ApprovedHosts { get; init; } = [];

    /// <summary>Hosts that never get a request.</summary>
    public IReadOnlyList<string> DeniedHosts { get; init; } = [];

    /// <summary>Rules to judge; empty judges all.</summary>
    public IReadOnlyList<string> OnlyRules { get; init; } = [];

    /// <summary>Scanners to run; empty runs all that are not excluded.</summary>
    public IReadOnlyList<string> Scanners { get; init; } = [];

    /// <summary>Scanners that are paused, or measured in a run of their own.</summary>
    public IReadOnlyList<string> ExcludedScanners { get; init; } = [];

    /// <summary>Places at which alone servers are asked, as findings name them; empty asks at all. What is read is read whole.</summary>
    public IReadOnlyList<string> OnlyPlaces { get; init; } = [];

    /// <summary>The file with the advisories; null where there is none.</summary>
    public string? AdvisoryIndex { get; init; }

    /// <summary>Nothing is sent: for what nobody has proven to be theirs.</summary>
    public bool Offline { get; init; }

    /// <summary>Fake installs are sent, last.</summary>
    public bool AllowStateChange { get; init; }

    /// <summary>The operator's own site, which fake installs name.</summary>
    public string? InstallBaseUrl { get; init; }

    /// <summary>Fingerprints of findings that are open: what changes state is not tried again for them.</summary>
    public IReadOnlyList<string> KnownOpen { get; init; } = [];

    /// <summary>Who the platform signs requests as, which the process asks it to; null where it signs none.</summary>
    public string? SignedAs { get; init; }

    /// <summary>A folder that remembers how many requests the hosts of this run's lane got today.</summary>
    public string? LedgerFolder { get; init; }

    /// <summary><c>HOST:PORT</c> at private addresses that may be asked: tests and staging.</summary>
    public IReadOnlyList<string> AllowedPrivate { get; init; } = [];

    /// <summary>Files with root certificates that are trusted beside the system's.</summary>
    public IReadOnlyList<string> TrustedRoots { get; init; } = [];

    /// <summary>The credentials of the app's disposable tenant; they stand in memory only.</summary>
    public TestTenant? Tenant { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, InputJson.Default.RunInput);

    /// <summary>The request on a line; null where it is none.</summary>
    public static RunInput? Parse(string line)
    {
        try
        {
            return line.Length <= MaximumCharacters ? JsonSerializer.Deserialize(line, InputJson.Default.RunInput) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Never the tenant's secrets, whoever prints it.
    public override string ToString() => $"run {RunId} of {Artifact ?? DescriptorUrl}";

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = 8
    )]
    [JsonSerializable(typeof(RunInput))]
    private sealed partial class InputJson : JsonSerializerContext;
}
