namespace Ecoscanner.Tests.Core.Probing.Signing;

/// <summary>A folder of a test's own, gone with it.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("ecoscanner-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    public string Write(string name, ReadOnlySpan<byte> content)
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
