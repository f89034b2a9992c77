using System.Text.Json;
using Ecoscanner.Reports.Json;

namespace Ecoscanner.Reports.Sarif;

/// <summary>Reads from a SARIF report of ours what a baseline needs.</summary>
internal static class SarifFingerprints
{
    /// <summary>App key and fingerprint of each result; null where the JSON is no SARIF.</summary>
    public static IReadOnlyList<(string AppKey, string Fingerprint)>? Of(ReadOnlyMemory<byte> json)
    {
        using var document = Parse(json);
        return Member(document.RootElement, "runs", JsonValueKind.Array) is { } runs ? [.. runs.EnumerateArray().SelectMany(Run)] : null;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = BoundedJson.MaximumDepth });
        }
        catch (JsonException e)
        {
            throw BoundedJson.Wrong(e);
        }
    }

    private static IEnumerable<(string AppKey, string Fingerprint)> Run(JsonElement run)
    {
        var app =
            Member(run, "properties", JsonValueKind.Object) is { } properties && Member(properties, SarifReport.AppProperty, JsonValueKind.String) is { } key
                ? key.GetString()!
                : null;
        foreach (var result in Member(run, "results", JsonValueKind.Array)?.EnumerateArray() ?? default)
        {
            var fingerprint =
                Member(result, "fingerprints", JsonValueKind.Object) is { } all && Member(all, SarifReport.FingerprintName, JsonValueKind.String) is { } text
                    ? text.GetString()!
                    : null;
            yield return app is not null && fingerprint is not null
                ? (app, fingerprint)
                : throw new ReportFormatException(
                    $"a result of this SARIF file has no fingerprint {SarifReport.FingerprintName}; give one that ecoscanner wrote with -f sarif"
                );
        }
    }

    private static JsonElement? Member(JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;
}
