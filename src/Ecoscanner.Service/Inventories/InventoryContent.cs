using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ecoscanner.Packages;

namespace Ecoscanner.Service.Inventories;

/// <summary>A whole inventory as bytes, so that it can be judged again without the app.</summary>
internal static partial class InventoryContent
{
    // Our own: an app of 10,000 libraries has some 10 MB. More than that is no content of ours.
    private const int MostBytes = 256 * 1024 * 1024;

    public static byte[] Write(Inventory inventory)
    {
        using var content = new MemoryStream();
        using (var compressed = new BrotliStream(content, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(compressed, inventory, ContentJson.Default.Inventory);
        }

        return content.ToArray();
    }

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static Inventory Read(byte[] content)
    {
        using var compressed = new BrotliStream(new MemoryStream(content), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = compressed.Read(buffer)) > 0; )
        {
            plain.Write(buffer, 0, read);
            if (plain.Length > MostBytes)
            {
                throw new InvalidDataException($"a stored inventory has more than {MostBytes:N0} bytes; scan the app again");
            }
        }

        try
        {
            return JsonSerializer.Deserialize(plain.GetBuffer().AsSpan(0, (int)plain.Length), ContentJson.Default.Inventory)!;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("a stored inventory is damaged; scan the app again", e);
        }
    }

    [JsonSerializable(typeof(Inventory))]
    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    private sealed partial class ContentJson : JsonSerializerContext;
}
