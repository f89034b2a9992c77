using System.Text;
using System.Text.Json;

namespace Ecoscanner.Packages.Node;

/// <summary>Values of any kind from a reader that stands on them, where strangers may have written another kind than is wanted.</summary>
internal static class JsonTokens
{
    /// <summary>Reads a file's bytes, comments and last commas included, as bun writes them.</summary>
    /// <param name="maximumDepth">Deeper nesting is an error of the reader.</param>
    public static Utf8JsonReader Reader(ReadOnlySpan<byte> bytes, int maximumDepth)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        var options = new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = maximumDepth,
        };
        return new Utf8JsonReader(bytes.StartsWith(mark) ? bytes[mark.Length..] : bytes, options);
    }

    /// <summary>Moves to the value of the next property; false at the object's end.</summary>
    public static bool Property(ref Utf8JsonReader reader, out string name)
    {
        name = "";
        if (!reader.Read() || reader.TokenType is not JsonTokenType.PropertyName)
        {
            return false;
        }

        name = reader.GetString()!;
        return reader.Read();
    }

    /// <summary>True on an object; anything else is passed over.</summary>
    public static bool IsObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            return true;
        }

        reader.Skip();
        return false;
    }

    /// <summary>A text; null for anything else, which is passed over.</summary>
    public static string? Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }

    /// <summary>A number as it is written; null for anything else, which is passed over.</summary>
    public static string? Number(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.Number)
        {
            return Encoding.ASCII.GetString(reader.ValueSpan);
        }

        reader.Skip();
        return null;
    }

    /// <summary>True for true; anything else is passed over.</summary>
    public static bool Flag(ref Utf8JsonReader reader)
    {
        var isTrue = reader.TokenType is JsonTokenType.True;
        reader.Skip();
        return isTrue;
    }

    /// <summary>The texts of a list, or the names of an object's properties that are not false.</summary>
    public static List<string> Texts(ref Utf8JsonReader reader)
    {
        var texts = new List<string>();
        if (reader.TokenType is JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                if (Text(ref reader) is { } text)
                {
                    texts.Add(text);
                }
            }
        }
        else if (IsObject(ref reader))
        {
            while (Property(ref reader, out var name))
            {
                if (reader.TokenType is not JsonTokenType.False)
                {
                    texts.Add(name);
                }

                reader.Skip();
            }
        }

        return texts;
    }

    /// <summary>An object of names and wanted versions.</summary>
    public static void Dependencies(ref Utf8JsonReader reader, Need need, List<NodeDependency> target, bool isPeer = false)
    {
        if (!IsObject(ref reader))
        {
            return;
        }

        while (Property(ref reader, out var name))
        {
            target.Add(new NodeDependency(name, Text(ref reader) ?? "", need, isPeer));
        }
    }

    /// <summary>The names in <c>peerDependenciesMeta</c> that are optional.</summary>
    public static void OptionalPeers(ref Utf8JsonReader reader, HashSet<string> target)
    {
        if (!IsObject(ref reader))
        {
            return;
        }

        while (Property(ref reader, out var name))
        {
            if (!IsObject(ref reader))
            {
                continue;
            }

            while (Property(ref reader, out var key))
            {
                if (Flag(ref reader) && key == "optional")
                {
                    target.Add(name);
                }
            }
        }
    }
}
