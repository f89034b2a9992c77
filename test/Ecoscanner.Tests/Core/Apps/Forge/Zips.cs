using System.IO.Compression;
using System.Text;

namespace Ecoscanner.Tests.Core.Apps.Forge;

/// <summary>ZIPs that tests make, good and hostile.</summary>
internal static class Zips
{
    public const string Manifest = "app: {id: 'ari:cloud:ecosystem::app/1', runtime: {name: nodejs24.x}}\nmodules: {}\n";

    /// <summary>A ZIP of texts, names as they stand.</summary>
    public static byte[] Of(params IEnumerable<(string Name, string Text)> files) =>
        Of(files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text), 0)));

    /// <summary>A ZIP of bytes with the attributes of their entries.</summary>
    public static byte[] Of(IEnumerable<(string Name, byte[] Bytes, int Attributes)> files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes, attributes) in files)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.ExternalAttributes = attributes;
                using var content = entry.Open();
                content.Write(bytes);
            }
        }

        return stream.ToArray();
    }
}
