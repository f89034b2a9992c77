using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecoscanner.Probing;

/// <summary>What a server said of a file that is kept, in whole or in part: it lies beside it, so that the next download asks for the rest, or for what is new.</summary>
/// <param name="Sha256">Null while the file is not whole.</param>
internal sealed partial record DownloadState(string Url, string? ETag, DateTimeOffset? Modified, string? Sha256)
{
    private const string Extension = ".source.json";
    private const int MaximumBytes = 64 * 1024;

    /// <summary>What is known of a file; null where nothing is, or it was of another URL.</summary>
    public static DownloadState? Of(string path, Uri url)
    {
        try
        {
            return
                File.Exists(path)
                && new FileInfo(path + Extension) is { Exists: true, Length: < MaximumBytes }
                && JsonSerializer.Deserialize(File.ReadAllBytes(path + Extension), StateJson.Default.DownloadState) is { } state
                && state.Url == url.AbsoluteUri
                ? state
                : null;
        }
        // Then it is fetched anew.
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static void Forget(string path)
    {
        File.Delete(path);
        File.Delete(path + Extension);
    }

    public void Save(string path) => Put(path, ToJson());

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, StateJson.Default.DownloadState);

    public static void Put(string path, byte[] json) => File.WriteAllBytes(path + Extension, json);

    /// <summary>Asks for the file only where it is another one.</summary>
    public void AskIfChanged(HttpRequestHeaders headers)
    {
        if (ETag is not null)
        {
            headers.TryAddWithoutValidation("If-None-Match", ETag);
        }
        else if (Modified is { } modified)
        {
            headers.IfModifiedSince = modified;
        }
    }

    /// <summary>Asks for the rest of the file where it is still the same; false where that cannot be told.</summary>
    public bool AskForRest(HttpRequestHeaders headers, long from)
    {
        // A weak validator does not vouch for bytes (RFC 9110, 13.1.5).
        var validator = ETag is { } tag && !tag.StartsWith("W/", StringComparison.Ordinal) ? tag : Modified?.ToString("r");
        if (validator is null || from == 0)
        {
            return false;
        }

        headers.Range = new RangeHeaderValue(from, null);
        headers.TryAddWithoutValidation("If-Range", validator);
        return true;
    }

    [JsonSerializable(typeof(DownloadState))]
    private sealed partial class StateJson : JsonSerializerContext;
}
