using Ecoscanner.Cli.Scans;

namespace Ecoscanner.Cli.Samples;

/// <summary>A folder of its own for the archives of the Data Center samples, which goes with it.</summary>
internal sealed class PackedSamples : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("ecoscanner-samples-").FullName;

    /// <summary>What is scanned of a sample: its folder, or the archive that is made of it.</summary>
    public string Target(FileSample sample) => sample.Packed is { } packed ? SampleArchive.Write(packed, Folder) : SampleFolder.Shown(sample.Folder);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
