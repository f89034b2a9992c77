using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Cli.Samples;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>An index of the advisories that the samples come with.</summary>
public sealed class SampleAdvisoriesFixture : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ecoscanner-advisories-");

    public SampleAdvisoriesFixture() =>
        Index = SampleAdvisories.Index(
            Path.Combine(Repository.Root, "samples", "advisories"),
            folder.FullName,
            DateTimeOffset.UtcNow,
            TestContext.Current.CancellationToken
        );

    public AdvisoryIndex Index { get; }

    public void Dispose()
    {
        Index.Dispose();
        folder.Delete(recursive: true);
    }
}
