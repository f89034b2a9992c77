using System.Security.Cryptography;

namespace Ecoscanner.Packages.Sbom;

/// <summary>Names that are the same whenever the same is written.</summary>
internal static class SbomNames
{
    /// <summary>A name for each component: its package URL, with a number where several have the same.</summary>
    public static string[] References(IReadOnlyList<Component> components)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        return
        [
            .. components.Select(component =>
            {
                var url = component.Package.ToString();
                counts[url] = counts.GetValueOrDefault(url) + 1;
                return counts[url] == 1 ? url : $"{url}#{counts[url]}";
            }),
        ];
    }

    /// <summary>A UUID of version 8 (RFC 9562, 5.8) from what a document says.</summary>
    public static Guid Serial(ReadOnlySpan<byte> content)
    {
        var bytes = SHA256.HashData(content).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
