namespace Ecoscanner.JavaScript.Tests.Resolution;

/// <summary>A folder on disk for the time of a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string outer = Directory.CreateTempSubdirectory("ecoscanner-").FullName;

    public TemporaryFolder() => Path = Directory.CreateDirectory(System.IO.Path.Combine(outer, "below/some/other/folders")).FullName;

    /// <summary>The folder: not straight below that of all temporary files, so that what lies there is no part of the test.</summary>
    public string Path { get; }

    public void Write(IEnumerable<KeyValuePair<string, string>> files)
    {
        foreach (var (name, text) in files)
        {
            var path = System.IO.Path.Combine(Path, name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    public void Link(string name, string target) => File.CreateSymbolicLink(System.IO.Path.Combine(Path, name), target);

    public void Dispose() => Directory.Delete(outer, recursive: true);
}
