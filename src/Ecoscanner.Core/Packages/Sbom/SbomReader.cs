using System.Text.Json;
using Ecoscanner.Findings;

namespace Ecoscanner.Packages.Sbom;

/// <summary>Reads SBOMs of others and of ours back into an inventory: CycloneDX 1.4 to 1.6 and SPDX 2.2 and 2.3, as JSON.</summary>
public static class SbomReader
{
    /// <summary>A larger one becomes a gap.</summary>
    public const int MaximumBytes = JsonElements.MaximumBytes;

    /// <summary>Reads it.</summary>
    /// <param name="name">The file's, for places.</param>
    /// <returns>Null where it is none of them.</returns>
    public static Inventory? Read(ReadOnlyMemory<byte> bytes, string name)
    {
        using var document = JsonElements.Parse(bytes);
        if (document is null)
        {
            return null;
        }

        var root = document.RootElement;
        var builder = new InventoryBuilder();
        var others = new List<string>();
        if (root.Text("bomFormat") == "CycloneDX")
        {
            ReadCycloneDx(root, builder, others, name);
        }
        else if (root.Text("spdxVersion")?.StartsWith("SPDX-2.", StringComparison.Ordinal) == true)
        {
            ReadSpdx(root, builder, others, name);
        }
        else
        {
            return null;
        }

        if (others.Count > 0)
        {
            builder.Gap(name, $"{others.Count} of its components have no package URL of Maven or npm, such as {others[0]}, and were left out");
        }

        return builder.Build();
    }

    private static void ReadCycloneDx(JsonElement root, InventoryBuilder builder, List<string> others, string name)
    {
        var known = new Dictionary<string, (int Component, Need Need)>(StringComparer.Ordinal);
        // What has no package of ours still brings what it brings.
        var app = root.At("metadata")?.At("component")?.Text("bom-ref");
        var needs = new List<Need>();
        var waiting = new Queue<(JsonElement Component, int? Holder)>(root.Items("components").Select(one => (one, (int?)null)));
        while (waiting.TryDequeue(out var at))
        {
            var holder = at.Holder;
            if (Component(at.Component, name, builder.Count) is { } component && builder.Add(component) is { } added)
            {
                var need = Need.Required;
                if (at.Component.Text("scope") is { } scope)
                {
                    need =
                        scope == "optional" && component.Placement is Placement.Bundled ? Need.Optional
                        : scope == "excluded" && component.Placement is Placement.Bundled ? Need.Development
                        : Need.Required;
                }

                needs.Add(need);
                if (at.Component.Text("bom-ref") is { } reference && !known.TryAdd(reference, (added, need)))
                {
                    builder.Gap(component.Places[0], "its bom-ref stands twice, so it is not known what brings it");
                }

                if (holder is { } above)
                {
                    builder.Bring(above, added, need);
                }

                holder = added;
            }
            else if (at.Component.Text("type") is not ("file" or "operating-system" or "data"))
            {
                others.Add(Shown(at.Component));
            }

            foreach (var held in at.Component.Items("components"))
            {
                waiting.Enqueue((held, holder));
            }
        }

        foreach (var dependency in root.Items("dependencies"))
        {
            var reference = dependency.Text("ref") ?? "";
            foreach (var brought in dependency.Items("dependsOn").Select(one => one.AsText()).OfType<string>())
            {
                if (known.TryGetValue(brought, out var to))
                {
                    Link(
                        builder,
                        reference == app ? null
                            : known.TryGetValue(reference, out var from) ? from.Component
                            : -1,
                        to
                    );
                }
            }
        }

        // Nothing says what it is needed for but its own scope.
        var isBrought = builder.IsBrought();
        for (var at = 0; at < needs.Count; at++)
        {
            if (!isBrought[at])
            {
                builder.Root(at, needs[at]);
            }
        }

        foreach (var gap in root.At("metadata")?.Properties(CycloneDxWriter.PropertyGap) ?? [])
        {
            var colon = gap.IndexOf(": ", StringComparison.Ordinal);
            builder.Gap(colon < 0 ? name : gap[..colon], colon < 0 ? gap : gap[(colon + 2)..]);
        }
    }

    private static void Link(InventoryBuilder builder, int? from, (int Component, Need Need) to)
    {
        if (from is null)
        {
            builder.Root(to.Component, to.Need);
        }
        else if (from >= 0)
        {
            builder.Bring(from.Value, to.Component, to.Need);
        }
    }

    private static Component? Component(JsonElement element, string name, int number)
    {
        var origin = element.Properties(CycloneDxWriter.PropertyOrigin).FirstOrDefault();
        if (!PackageUrl.TryParse(element.Text("purl") ?? element.Properties(CycloneDxWriter.PropertyPackage).FirstOrDefault(), out var package))
        {
            return null;
        }

        var evidence = element.At("evidence");
        var places = evidence?.Items("occurrences").Select(one => one.Text("location")).OfType<string>().ToList() ?? [];
        // An object until 1.5, a list from 1.6 on.
        var confidence = evidence?.Items("identity").Where(one => one.Text("field") == "purl").Select(one => one.Number("confidence")).FirstOrDefault();
        return new Component
        {
            Package = package with { Version = package.Version ?? element.Text("version") },
            Placement =
                Enum.TryParse<Placement>(element.Properties(CycloneDxWriter.PropertyPlacement).FirstOrDefault(), out var placement) && Enum.IsDefined(placement)
                    ? placement
                    : Placement.Bundled,
            Confidence = confidence switch
            {
                null or >= 0.8 => Confidence.High,
                >= 0.5 => Confidence.Medium,
                _ => Confidence.Low,
            },
            Places = places.Count > 0 ? places : [$"{name}#{element.Text("bom-ref") ?? $"components/{number}"}"],
            Clues = [new Clue(ClueKind.Sbom, $"{name}: {package}")],
            Origin = origin,
            RelocatedTo = element.Properties(CycloneDxWriter.PropertyRelocated).FirstOrDefault(),
            Removed = [.. element.Properties(CycloneDxWriter.PropertyRemoved)],
            Sha256 = element.Items("hashes").Where(one => one.Text("alg") == "SHA-256").Select(one => one.Text("content")).FirstOrDefault(IsSha256),
        };
    }

    private static void ReadSpdx(JsonElement root, InventoryBuilder builder, List<string> others, string name)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var relationships = root.Items("relationships").Select(Relationship).OfType<(string From, Need Need, Placement Placement, string To)>().ToList();
        var described = root.Items("relationships")
            .Where(one => one.Text("relationshipType") == "DESCRIBES")
            .Select(one => one.Text("relatedSpdxElement"))
            .Concat(root.Items("documentDescribes").Select(one => one.AsText()))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        var provided = relationships.ToLookup(one => one.To, one => one.Placement, StringComparer.Ordinal);
        foreach (var element in root.Items("packages"))
        {
            var id = element.Text("SPDXID") ?? "";
            var locator = element
                .Items("externalRefs")
                .Where(one => one.Text("referenceType") == "purl")
                .Select(one => one.Text("referenceLocator"))
                .FirstOrDefault();
            if (!PackageUrl.TryParse(locator, out var package))
            {
                if (!described.Contains(id))
                {
                    others.Add(element.Text("name") ?? id);
                }

                continue;
            }

            var component = new Component
            {
                Package = package with { Version = package.Version ?? element.Text("versionInfo") },
                Placement = provided[id].DefaultIfEmpty(Placement.Bundled).All(one => one is Placement.HostProvided)
                    ? Placement.HostProvided
                    : Placement.Bundled,
                Confidence = Confidence.High,
                Places = [element.Text("packageFileName") ?? $"{name}#{id}"],
                Clues = [new Clue(ClueKind.Sbom, $"{name}: {package}")],
                Sha256 = element
                    .Items("checksums")
                    .Where(one => one.Text("algorithm") == "SHA256")
                    .Select(one => one.Text("checksumValue"))
                    .FirstOrDefault(IsSha256),
            };
            if (builder.Add(component) is { } added && !known.TryAdd(id, added))
            {
                builder.Gap(component.Places[0], "its SPDXID stands twice, so it is not known what brings it");
            }
        }

        foreach (var (from, need, _, to) in relationships)
        {
            if (known.TryGetValue(to, out var target))
            {
                Link(
                    builder,
                    described.Contains(from) && !known.ContainsKey(from) ? null
                        : known.TryGetValue(from, out var source) ? source
                        : -1,
                    (target, need)
                );
            }
        }
    }

    private static (string From, Need Need, Placement Placement, string To)? Relationship(JsonElement element)
    {
        if (element.Text("spdxElementId") is not { } one || element.Text("relatedSpdxElement") is not { } other)
        {
            return null;
        }

        return element.Text("relationshipType") switch
        {
            "DEPENDS_ON" or "CONTAINS" => (one, Need.Required, Placement.Bundled, other),
            "DEPENDENCY_OF" or "CONTAINED_BY" or "RUNTIME_DEPENDENCY_OF" => (other, Need.Required, Placement.Bundled, one),
            "OPTIONAL_DEPENDENCY_OF" => (other, Need.Optional, Placement.Bundled, one),
            "PROVIDED_DEPENDENCY_OF" => (other, Need.Required, Placement.HostProvided, one),
            "DEV_DEPENDENCY_OF" or "TEST_DEPENDENCY_OF" or "BUILD_DEPENDENCY_OF" => (other, Need.Development, Placement.Bundled, one),
            _ => null,
        };
    }

    private static bool IsSha256(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);

    private static string Shown(JsonElement component) => component.Text("purl") ?? component.Text("name") ?? "one without a name";
}
