using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ecoscanner.Findings;
using Ecoscanner.Packages.Vex;

namespace Ecoscanner.Packages.Sbom;

/// <summary>
/// Writes an inventory as CycloneDX 1.6 JSON (ECMA-424), with the vulnerabilities where they are known. The same inventory of the same time gives the same bytes.
/// </summary>
public static class CycloneDxWriter
{
    internal const string PropertyPlacement = "ecoscanner:placement";
    internal const string PropertyDevelopment = "ecoscanner:development";
    internal const string PropertyOrigin = "ecoscanner:origin";
    internal const string PropertyPackage = "ecoscanner:package";
    internal const string PropertyRelocated = "ecoscanner:relocatedTo";
    internal const string PropertyRemoved = "ecoscanner:removed";
    internal const string PropertyGap = "ecoscanner:gap";

    private const string App = "app";

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <summary>Writes it.</summary>
    /// <param name="vulnerabilities">In the order they shall stand in.</param>
    public static void Write(IBufferWriter<byte> target, SbomSubject subject, Inventory inventory, IReadOnlyList<SbomVulnerability> vulnerabilities)
    {
        var draft = new ArrayBufferWriter<byte>();
        Write(draft, subject, inventory, vulnerabilities, Guid.Empty);
        Write(target, subject, inventory, vulnerabilities, SbomNames.Serial(draft.WrittenSpan));
    }

    private static void Write(
        IBufferWriter<byte> target,
        SbomSubject subject,
        Inventory inventory,
        IReadOnlyList<SbomVulnerability> vulnerabilities,
        Guid serial
    )
    {
        var references = SbomNames.References(inventory.Components);
        using var json = new Utf8JsonWriter(target, Options);
        json.WriteStartObject();
        json.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        json.WriteString("bomFormat", "CycloneDX");
        json.WriteString("specVersion", "1.6");
        json.WriteString("serialNumber", $"urn:uuid:{serial}");
        json.WriteNumber("version", 1);
        WriteMetadata(json, subject, inventory);
        json.WriteStartArray("components");
        for (var at = 0; at < references.Length; at++)
        {
            WriteComponent(json, inventory.Components[at], references[at]);
        }

        json.WriteEndArray();
        WriteDependencies(json, inventory.Graph, references);
        WriteCompositions(json, inventory);
        if (vulnerabilities.Count > 0)
        {
            json.WriteStartArray("vulnerabilities");
            foreach (var vulnerability in vulnerabilities)
            {
                WriteVulnerability(json, vulnerability, references);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, SbomSubject subject, Inventory inventory)
    {
        json.WriteStartObject("metadata");
        json.WriteString("timestamp", Time(subject.Created));
        json.WriteStartObject("tools");
        json.WriteStartArray("components");
        json.WriteStartObject();
        json.WriteString("type", "application");
        json.WriteString("name", "ecoscanner");
        json.WriteString("version", subject.Tool);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("component");
        json.WriteString("type", "application");
        json.WriteString("bom-ref", App);
        json.WriteString("name", subject.Name);
        WriteIfAny(json, "version", subject.Version);
        WriteHash(json, subject.Sha256);
        json.WriteEndObject();
        WriteProperties(json, inventory.Gaps.Select(gap => (PropertyGap, $"{gap.Place}: {gap.Reason}")));
        json.WriteEndObject();
    }

    private static void WriteComponent(Utf8JsonWriter json, Component component, string reference)
    {
        var (name, group) = Split(component.Package);
        json.WriteStartObject();
        json.WriteString("type", "library");
        json.WriteString("bom-ref", reference);
        WriteIfAny(json, "group", group);
        json.WriteString("name", name);
        WriteIfAny(json, "version", component.Package.Version);
        json.WriteString("scope", Scope(component));
        WriteHash(json, component.Sha256);
        if (component.Origin is null)
        {
            // What only bears the name has none: others would take it for the registry's.
            json.WriteString("purl", component.Package.ToString());
        }

        WriteProperties(json, Properties(component));
        WriteEvidence(json, component);
        json.WriteEndObject();
    }

    private static string Scope(Component component) =>
        component.IsDevelopment || component.Placement is Placement.HostProvided ? "excluded"
        : component.IsOptional || component.Placement is Placement.Unused ? "optional"
        : "required";

    private static IEnumerable<(string Name, string Value)> Properties(Component component)
    {
        yield return (PropertyPlacement, component.Placement.ToString());
        if (component.IsDevelopment)
        {
            yield return (PropertyDevelopment, "true");
        }

        if (component.Origin is { } origin)
        {
            yield return (PropertyOrigin, origin);
            yield return (PropertyPackage, component.Package.ToString());
        }

        if (component.RelocatedTo is { } relocated)
        {
            yield return (PropertyRelocated, relocated);
        }

        foreach (var removed in component.Removed)
        {
            yield return (PropertyRemoved, removed);
        }
    }

    private static void WriteEvidence(Utf8JsonWriter json, Component component)
    {
        var confidence = component.Confidence switch
        {
            Confidence.High => 1.0,
            Confidence.Medium => 0.6,
            _ => 0.3,
        };
        json.WriteStartObject("evidence");
        json.WriteStartArray("identity");
        json.WriteStartObject();
        json.WriteString("field", "purl");
        json.WriteNumber("confidence", confidence);
        if (component.Clues.Count > 0)
        {
            json.WriteStartArray("methods");
            foreach (var clue in component.Clues)
            {
                json.WriteStartObject();
                json.WriteString("technique", Technique(clue.Kind));
                json.WriteNumber("confidence", confidence);
                json.WriteString("value", clue.Says);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("occurrences");
        foreach (var place in component.Places)
        {
            json.WriteStartObject();
            json.WriteString("location", place);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Technique(ClueKind kind) =>
        kind switch
        {
            ClueKind.FileName => "filename",
            ClueKind.PackageRoots or ClueKind.ScriptSignature => "binary-analysis",
            ClueKind.ClassFingerprints => "ast-fingerprint",
            ClueKind.Sbom => "attestation",
            _ => "manifest-analysis",
        };

    private static void WriteDependencies(Utf8JsonWriter json, DependencyGraph graph, string[] references)
    {
        json.WriteStartArray("dependencies");
        WriteDependency(json, App, graph.Roots, references);
        for (var at = 0; at < references.Length; at++)
        {
            WriteDependency(json, references[at], graph.Brings[at], references);
        }

        json.WriteEndArray();
    }

    private static void WriteDependency(Utf8JsonWriter json, string reference, IReadOnlyList<int> brings, string[] references)
    {
        json.WriteStartObject();
        json.WriteString("ref", reference);
        if (brings.Count > 0)
        {
            json.WriteStartArray("dependsOn");
            foreach (var brought in brings)
            {
                json.WriteStringValue(references[brought]);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteCompositions(Utf8JsonWriter json, Inventory inventory)
    {
        json.WriteStartArray("compositions");
        json.WriteStartObject();
        json.WriteString("aggregate", inventory.Gaps.Count > 0 ? "incomplete" : "unknown");
        json.WriteStartArray("assemblies");
        json.WriteStringValue(App);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteVulnerability(Utf8JsonWriter json, SbomVulnerability vulnerability, string[] references)
    {
        json.WriteStartObject();
        json.WriteString("bom-ref", vulnerability.Id);
        json.WriteString("id", vulnerability.Id);
        WriteSource(json, "source", vulnerability.Source, vulnerability.Page);
        if (vulnerability.Aliases.Count > 0)
        {
            json.WriteStartArray("references");
            foreach (var alias in vulnerability.Aliases)
            {
                json.WriteStartObject();
                json.WriteString("id", alias);
                WriteSource(json, "source", alias.Split('-')[0], null);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteStartArray("ratings");
        json.WriteStartObject();
        if (vulnerability.Score is { } score)
        {
            json.WriteNumber("score", score);
        }

        json.WriteString("severity", vulnerability.Severity);
        if (vulnerability.Vector is { } vector)
        {
            json.WriteString("method", Method(vector));
            json.WriteString("vector", vector);
        }

        json.WriteEndObject();
        json.WriteEndArray();
        if (vulnerability.Weaknesses.Count > 0)
        {
            json.WriteStartArray("cwes");
            foreach (var weakness in vulnerability.Weaknesses)
            {
                json.WriteNumberValue(weakness);
            }

            json.WriteEndArray();
        }

        WriteIfAny(json, "description", vulnerability.Description);
        WriteIfAny(json, "recommendation", vulnerability.Recommendation);
        WriteAnalysis(json, vulnerability);
        json.WriteStartArray("affects");
        foreach (var component in vulnerability.Components)
        {
            json.WriteStartObject();
            json.WriteString("ref", references[component]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAnalysis(Utf8JsonWriter json, SbomVulnerability vulnerability)
    {
        if (vulnerability.Status is not { } status)
        {
            return;
        }

        json.WriteStartObject("analysis");
        json.WriteString("state", VexWords.CycloneDx(status));
        if (vulnerability.Justification is { } justification)
        {
            json.WriteString("justification", VexWords.CycloneDx(justification));
        }

        WriteIfAny(json, "detail", vulnerability.Detail);
        json.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter json, string property, string? name, Uri? page)
    {
        if (name is null && page is null)
        {
            return;
        }

        json.WriteStartObject(property);
        WriteIfAny(json, "name", name);
        WriteIfAny(json, "url", page?.AbsoluteUri);
        json.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter json, IEnumerable<(string Name, string Value)> properties)
    {
        var all = properties.ToList();
        if (all.Count == 0)
        {
            return;
        }

        json.WriteStartArray("properties");
        foreach (var (name, value) in all)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteHash(Utf8JsonWriter json, string? sha256)
    {
        if (sha256 is null)
        {
            return;
        }

        json.WriteStartArray("hashes");
        json.WriteStartObject();
        json.WriteString("alg", "SHA-256");
        json.WriteString("content", sha256);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteIfAny(Utf8JsonWriter json, string property, string? text)
    {
        if (text is { Length: > 0 })
        {
            json.WriteString(property, text);
        }
    }

    private static (string Name, string? Group) Split(PackageUrl package)
    {
        var at = package.Name.IndexOf(package.Ecosystem is Ecosystem.Maven ? ':' : '/', StringComparison.Ordinal);
        return at < 0 ? (package.Name, null) : (package.Name[(at + 1)..], package.Name[..at]);
    }

    private static string Method(string vector) =>
        vector.StartsWith("CVSS:4", StringComparison.Ordinal) ? "CVSSv4"
        : vector.StartsWith("CVSS:3.1", StringComparison.Ordinal) ? "CVSSv31"
        : vector.StartsWith("CVSS:3", StringComparison.Ordinal) ? "CVSSv3"
        : "other";

    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
