using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ecoscanner.Packages.Sbom;

/// <summary>Writes an inventory as SPDX 2.3 JSON (ISO/IEC 5962). The same inventory of the same time gives the same bytes.</summary>
public static class SpdxWriter
{
    private const string DocumentId = "SPDXRef-DOCUMENT";
    private const string AppId = "SPDXRef-app";
    private const string Unknown = "NOASSERTION";

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    public static void Write(IBufferWriter<byte> target, SbomSubject subject, Inventory inventory)
    {
        var draft = new ArrayBufferWriter<byte>();
        Write(draft, subject, inventory, Guid.Empty);
        Write(target, subject, inventory, SbomNames.Serial(draft.WrittenSpan));
    }

    private static void Write(IBufferWriter<byte> target, SbomSubject subject, Inventory inventory, Guid serial)
    {
        using var json = new Utf8JsonWriter(target, Options);
        json.WriteStartObject();
        json.WriteString("spdxVersion", "SPDX-2.3");
        json.WriteString("dataLicense", "CC0-1.0");
        json.WriteString("SPDXID", DocumentId);
        json.WriteString("name", subject.Name);
        // Nothing stands there, as the specification allows; it only has to be nobody else's.
        json.WriteString("documentNamespace", $"https://ecoscanner.invalid/spdx/{serial}");
        json.WriteStartObject("creationInfo");
        json.WriteString("created", CycloneDxWriter.Time(subject.Created));
        json.WriteStartArray("creators");
        json.WriteStringValue($"Tool: ecoscanner-{subject.Tool}");
        json.WriteEndArray();
        json.WriteEndObject();
        if (inventory.Gaps.Count > 0)
        {
            json.WriteString("comment", "Not looked into: " + string.Join("; ", inventory.Gaps.Select(gap => $"{gap.Place}: {gap.Reason}")));
        }

        json.WriteStartArray("packages");
        WriteApp(json, subject);
        for (var at = 0; at < inventory.Components.Count; at++)
        {
            WritePackage(json, inventory.Components[at], at);
        }

        json.WriteEndArray();
        json.WriteStartArray("relationships");
        WriteRelationship(json, DocumentId, "DESCRIBES", AppId);
        foreach (var root in inventory.Graph.Roots)
        {
            WriteEdge(json, AppId, root, inventory);
        }

        for (var at = 0; at < inventory.Components.Count; at++)
        {
            foreach (var brought in inventory.Graph.Brings[at])
            {
                WriteEdge(json, Id(at), brought, inventory);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteApp(Utf8JsonWriter json, SbomSubject subject)
    {
        json.WriteStartObject();
        json.WriteString("SPDXID", AppId);
        json.WriteString("name", subject.Name);
        if (subject.Version is { Length: > 0 } version)
        {
            json.WriteString("versionInfo", version);
        }

        json.WriteString("downloadLocation", Unknown);
        json.WriteBoolean("filesAnalyzed", false);
        json.WriteString("primaryPackagePurpose", "APPLICATION");
        WriteChecksum(json, subject.Sha256);
        json.WriteEndObject();
    }

    private static void WritePackage(Utf8JsonWriter json, Component component, int at)
    {
        json.WriteStartObject();
        json.WriteString("SPDXID", Id(at));
        json.WriteString("name", component.Package.Name);
        if (component.Package.Version is { Length: > 0 } version)
        {
            json.WriteString("versionInfo", version);
        }

        json.WriteString("downloadLocation", Unknown);
        json.WriteBoolean("filesAnalyzed", false);
        json.WriteString("packageFileName", component.Places[0]);
        json.WriteString("primaryPackagePurpose", "LIBRARY");
        WriteChecksum(json, component.Sha256);
        if (component.Origin is { } origin)
        {
            json.WriteString("sourceInfo", origin);
        }
        else
        {
            json.WriteStartArray("externalRefs");
            json.WriteStartObject();
            json.WriteString("referenceCategory", "PACKAGE-MANAGER");
            json.WriteString("referenceType", "purl");
            json.WriteString("referenceLocator", component.Package.ToString());
            json.WriteEndObject();
            json.WriteEndArray();
        }

        if (component.Places.Count > 1)
        {
            json.WriteString("comment", "Lies in: " + string.Join("; ", component.Places));
        }

        json.WriteEndObject();
    }

    private static void WriteEdge(Utf8JsonWriter json, string from, int to, Inventory inventory)
    {
        var component = inventory.Components[to];
        var kind =
            component.IsDevelopment ? "DEV_DEPENDENCY_OF"
            : component.Placement is Placement.HostProvided ? "PROVIDED_DEPENDENCY_OF"
            : component.IsOptional ? "OPTIONAL_DEPENDENCY_OF"
            : null;
        if (kind is null)
        {
            WriteRelationship(json, from, "DEPENDS_ON", Id(to));
        }
        else
        {
            WriteRelationship(json, Id(to), kind, from);
        }
    }

    private static void WriteRelationship(Utf8JsonWriter json, string from, string kind, string to)
    {
        json.WriteStartObject();
        json.WriteString("spdxElementId", from);
        json.WriteString("relationshipType", kind);
        json.WriteString("relatedSpdxElement", to);
        json.WriteEndObject();
    }

    private static void WriteChecksum(Utf8JsonWriter json, string? sha256)
    {
        if (sha256 is null)
        {
            return;
        }

        json.WriteStartArray("checksums");
        json.WriteStartObject();
        json.WriteString("algorithm", "SHA256");
        json.WriteString("checksumValue", sha256);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string Id(int at) => $"SPDXRef-{at}";
}
