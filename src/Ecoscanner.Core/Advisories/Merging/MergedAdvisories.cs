using System.Collections.Immutable;

namespace Ecoscanner.Advisories.Merging;

/// <summary>What came of merging.</summary>
/// <param name="Advisories">One for each vulnerability.</param>
/// <param name="Bridges">Records that would have joined vulnerabilities that are known to be two.</param>
public sealed record MergedAdvisories(IReadOnlyList<Advisory> Advisories, IReadOnlyList<AliasBridge> Bridges);

/// <summary>A record whose ids are of several vulnerabilities, each of which another record names alone.</summary>
/// <param name="Record">Its id.</param>
/// <param name="Source">As in <see cref="AdvisorySource.Name"/>.</param>
/// <param name="Ids">Those that it names and that stayed apart.</param>
public sealed record AliasBridge(string Record, string Source, ImmutableArray<string> Ids);
