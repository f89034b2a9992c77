using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Advisories.Merging;
using Ecoscanner.Advisories.Reading;

namespace Ecoscanner.Cli.Samples;

/// <summary>The advisories of the samples' libraries, which lie beside the samples, so that nobody needs a network to try them.</summary>
internal static class SampleAdvisories
{
    /// <summary>An index of them.</summary>
    /// <param name="records">The folder with the records.</param>
    /// <param name="folder">Where the index is written; it lasts as long as that.</param>
    public static AdvisoryIndex Index(string records, string folder, DateTimeOffset built, CancellationToken cancellation)
    {
        var merged = AdvisoryMerger.Merge(
            AdvisoryFeed.Read(records, cancellation: cancellation).Select(reading => reading.Advisory).OfType<Ecoscanner.Advisories.Advisory>()
        );
        var path = Path.Combine(folder, "samples.index");
        AdvisoryIndexBuilder.Build(merged.Advisories, [], [], [], built, path);
        return AdvisoryIndex.Open(path);
    }
}
