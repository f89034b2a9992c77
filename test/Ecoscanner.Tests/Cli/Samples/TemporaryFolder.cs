namespace Ecoscanner.Tests.Cli.Samples;

/// <summary>An empty folder that is deleted with this object.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ecoscanner-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
