using System.Text.Json;

namespace Ecoscanner.Probing;

/// <summary>The names at the top of a JSON object: enough to say what kind of answer it was, and none of its values.</summary>
internal static class JsonKeys
{
    private const int MaximumKeys = 50;
    private const int MaximumKeyLength = 100;
    private const int MaximumDepth = 64;

    /// <summary>The first names, cut to a length; empty where the body is no whole JSON object.</summary>
    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> body)
    {
        var keys = new List<string>();
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaximumDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return [];
            }

            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && keys.Count < MaximumKeys)
                {
                    var key = reader.GetString()!;
                    keys.Add(key.Length <= MaximumKeyLength ? key : key[..MaximumKeyLength]);
                }
            }

            return keys;
        }
        // GetString throws the second one for a name that is no text, such as half a surrogate pair.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }
}
