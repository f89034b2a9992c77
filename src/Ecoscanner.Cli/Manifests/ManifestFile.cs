using Ecoscanner.Apps.Forge;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Manifests;

/// <summary>The file of a Forge app's manifest, for the commands that show what was read.</summary>
internal static class ManifestFile
{
    /// <summary>The manifest in a folder.</summary>
    /// <exception cref="ExitException">The folder holds none.</exception>
    public static string In(string folder) =>
        ForgeManifestReader.FileNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new ExitException(ExitCode.Usage, $"{folder} holds no {string.Join(" or ", ForgeManifestReader.FileNames)}; name the folder of a Forge app");

    /// <summary>What the file says; a file that is too long is read as far as shows that it is.</summary>
    public static ForgeManifest Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[ForgeManifestReader.MaximumBytes + 1];
            return ForgeManifestReader.Read(bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TextFiles.Unreadable(path, e);
        }
    }
}
