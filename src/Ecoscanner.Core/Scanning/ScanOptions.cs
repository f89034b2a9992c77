using System.Security.Cryptography.X509Certificates;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Packages.Vex;

namespace Ecoscanner.Scanning;

/// <summary>What the person who scans asked for.</summary>
public sealed record ScanOptions
{
    /// <summary>Probes that may change an app's state (fake installs) are sent, last, only with this.</summary>
    public bool AllowStateChange { get; init; }

    /// <summary>A site that the operator owns, the <c>baseUrl</c> of fake installs; null sends none.</summary>
    public Uri? InstallBaseUrl { get; init; }

    /// <summary>Fingerprints of findings that are open already: what changes state is not tried again for them unless the rule is asked for.</summary>
    public IReadOnlySet<string> KnownOpen { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Credentials of a disposable tenant of this very app; null scans without.</summary>
    public TestTenant? Tenant { get; init; }

    /// <summary>Decisions that findings need not be acted on.</summary>
    public IReadOnlyList<Exemption> Exemptions { get; init; } = [];

    /// <summary>What is known of vulnerable libraries; null where there is nothing of it on this machine.</summary>
    public AdvisoryIndex? Advisories { get; init; }

    /// <summary>Why they cannot be used, a clause with the way out; null where nothing is known of why.</summary>
    public string? NoAdvisories { get; init; }

    /// <summary>What is claimed of vulnerabilities (VEX): honoured at the desk, and shown with who claims it.</summary>
    public IReadOnlyList<VexStatement> Claims { get; init; } = [];

    /// <summary>Scanner names to run; empty runs all.</summary>
    public IReadOnlyList<string> Scanners { get; init; } = [];

    /// <summary>Rule ids to judge; empty judges all.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Places at which alone the app's servers are asked, as findings name them; empty asks at all.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>Rule ids not to judge.</summary>
    public IReadOnlyList<string> ExcludedRules { get; init; } = [];

    /// <summary>Root certificates trusted beside the system's.</summary>
    public X509Certificate2Collection TrustedRoots { get; init; } = [];
}
