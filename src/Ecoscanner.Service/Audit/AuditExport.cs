using System.Text.Json;

namespace Ecoscanner.Service.Audit;

/// <summary>
/// Reads what a partner fetched and kept: parts of <c>/audit/events</c>, parts of <c>/audit/heads</c>, and <c>/keys</c>, each as it was answered, one or several
/// in a file. Fields that it does not know are passed over.
/// </summary>
public static class AuditExport
{
    // No answer of ours nests deeper; the detail of an event is flat.
    private const int MaximumDepth = 16;

    private const int DigestBytes = 32;

    /// <summary>Checks the chain of a partner from the texts alone.</summary>
    /// <exception cref="FormatException">A text is not what it is said to be.</exception>
    public static AuditVerdict Check(ReadOnlySpan<byte> events, ReadOnlySpan<byte> heads, ReadOnlySpan<byte> keys)
    {
        var signed = Heads(heads);
        var partners = signed.Select(head => head.PartnerId).Distinct().ToList();
        return partners switch
        {
            [] => throw new FormatException("there are no heads; fetch them from /api/v1/audit/heads, and keep them"),
            [var partnerId] => AuditChain.Check(partnerId, Events(events, partnerId), signed, Keys(keys)),
            _ => throw new FormatException("the heads are of several chains; give those of one partner"),
        };
    }

    /// <exception cref="FormatException">It is no list of events.</exception>
    public static IReadOnlyList<AuditEvent> Events(ReadOnlySpan<byte> text, long partnerId) =>
        Items(
            text,
            "event",
            item => new AuditEvent(
                partnerId,
                Number(item, "sequence"),
                Number(item, "clock"),
                Text(item, "actorKind"),
                Text(item, "actor"),
                Text(item, "action"),
                Text(item, "object"),
                Text(item, "purpose"),
                Text(item, "detailText"),
                Digest(item, "previousHash"),
                Digest(item, "hash")
            )
        );

    /// <exception cref="FormatException">It is no list of heads.</exception>
    public static IReadOnlyList<AuditHead> Heads(ReadOnlySpan<byte> text) =>
        Items(
            text,
            "head",
            item => new AuditHead(
                Number(item, "partner"),
                Number(item, "sequence"),
                Digest(item, "hash"),
                Number(item, "signedAt"),
                Text(item, "keyId"),
                item.GetProperty("signature").GetBytesFromBase64()
            )
        );

    /// <exception cref="FormatException">It is no list of keys.</exception>
    public static IReadOnlyDictionary<string, string> Keys(ReadOnlySpan<byte> text)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var document in Documents(text, "key"))
        {
            using (document)
            {
                Shaped(
                    "key",
                    () => document.RootElement.GetProperty("keys").EnumerateObject().ToList().ForEach(key => keys[key.Name] = key.Value.GetString() ?? "")
                );
            }
        }

        return keys;
    }

    private static List<T> Items<T>(ReadOnlySpan<byte> text, string what, Func<JsonElement, T> read)
    {
        var items = new List<T>();
        foreach (var document in Documents(text, what))
        {
            using (document)
            {
                Shaped(what, () => items.AddRange(document.RootElement.GetProperty("items").EnumerateArray().Select(read)));
            }
        }

        return items;
    }

    private static List<JsonDocument> Documents(ReadOnlySpan<byte> text, string what)
    {
        var documents = new List<JsonDocument>();
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = MaximumDepth });
        try
        {
            while (reader.Read())
            {
                documents.Add(JsonDocument.ParseValue(ref reader));
            }

            return documents;
        }
        catch (JsonException e)
        {
            documents.ForEach(document => document.Dispose());
            throw new FormatException($"that is no list of {what}s: {e.Message}", e);
        }
    }

    private static void Shaped(string what, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FormatException($"that is no list of {what}s as the platform answers it: {e.Message}", e);
        }
    }

    private static long Number(JsonElement item, string name) => item.GetProperty(name).GetInt64();

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    private static byte[] Digest(JsonElement item, string name) =>
        Convert.FromHexString(Text(item, name)) is { Length: DigestBytes } digest ? digest : throw new FormatException($"{name} is no SHA-256 in hex");
}
