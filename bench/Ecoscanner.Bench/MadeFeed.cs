using System.IO.Compression;
using System.Text.Json;
using Ecoscanner.Advisories;
using Ecoscanner.Packages;

namespace Ecoscanner.Bench;

/// <summary>Writes advisories as the public dumps have them: a ZIP with a file of JSON each.</summary>
internal static class MadeFeed
{
    public static void Write(string path, IEnumerable<Advisory> advisories)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var advisory in advisories)
        {
            using var stream = zip.CreateEntry($"{advisory.Id}.json", CompressionLevel.Fastest).Open();
            using var json = new Utf8JsonWriter(stream);
            Write(json, advisory);
        }
    }

    private static void Write(Utf8JsonWriter json, Advisory advisory)
    {
        json.WriteStartObject();
        json.WriteString("schema_version", "1.6.0");
        json.WriteString("id", advisory.IsMalicious ? advisory.Id : advisory.Aliases[0]);
        json.WriteString("modified", advisory.Modified!.Value);
        json.WriteString("published", advisory.Published!.Value);
        Texts(json, "aliases", advisory.IsMalicious ? [] : [advisory.Id]);
        json.WriteString("summary", advisory.Summary);
        json.WriteString("details", string.Concat(Enumerable.Repeat("What happens where and why, told at some length. ", 10)));
        if (advisory.Score?.Vector is { } vector)
        {
            json.WriteStartArray("severity");
            json.WriteStartObject();
            json.WriteString("type", "CVSS_V3");
            json.WriteString("score", vector);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteStartArray("affected");
        foreach (var affected in advisory.Affected)
        {
            json.WriteStartObject();
            json.WriteStartObject("package");
            json.WriteString("ecosystem", affected.Ecosystem == Ecosystem.Maven ? "Maven" : "npm");
            json.WriteString("name", affected.Name);
            json.WriteEndObject();
            json.WriteStartArray("ranges");
            foreach (var range in affected.Ranges)
            {
                json.WriteStartObject();
                json.WriteString("type", "ECOSYSTEM");
                json.WriteStartArray("events");
                Event(json, "introduced", range.From ?? "0");
                if (range.To is { } to)
                {
                    Event(json, "fixed", to);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Texts(json, "versions", affected.Versions);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("references");
        foreach (var reference in advisory.References)
        {
            json.WriteStartObject();
            json.WriteString("type", "WEB");
            json.WriteString("url", reference.OriginalString);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Event(Utf8JsonWriter json, string name, string version)
    {
        json.WriteStartObject();
        json.WriteString(name, version);
        json.WriteEndObject();
    }
}
