using Ecoscanner.Advisories.Indexing;
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
        var path = Path.Combine(folder, "samples.index");
        new AdvisoryImport(AdvisoryOverrides.Shipped, progress: null, cancellation).Run([new AdvisoryInput("samples", records, records)], built, path);
        return AdvisoryIndex.Open(path);
    }
}
