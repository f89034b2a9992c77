using System.Text.Json;
using System.Text.Json.Serialization;
using Ecoscanner.Findings;

namespace Ecoscanner.Service.Findings;

/// <summary>What shows a finding, as it is sealed and kept: all of it may be text of the app, so escape it.</summary>
public sealed partial record FindingEvidence(string Message, EvidencePlace Place, Evidence Evidence)
{
    /// <summary>What its seal is bound to.</summary>
    internal const string Purpose = "evidence";

    internal static FindingEvidence Of(Finding finding) =>
        new(
            finding.Message,
            new EvidencePlace(
                finding.Location.Path,
                finding.Location.Line,
                finding.Location.Column,
                finding.Location.Url,
                finding.Location.Component,
                finding.Location.Identity
            ),
            finding.Evidence
        );

    internal byte[] Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, EvidenceJson.Default.FindingEvidence);

    /// <summary>The same without what is another in each run: that the same was asked at another time is no news.</summary>
    internal byte[] StableBytes() =>
        Evidence.Exchanges.Count == 0 ? Bytes() : (this with { Evidence = Evidence with { Exchanges = [.. Evidence.Exchanges.Select(Stable)] } }).Bytes();

    internal static FindingEvidence Read(byte[] bytes) => JsonSerializer.Deserialize(bytes, EvidenceJson.Default.FindingEvidence)!;

    private static Exchange Stable(Exchange exchange) =>
        new()
        {
            Number = 0,
            Purpose = exchange.Purpose,
            Method = exchange.Method,
            Url = exchange.Url,
            Sent = default,
            Duration = default,
            Curl = "",
            Status = exchange.Status,
            Failure = exchange.Failure,
        };

    [JsonSerializable(typeof(FindingEvidence))]
    private sealed partial class EvidenceJson : JsonSerializerContext;
}

/// <summary>Where a finding is, as its scanner told it.</summary>
public sealed record EvidencePlace(string? Path, int? Line, int? Column, string? Url, string? Component, string Identity);
