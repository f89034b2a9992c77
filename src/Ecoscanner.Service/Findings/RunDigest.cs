using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ecoscanner.Findings;
using Ecoscanner.Scanning;

namespace Ecoscanner.Service.Findings;

/// <summary>What a run said, without when, in which order and in which words: equal digests change nothing.</summary>
internal static class RunDigest
{
    public static string Of(ScanReport report, AppReport app, IReadOnlyList<SeenFinding> findings)
    {
        var lines = new List<string>(findings.Count + app.Coverage.Covered.Count);
        foreach (var seen in findings)
        {
            var (finding, exemption) = (seen.Finding, seen.Finding.ExemptedBy);
            lines.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"finding\n{string.Join(' ', seen.Fingerprints)}\n{finding.Rule}\n{finding.Cvss:0.0}\n{finding.Confidence}\n{seen.Place}\n{exemption?.Source}\n{exemption?.Expires}\n{exemption?.Reason}"
                )
            );
        }

        foreach (var verdict in app.Verdicts)
        {
            lines.Add($"verdict\n{verdict.Rule}\n{verdict.Verdict}");
            lines.AddRange(verdict.Places.Select(place => $"place\n{verdict.Rule}\n{place.Verdict}\n{place.Place}\n{OpenBy(place)}"));
        }

        lines.AddRange(
            app.Scanners.Select(scanner =>
                string.Create(CultureInfo.InvariantCulture, $"scanner\n{scanner.Name}\n{scanner.Version}\n{scanner.Failure is null}\n{report.Cancelled}")
            )
        );
        lines.AddRange(app.Coverage.Covered.Select(covered => $"covered\n{covered.Scanner}\n{covered.Place}"));
        lines.AddRange(app.Coverage.Gaps.Select(gap => $"gap\n{gap.Scanner}\n{gap.Place}"));
        if (app.Extent is { } extent)
        {
            lines.Add($"document\n{extent.Document}");
            lines.AddRange(extent.Places.Select(place => $"part\n{place}"));
        }

        lines.Sort(StringComparer.Ordinal);

        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines)
        {
            digest.AppendData(Encoding.UTF8.GetBytes(line));
            // No text of UTF-8 has this byte.
            digest.AppendData([0xFF]);
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private static string OpenBy(PlaceVerdict place) => place.Verdict is Verdict.Inconclusive ? $"{place.Cause} {place.About}" : "";
}
