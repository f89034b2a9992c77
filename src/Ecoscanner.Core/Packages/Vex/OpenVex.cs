using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ecoscanner.Packages.Sbom;

namespace Ecoscanner.Packages.Vex;

/// <summary>
/// Reads and writes OpenVEX 0.2.0 (openvex/spec). What that format has no place for stands where it does no harm: the path of a component in the purl's
/// <c>file_name</c>, the end of a statement in its notes.
/// </summary>
public static class OpenVex
{
    /// <summary>Those of distributions have 20 MB.</summary>
    public const int MaximumBytes = JsonElements.MaximumBytes;

    private const string Context = "https://openvex.dev/ns/v0.2.0";
    private const string ContextPrefix = "https://openvex.dev/ns";
    private const string FileName = "file_name=";
    private const string AuthorNote = "ecoscanner:author=";

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <summary>Reads it.</summary>
    /// <param name="name">The file's, for places.</param>
    /// <returns>Null where it is no OpenVEX.</returns>
    public static VexDocument? Read(ReadOnlyMemory<byte> bytes, string name)
    {
        using var document = JsonElements.Parse(bytes);
        if (document?.RootElement.Text("@context")?.StartsWith(ContextPrefix, StringComparison.Ordinal) != true)
        {
            return null;
        }

        var root = document.RootElement;
        var statements = new List<VexStatement>();
        var gaps = new List<InventoryGap>();
        var number = 0;
        foreach (var element in root.Items("statements"))
        {
            var place = $"{name}#/statements/{number++}";
            if (Statement(element, root, place, out var wrong) is { } statement)
            {
                statements.Add(statement);
            }
            else if (gaps.Count < InventoryBuilder.MaximumGaps)
            {
                gaps.Add(new InventoryGap(place, wrong));
            }
        }

        return new VexDocument(statements, gaps);
    }

    /// <summary>Writes statements as one document. The same statements of the same time give the same bytes.</summary>
    /// <param name="author">Who says it.</param>
    /// <param name="created">UTC.</param>
    public static void Write(IBufferWriter<byte> target, IReadOnlyList<VexStatement> statements, string author, DateTimeOffset created)
    {
        var draft = new ArrayBufferWriter<byte>();
        Write(draft, statements, author, created, Guid.Empty);
        Write(target, statements, author, created, SbomNames.Serial(draft.WrittenSpan));
    }

    private static VexStatement? Statement(JsonElement element, JsonElement document, string place, out string wrong)
    {
        // Before 0.2.0, vulnerabilities and products were texts.
        var vulnerability = element.At("vulnerability");
        var ids = new List<string?> { vulnerability?.AsText() ?? vulnerability?.Text("name") ?? vulnerability?.Text("@id") };
        ids.AddRange(vulnerability?.Items("aliases").Select(one => one.AsText()) ?? []);
        var named = ids.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var products = element.Items("products").SelectMany(Products).ToList();
        wrong =
            named.Count == 0 ? "it names no vulnerability"
            : products.Count == 0 ? "it names no product"
            : "its status is none of VEX";
        if (named.Count == 0 || products.Count == 0 || VexWords.Status(element.Text("status")) is not { } status)
        {
            return null;
        }

        var notes = element.Text("status_notes") ?? "";
        return new VexStatement
        {
            Vulnerabilities = named,
            Products = products,
            Status = status,
            Justification = VexWords.Justification(element.Text("justification")),
            Detail = element.Text("impact_statement") ?? element.Text("action_statement") ?? "",
            Author = Note(notes, AuthorNote) ?? document.Text("author") ?? "",
            Timestamp =
                VexWords.Time(element.Text("last_updated"))
                ?? VexWords.Time(element.Text("timestamp"))
                ?? VexWords.Time(document.Text("last_updated"))
                ?? VexWords.Time(document.Text("timestamp")),
            Expires = VexWords.Time(Note(notes, VexWords.Expires + "=")),
            Place = place,
        };
    }

    private static IEnumerable<VexProduct> Products(JsonElement product)
    {
        var name = Name(product);
        var parts = product.Items("subcomponents").Select(Name).OfType<string>().ToList();
        if (name is null && parts.Count == 0)
        {
            return [];
        }

        return parts.Count > 0 ? parts.Select(part => Of(name, part))
            : PackageUrl.TryParse(name, out _) ? [Of(null, name!)]
            : [new VexProduct(name, null, null)];
    }

    private static VexProduct Of(string? app, string part) =>
        PackageUrl.TryParse(part, out var package) ? new VexProduct(app, package, PathOf(part)) : new VexProduct(app, null, part);

    private static string? Name(JsonElement element) => element.AsText() ?? element.At("identifiers")?.Text("purl") ?? element.Text("@id");

    private static string? PathOf(string url)
    {
        var qualifiers = url.Split('#')[0].Split('?') is [_, var text] ? text.Split('&') : [];
        var found = Array.Find(qualifiers, one => one.StartsWith(FileName, StringComparison.Ordinal));
        return found is null ? null : Uri.UnescapeDataString(found[FileName.Length..]);
    }

    // To the end of its line.
    private static string? Note(string notes, string name) =>
        notes.IndexOf(name, StringComparison.Ordinal) is >= 0 and var at && notes[(at + name.Length)..].Split('\n')[0].Trim() is { Length: > 0 } text
            ? text
            : null;

    private static void Write(IBufferWriter<byte> target, IReadOnlyList<VexStatement> statements, string author, DateTimeOffset created, Guid serial)
    {
        using var json = new Utf8JsonWriter(target, Options);
        json.WriteStartObject();
        json.WriteString("@context", Context);
        json.WriteString("@id", $"urn:uuid:{serial}");
        json.WriteString("author", author);
        json.WriteString("timestamp", CycloneDxWriter.Time(created));
        json.WriteNumber("version", 1);
        json.WriteStartArray("statements");
        foreach (var statement in statements)
        {
            WriteStatement(json, statement, author);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteStatement(Utf8JsonWriter json, VexStatement statement, string author)
    {
        json.WriteStartObject();
        json.WriteStartObject("vulnerability");
        json.WriteString("name", statement.Vulnerabilities[0]);
        if (statement.Vulnerabilities.Count > 1)
        {
            json.WriteStartArray("aliases");
            foreach (var alias in statement.Vulnerabilities.Skip(1).Distinct(StringComparer.Ordinal))
            {
                json.WriteStringValue(alias);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteStartArray("products");
        foreach (var app in statement.Products.Distinct().GroupBy(product => product.App, StringComparer.Ordinal))
        {
            WriteProducts(json, app.Key, [.. app]);
        }

        json.WriteEndArray();
        json.WriteString("status", VexWords.OpenVex(statement.Status));
        if (statement.Justification is { } justification)
        {
            json.WriteString("justification", VexWords.OpenVex(justification));
        }

        // The format wants a reason for the one, and something to do for the other.
        if (statement.Status is VexStatus.Affected)
        {
            json.WriteString("action_statement", statement.Detail.Length > 0 ? statement.Detail : "No action is named.");
        }
        else if (statement.Detail.Length > 0 || (statement.Status is VexStatus.NotAffected && statement.Justification is null))
        {
            json.WriteString("impact_statement", statement.Detail.Length > 0 ? statement.Detail : "No reason is named.");
        }

        var notes = new List<string>();
        if (statement.Expires is { } expires)
        {
            notes.Add($"{VexWords.Expires}={CycloneDxWriter.Time(expires)}");
        }

        if (statement.Author.Length > 0 && statement.Author != author)
        {
            notes.Add(AuthorNote + statement.Author.ReplaceLineEndings(" "));
        }

        if (notes.Count > 0)
        {
            json.WriteString("status_notes", string.Join('\n', notes));
        }

        if (statement.Timestamp is { } timestamp)
        {
            json.WriteString("timestamp", CycloneDxWriter.Time(timestamp));
        }

        json.WriteEndObject();
    }

    private static void WriteProducts(Utf8JsonWriter json, string? app, IReadOnlyList<VexProduct> products)
    {
        if (app is null)
        {
            foreach (var product in products)
            {
                WriteProduct(json, Text(product));
                json.WriteEndObject();
            }

            return;
        }

        WriteProduct(json, app);
        var parts = products.Where(product => product.Package is not null || product.Path is not null).ToList();
        if (parts.Count > 0)
        {
            json.WriteStartArray("subcomponents");
            foreach (var part in parts)
            {
                WriteProduct(json, Text(part));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteProduct(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject();
        if (name.StartsWith("pkg:", StringComparison.Ordinal))
        {
            json.WriteString("@id", name);
            json.WriteStartObject("identifiers");
            json.WriteString("purl", name);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("@id", name);
        }
    }

    private static string Text(VexProduct product) =>
        product.Package is not { } package ? product.Path ?? ""
        : product.Path is { } path ? $"{package}?{FileName}{Uri.EscapeDataString(path)}"
        : package.ToString();
}
