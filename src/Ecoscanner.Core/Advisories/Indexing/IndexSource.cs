namespace Ecoscanner.Advisories.Indexing;

/// <summary>Where records of an index came from.</summary>
/// <param name="Name">Such as <c>OSV Maven</c>, <c>CISA KEV</c>.</param>
/// <param name="From">The URL, file or folder.</param>
/// <param name="Date">When the source says it was last changed, UTC; null where it says nothing.</param>
/// <param name="Licence">SPDX ids; null where the source names none.</param>
/// <param name="Records">How many were read.</param>
/// <param name="Sha256">Of the file, in lower-case hex; null for a folder.</param>
public sealed record IndexSource(string Name, string From, DateTimeOffset? Date, string? Licence, int Records, string? Sha256);
