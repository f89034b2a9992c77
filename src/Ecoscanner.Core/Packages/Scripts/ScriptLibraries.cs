using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Ecoscanner.Packages.Scripts;

/// <summary>Tells which JavaScript libraries a file holds; several where they are bundled.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public sealed class ScriptLibraries(ImmutableArray<ScriptSignature> signatures)
{
    // Banners stand at the beginning of a library; a bundle of 20 MB is passed over from there on.
    private const int MaxText = 20 * 1024 * 1024;

    /// <summary>The libraries, each once, in the order of the signatures.</summary>
    /// <param name="fileName">Without its folders.</param>
    /// <param name="content">The whole file.</param>
    public IReadOnlyList<ScriptLibrary> In(string fileName, ReadOnlySpan<byte> content)
    {
        var found = new List<ScriptLibrary>();
        var text = Encoding.UTF8.GetString(content[..Math.Min(content.Length, MaxText)]);
        var hash = Hash(content);
        foreach (var signature in signatures)
        {
            var library = ByHash(signature, hash) ?? ByContent(signature, text) ?? ByName(signature, fileName);
            if (library is not null && !found.Exists(other => other.Package == library.Package))
            {
                found.Add(library);
            }
        }

        return found;
    }

    private static ScriptLibrary? ByHash(ScriptSignature signature, string hash) =>
        signature.Hashes.TryGetValue(hash, out var version) ? new(signature.Package, version, ScriptEvidence.Hash) : null;

    private static ScriptLibrary? ByContent(ScriptSignature signature, string text)
    {
        foreach (var pattern in signature.Contents)
        {
            if ((pattern.Literal is null || text.Contains(pattern.Literal, StringComparison.Ordinal)) && pattern.Version(text) is { } version)
            {
                return new(signature.Package, version, ScriptEvidence.Content);
            }
        }

        return null;
    }

    private static ScriptLibrary? ByName(ScriptSignature signature, string fileName)
    {
        foreach (var pattern in signature.FileNames)
        {
            if (pattern.Version(fileName) is { } version)
            {
                return new(signature.Package, version, ScriptEvidence.FileName);
            }
        }

        return null;
    }

    [SuppressMessage("Security", "CA5350", Justification = "The signatures name files by their SHA-1; nothing is protected by it.")]
    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA1.HashData(content));
}

/// <summary>A library that a file holds.</summary>
/// <param name="Package">Its name at npm.</param>
public sealed record ScriptLibrary(string Package, string Version, ScriptEvidence Evidence);

/// <summary>What a library was known by, the surest first.</summary>
public enum ScriptEvidence
{
    Hash,
    Content,
    FileName,
}
