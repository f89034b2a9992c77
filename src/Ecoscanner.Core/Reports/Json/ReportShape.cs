using System.Text.Json.Serialization;
using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Reports.Json;

/// <summary>The JSON report, member for member as <c>report.schema.json</c> publishes it. A change here is a change of that contract.</summary>
internal sealed record ReportShape(
    int SchemaVersion,
    ToolShape Tool,
    IReadOnlyList<string> Advisories,
    bool Complete,
    bool Cancelled,
    IEnumerable<AppShape> Apps,
    IReadOnlyList<FailedTarget> FailedTargets
)
{
    /// <summary>Raised when a reader of the old shape would go wrong; new members alone do not raise it.</summary>
    public const int CurrentVersion = 1;
}

internal sealed record ToolShape(string Name, string Version, string RunId, IReadOnlyList<RequirementShape> Requirements, IReadOnlyList<RuleShape> Rules);

internal sealed record RequirementShape(string Id, string Title, bool RaisesTickets);

internal sealed record RuleShape(string Id, string Title, string Requirement, Severity Severity, double Cvss, int Cwe, bool RaisesTickets, string Family);

internal sealed record AppShape(
    string Key,
    string Name,
    string Hosting,
    string Source,
    DateTimeOffset Started,
    long DurationMs,
    bool Complete,
    IReadOnlyList<ScannerShape> Scanners,
    IEnumerable<FindingShape> Findings,
    IEnumerable<VerdictShape> Verdicts,
    Coverage Coverage,
    TrafficShape Traffic,
    BaselineShape? Baseline,
    string? AdvisorySnapshot = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Extent? Extent = null
);

internal sealed record ScannerShape(string Name, int Version, IReadOnlyList<string> Rules, long DurationMs, string? Failure);

internal sealed record FindingShape(
    string App,
    string Rule,
    string Requirement,
    Severity Severity,
    double Cvss,
    Confidence Confidence,
    bool RaisesTickets,
    string Message,
    LocationShape Location,
    EvidenceShape Evidence,
    string Fingerprint,
    BaselineState? State,
    ExemptionShape? Exemption
);

internal sealed record LocationShape(string? Path, int? Line, int? Column, string? Url, string? Component, string Identity);

/// <param name="Steps">Null in reports from before there were any.</param>
/// <param name="Facts">Likewise.</param>
internal sealed record EvidenceShape(
    string Observed,
    string Expected,
    IEnumerable<ExchangeShape> Exchanges,
    IEnumerable<SourceStepShape>? Steps,
    IReadOnlyList<Fact>? Facts
);

internal sealed record SourceStepShape(string Path, int Line, int Column, string Says);

internal sealed record ExchangeShape(
    int Number,
    string Purpose,
    string Method,
    string Url,
    DateTimeOffset Sent,
    long DurationMs,
    string Curl,
    int? Status,
    IEnumerable<HeaderShape> Headers,
    long? Length,
    string? Hash,
    IReadOnlyList<string> JsonKeys,
    string? Failure
);

// Not HeaderField itself: of a struct the reader would let members be missing.
internal sealed record HeaderShape(string Name, string Value);

internal sealed record ExemptionShape(ExemptionSource Source, string? Rule, string? Fingerprint, string? Path, string Reason, DateOnly Expires, string? By);

internal sealed record VerdictShape(string Rule, string Requirement, Verdict Verdict, string Reason, IReadOnlyList<PlaceShape> Places);

/// <param name="About">Not written where there is none: most have none, and they are many.</param>
internal sealed record PlaceShape(
    string? Place,
    Verdict Verdict,
    string Reason,
    InconclusiveCause? Cause,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? About = null
);

internal sealed record TrafficShape(
    int Planned,
    int Requests,
    int Handshakes,
    long BytesSent,
    long BytesReceived,
    IReadOnlyDictionary<string, int> ByHost,
    IReadOnlyList<RefusedHost> Refused,
    string? SignedAs,
    IEnumerable<ExchangeShape> Exchanges
);

internal sealed record BaselineShape(int New, int Unchanged, IReadOnlyList<string> Absent);
