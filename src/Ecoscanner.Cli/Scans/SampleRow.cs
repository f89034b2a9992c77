using Ecoscanner.Cli.Samples;
using Ecoscanner.Findings;
using Ecoscanner.Scanning;

namespace Ecoscanner.Cli.Scans;

/// <summary>A sample and what its scan came to.</summary>
/// <param name="Report">Null where it could not be scanned.</param>
internal sealed record SampleRow(Sample Sample, AppReport? Report)
{
    /// <summary>Ids of the rules that must fail.</summary>
    public IReadOnlyList<string> Planted { get; } =
    [.. (Sample.TenantFile is null ? Sample.Expected.Fails.WithoutTenant : Sample.Expected.Fails.WithTenant).Order(StringComparer.Ordinal)];

    /// <summary>Ids of the rules that failed.</summary>
    public IReadOnlyList<string> Found { get; } =
    [.. (Report?.Verdicts ?? []).Where(verdict => verdict.Verdict is Verdict.Fail).Select(verdict => verdict.Rule.Id).Order(StringComparer.Ordinal)];

    /// <summary>Every scanner ran to its end.</summary>
    public bool WasScanned => Report is not null && Report.Scanners.All(scanner => scanner.Failure is null);

    public bool IsAsPlanted => WasScanned && Found.SequenceEqual(Planted, StringComparer.Ordinal);
}
