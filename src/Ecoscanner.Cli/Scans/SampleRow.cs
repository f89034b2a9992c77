using Ecoscanner.Cli.Samples;
using Ecoscanner.Findings;
using Ecoscanner.Scanning;

namespace Ecoscanner.Cli.Scans;

/// <summary>A sample and what its scan came to.</summary>
/// <param name="Planted">Ids of the rules that must fail, in order.</param>
/// <param name="Found">Ids of the rules that failed, in order.</param>
/// <param name="Places">In how many places they failed.</param>
/// <param name="Failure">Why it was not scanned to its end; null where it was.</param>
internal sealed record SampleRow(string Name, string Hosting, IReadOnlyList<string> Planted, IReadOnlyList<string> Found, int Places, string? Failure)
{
    public const string Connect = "Connect";

    /// <summary>Every scanner ran to its end.</summary>
    public bool WasScanned => Failure is null;

    public bool IsAsPlanted => WasScanned && Found.SequenceEqual(Planted, StringComparer.Ordinal);

    /// <param name="report">Null where it could not be scanned, and the person was told why.</param>
    public static SampleRow Of(Sample sample, AppReport? report) =>
        Of(sample.Name, Connect, sample.TenantFile is null ? sample.Expected.Fails.WithoutTenant : sample.Expected.Fails.WithTenant, report);

    /// <param name="report">Null where it could not be scanned, and the person was told why.</param>
    public static SampleRow Of(FileSample sample, AppReport? report) => Of(sample.Name, sample.Hosting, sample.Fails, report);

    private static SampleRow Of(string name, string hosting, IEnumerable<string> planted, AppReport? report) =>
        new(
            name,
            hosting,
            [.. planted.Order(StringComparer.Ordinal)],
            [.. (report?.Verdicts ?? []).Where(verdict => verdict.Verdict is Verdict.Fail).Select(verdict => verdict.Rule.Id).Order(StringComparer.Ordinal)],
            report?.Findings.Count ?? 0,
            report is null ? "" : report.Scanners.Select(scanner => scanner.Failure).FirstOrDefault(failure => failure is not null)
        );
}
