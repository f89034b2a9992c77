using System.Text.Json;
using Ecoscanner.Apps.Forge;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Cli.Manifests;

/// <summary>The entries of a Forge app, as data.</summary>
internal static class ForgeEntriesJson
{
    public static void Write(ForgeProgram program, string path, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("path", path);
            json.WriteStartArray("entries");
            foreach (var entry in program.Entries)
            {
                json.WriteStartObject();
                Entry(json, entry);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("pages");
            foreach (var page in program.FrontEnds)
            {
                json.WriteStartObject();
                json.WriteString("module", page.Module.ToString());
                json.WriteString("resource", page.Key);
                json.WriteString("path", page.Resource?.Path?.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void Entry(Utf8JsonWriter json, ForgeEntry entry)
    {
        json.WriteString("kind", Word(entry.Kind));
        json.WriteString("point", entry.Point.Key);
        json.WriteString("key", entry.Key);
        json.WriteString("file", entry.File);
        json.WriteStartArray("callers");
        foreach (var caller in entry.Callers.Words())
        {
            json.WriteStringValue(caller);
        }

        json.WriteEndArray();
        json.WriteStartArray("uses");
        foreach (var use in entry.Uses)
        {
            json.WriteStartObject();
            json.WriteString("module", use.Module);
            json.WriteString("path", use.Path);
            json.WriteNumber("line", use.Place.Line);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("functions");
        foreach (var function in entry.Functions)
        {
            json.WriteStartObject();
            Function(json, function);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("confidence", Word(entry.Confidence));
        json.WriteString("found", entry.Found);
        json.WriteString("reason", Word(entry.Reason));
        json.WriteString("problem", entry.Problem);
    }

    private static void Function(Utf8JsonWriter json, Node function)
    {
        var position = function.Tree.Source.Lines.PositionOf(function.Start);
        json.WriteString("name", FunctionName.Of(function));
        json.WriteString("file", function.Tree.Source.Path);
        json.WriteNumber("line", position.Line);
        json.WriteNumber("column", position.Column);
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
