using System.Text.Json;
using Ecoscanner.Packages.Sbom;

namespace Ecoscanner.Packages.Vex;

/// <summary>Reads the analyses of vulnerabilities in CycloneDX 1.4 to 1.6 JSON, of an SBOM or of a document of them alone (CycloneDX, VEX).</summary>
public static class CycloneDxVex
{
    /// <summary>Reads it.</summary>
    /// <param name="name">The file's, for places.</param>
    /// <returns>Null where it is no CycloneDX.</returns>
    public static VexDocument? Read(ReadOnlyMemory<byte> bytes, string name)
    {
        using var document = JsonElements.Parse(bytes);
        if (document?.RootElement.Text("bomFormat") != "CycloneDX")
        {
            return null;
        }

        var root = document.RootElement;
        var components = Components(root);
        var author = Author(root);
        var created = VexWords.Time(root.At("metadata")?.Text("timestamp"));
        var statements = new List<VexStatement>();
        var gaps = new List<InventoryGap>();
        var number = 0;
        foreach (var element in root.Items("vulnerabilities"))
        {
            var place = $"{name}#/vulnerabilities/{number++}";
            if (element.At("analysis") is not { ValueKind: JsonValueKind.Object } analysis)
            {
                // It is listed, and nothing is said of it.
                continue;
            }

            if (Statement(element, analysis, components, place, out var wrong) is { } statement)
            {
                statements.Add(statement with { Author = author, Timestamp = statement.Timestamp ?? created });
            }
            else if (gaps.Count < InventoryBuilder.MaximumGaps)
            {
                gaps.Add(new InventoryGap(place, wrong));
            }
        }

        return new VexDocument(statements, gaps);
    }

    private static VexStatement? Statement(JsonElement element, JsonElement analysis, Dictionary<string, VexProduct> components, string place, out string wrong)
    {
        var ids = element
            .Items("references")
            .Select(one => one.Text("id"))
            .Prepend(element.Text("id"))
            .OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        var products = element.Items("affects").Select(one => one.Text("ref")).OfType<string>().Select(reference => Product(reference, components)).ToList();
        wrong =
            ids.Count == 0 ? "it names no vulnerability"
            : products.Count == 0 ? "it names nothing that it affects"
            : "its state is none of CycloneDX";
        if (ids.Count == 0 || products.Count == 0 || VexWords.Status(analysis.Text("state")) is not { } status)
        {
            return null;
        }

        return new VexStatement
        {
            Vulnerabilities = ids,
            Products = products,
            Status = status,
            Justification = VexWords.Justification(analysis.Text("justification")),
            Detail = analysis.Text("detail") ?? element.Text("recommendation") ?? "",
            Timestamp = VexWords.Time(analysis.Text("lastUpdated")) ?? VexWords.Time(analysis.Text("firstIssued")),
            Expires = VexWords.Time(element.Properties(VexWords.Expires).FirstOrDefault()),
            Place = place,
        };
    }

    /// <summary>A reference is a component's name here, a package URL, or a link into another BOM (urn:cdx:serial/version#ref).</summary>
    private static VexProduct Product(string reference, Dictionary<string, VexProduct> components)
    {
        if (components.TryGetValue(reference, out var known))
        {
            return known;
        }

        var local =
            reference.StartsWith("urn:cdx:", StringComparison.Ordinal) && reference.IndexOf('#', StringComparison.Ordinal) is > 0 and var at
                ? Uri.UnescapeDataString(reference[(at + 1)..])
                : reference;
        return PackageUrl.TryParse(local, out var package) ? new VexProduct(null, package, null) : new VexProduct(reference, null, null);
    }

    private static Dictionary<string, VexProduct> Components(JsonElement root)
    {
        var found = new Dictionary<string, VexProduct>(StringComparer.Ordinal);
        var waiting = new Queue<JsonElement>(root.Items("components"));
        while (waiting.TryDequeue(out var component))
        {
            if (component.Text("bom-ref") is { } reference && PackageUrl.TryParse(component.Text("purl"), out var package))
            {
                found.TryAdd(reference, new VexProduct(null, package with { Version = package.Version ?? component.Text("version") }, null));
            }

            foreach (var held in component.Items("components"))
            {
                waiting.Enqueue(held);
            }
        }

        return found;
    }

    private static string Author(JsonElement root)
    {
        var metadata = root.At("metadata");
        return metadata?.Items("authors").Select(one => one.Text("name") ?? one.Text("email")).OfType<string>().FirstOrDefault()
            ?? metadata?.At("manufacturer")?.Text("name")
            ?? metadata?.At("supplier")?.Text("name")
            ?? "";
    }
}
