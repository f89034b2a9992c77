using System.Text;
using System.Text.Unicode;

namespace Ecoscanner.Apps.Forge;

/// <summary>The text of a manifest, out of bytes that may be anything.</summary>
internal static class ManifestBytes
{
    // The largest manifests of public apps are below 100 KB; prompts of Rovo agents may stand in them.
    public const int Maximum = 2 * 1024 * 1024;

    /// <summary>The text with one kind of line break; null where it is no text, which is then a problem.</summary>
    public static string? Text(ReadOnlySpan<byte> bytes, ManifestProblems problems)
    {
        if (Refusal(bytes) is { } refusal)
        {
            problems.Add(ManifestProblemKind.NotRead, ManifestPlace.Start, refusal);
            return null;
        }

        bytes = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        if (!Utf8.IsValid(bytes))
        {
            problems.Add(
                ManifestProblemKind.NotRead,
                FirstInvalid(bytes),
                "the text is not UTF-8, so what stands here may be read wrongly; save the manifest as UTF-8"
            );
        }

        // YAML 1.1, which the parser follows, breaks lines at the first three as well; YAML 1.2, Forge and editors do not.
        var text = Encoding.UTF8.GetString(bytes).Replace('\u0085', ' ').Replace('\u2028', ' ').Replace('\u2029', ' ').Replace('\f', ' ');
        return text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
    }

    private static string? Refusal(ReadOnlySpan<byte> bytes) =>
        bytes.Length > Maximum ? $"the manifest has more than {Maximum / 1024 / 1024} MB and was not read; move long texts into resources"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff])
            ? "the text is UTF-16 and was not read; save the manifest as UTF-8"
        : bytes.StartsWith("PK\u0003\u0004"u8) ? "this is a zip file and no manifest; unpack it and name the manifest.yml in it"
        : bytes.Contains((byte)0) ? "this is no text and was not read; name the app's manifest.yml"
        : null;

    private static ManifestPlace FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            offset += consumed;
        }

        var before = bytes[..offset];
        return new ManifestPlace(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }
}
