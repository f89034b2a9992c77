using Ecoscanner.Apps;

namespace Ecoscanner.Scanning;

/// <summary>What a scanner is doing just now, for a person who waits.</summary>
public sealed record ScanProgress(App App, string Scanner, string What);
