using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Ecoscanner.Findings;
using Ecoscanner.Packages;
using Ecoscanner.Packages.Sbom;
using Ecoscanner.Packages.Vex;
using Ecoscanner.Tests.Core.Packages.Node;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Packages.Sbom;

public sealed class SbomTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly SbomSubject Subject = new("my app", "1.0", "0.1.0", Noon) { Sha256 = new string('a', 64) };

    private static readonly Inventory Archive = new(
        [
            new Component
            {
                Package = new PackageUrl(Ecosystem.Maven, "org.yaml:snakeyaml", "1.33"),
                Placement = Placement.Bundled,
                Confidence = Confidence.High,
                Places = ["app.obr!/dependencies/a.jar!/META-INF/lib/b.jar", "app.obr!/c.jar"],
                Clues = [new Clue(ClueKind.PomProperties, "pom.properties: 1.33"), new Clue(ClueKind.FileName, "b.jar")],
                RelocatedTo = "com.acme.yaml",
                Removed = ["org.yaml.Bad"],
                Sha256 = new string('b', 64),
            },
            new Component
            {
                Package = new PackageUrl(Ecosystem.Maven, "org.osgi:core", null),
                Placement = Placement.HostProvided,
                Confidence = Confidence.Medium,
                Places = ["app.obr!/dz.jar"],
            },
            new Component
            {
                Package = new PackageUrl(Ecosystem.Maven, "org.yaml:snakeyaml", "1.33"),
                Placement = Placement.Unused,
                Confidence = Confidence.Low,
                Places = ["app.obr!/e.jar"],
                IsOptional = true,
            },
        ],
        new DependencyGraph(
            [0, 2],
            [
                [1],
                [0],
                [],
            ]
        ),
        [new InventoryGap("app.obr!/f.jar", "it is encrypted")]
    );

    private static readonly SbomVulnerability Vulnerability = new()
    {
        Id = "CVE-2022-1471",
        Aliases = ["GHSA-mjmj-j48q-9wg2"],
        Source = "GHSA",
        Page = new Uri("https://example.org/CVE-2022-1471"),
        Description = "SnakeYaml constructs any type",
        Score = 9.8,
        Vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        Severity = "critical",
        Weaknesses = [20, 502],
        Recommendation = "take 2.0",
        Components = [0, 2],
        Status = VexStatus.NotAffected,
        Justification = VexJustification.VulnerableCodeNotInExecutePath,
        Detail = "only our own files are read",
    };

    private static Inventory Lockfile => LockfileProject.Read(LockfileProject.App("npm11.package-lock.json"));

    [Fact]
    public void CycloneDX_holds_against_its_schema()
    {
        NodeSchemas.Validate(SharedData.Path("schemas/cyclonedx-bom-1.6.schema.json"), CycloneDx(Archive, Vulnerability));
        NodeSchemas.Validate(SharedData.Path("schemas/cyclonedx-bom-1.6.schema.json"), CycloneDx(Lockfile));
        NodeSchemas.Validate(SharedData.Path("schemas/cyclonedx-bom-1.6.schema.json"), CycloneDx(Inventory.Empty));
    }

    [Fact]
    public void CycloneDX_is_read_back_as_it_was()
    {
        var read = SbomReader.Read(Encoding.UTF8.GetBytes(CycloneDx(Archive, Vulnerability)), "bom.json")!;
        Assert.Equal(Archive.Gaps, read.Gaps);
        Assert.Equal(Archive.Components.Select(Told), read.Components.Select(Told));
        Assert.Equal(LockfileProject.Edges(Archive), LockfileProject.Edges(read));

        var lockfile = Lockfile;
        read = SbomReader.Read(Encoding.UTF8.GetBytes(CycloneDx(lockfile)), "bom.json")!;
        Assert.Equal(lockfile.Components.Select(Told), read.Components.Select(Told));
        Assert.Equal(LockfileProject.Edges(lockfile), LockfileProject.Edges(read));
    }

    [Fact]
    public void SPDX_is_read_back_without_what_has_no_package_URL()
    {
        var lockfile = Lockfile;
        var read = SbomReader.Read(Encoding.UTF8.GetBytes(Spdx(lockfile)), "bom.json")!;
        var known = lockfile.Components.Where(one => one.Origin is null).ToList();
        Assert.Equal(known.Select(one => (one.Package, one.IsDevelopment)), read.Components.Select(one => (one.Package, one.IsDevelopment)));
        Assert.Contains("debug@4.3.4 > ms@2.1.2", LockfileProject.Edges(read));
        Assert.Contains("3 of its components have no package URL", Assert.Single(read.Gaps).Reason, StringComparison.Ordinal);
        Assert.Equal(
            Placement.HostProvided,
            SbomReader.Read(Encoding.UTF8.GetBytes(Spdx(Archive)), "bom.json")!.Components.Single(one => one.Package.Name == "org.osgi:core").Placement
        );
    }

    [Fact]
    public void SPDX_has_what_the_specification_wants()
    {
        var document = JsonNode.Parse(Spdx(Archive))!;
        Assert.Equal(
            ("SPDX-2.3", "CC0-1.0", "SPDXRef-DOCUMENT", "my app"),
            ((string)document["spdxVersion"]!, (string)document["dataLicense"]!, (string)document["SPDXID"]!, (string)document["name"]!)
        );
        Assert.Equal("2026-01-02T12:00:00Z", (string)document["creationInfo"]!["created"]!);
        Assert.All(document["packages"]!.AsArray(), package => Assert.Equal("NOASSERTION", (string)package!["downloadLocation"]!));
        var ids = document["packages"]!.AsArray().Select(package => (string)package!["SPDXID"]!).Append("SPDXRef-DOCUMENT").ToHashSet();
        Assert.All(
            document["relationships"]!.AsArray(),
            one => Assert.True(ids.Contains((string)one!["spdxElementId"]!) && ids.Contains((string)one["relatedSpdxElement"]!))
        );
    }

    [Fact]
    public void The_same_gives_the_same_bytes_and_another_one_another_serial()
    {
        Assert.Equal(CycloneDx(Archive), CycloneDx(Archive));
        Assert.NotEqual(JsonNode.Parse(CycloneDx(Archive))!["serialNumber"]!.ToString(), JsonNode.Parse(CycloneDx(Lockfile))!["serialNumber"]!.ToString());
        Assert.Equal(Spdx(Archive), Spdx(Archive));
    }

    [Fact]
    public void What_only_bears_a_name_has_no_package_URL_that_others_would_match()
    {
        var local = JsonNode.Parse(CycloneDx(Lockfile))!["components"]!.AsArray().Single(one => (string)one!["name"]! == "local")!;
        Assert.Null(local["purl"]);
    }

    [Theory]
    [InlineData("""{"bomFormat": "CycloneDX", "specVersion": "1.4", "components": [{"type": "library", "name": "a", "purl": "pkg:npm/a@1.0.0"}]}""", "a@1.0.0")]
    [InlineData(
        """{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{"type": "library", "name": "a", "version": "2", "purl": "pkg:npm/a", "evidence": {"identity": {"field": "purl", "confidence": 0.4}}}]}""",
        "a@2"
    )]
    [InlineData(
        """{"spdxVersion": "SPDX-2.2", "packages": [{"SPDXID": "SPDXRef-a", "name": "a", "externalRefs": [{"referenceType": "purl", "referenceLocator": "pkg:npm/a@1.0.0"}]}]}""",
        "a@1.0.0"
    )]
    public void Older_versions_are_read(string text, string name) =>
        Assert.Equal(name, LockfileProject.Name(Assert.Single(SbomReader.Read(Encoding.UTF8.GetBytes(text), "bom.json")!.Components)));

    [Fact]
    public void Components_in_components_are_held_by_them_and_others_packages_are_a_gap()
    {
        const string Text = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
              {"type": "library", "bom-ref": "a", "name": "a", "purl": "pkg:maven/g/a@1", "components": [{"type": "library", "name": "b", "purl": "pkg:maven/g/b@1"}]},
              {"type": "library", "name": "c", "purl": "pkg:pypi/c@1"}]}
            """;
        var inventory = SbomReader.Read(Encoding.UTF8.GetBytes(Text), "bom.json")!;
        Assert.Equal(["> g:a@1", "g:a@1 > g:b@1"], LockfileProject.Edges(inventory));
        Assert.Contains("pkg:pypi/c@1", Assert.Single(inventory.Gaps).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"CycloneDX\"")]
    [InlineData("<bom/>")]
    public void What_is_no_SBOM_is_told_apart(string text) => Assert.Null(SbomReader.Read(Encoding.UTF8.GetBytes(text), "bom.json"));

    [Fact]
    public void Any_damage_ends_in_an_inventory_or_nothing()
    {
        string[] documents = [CycloneDx(Archive, Vulnerability), CycloneDx(Lockfile), Spdx(Archive), Spdx(Lockfile)];
        Fuzz.Run(random =>
        {
            var text = new StringBuilder(documents[random.Next(documents.Length)]);
            for (var count = random.Next(1, 6); count > 0; count--)
            {
                var at = random.Next(text.Length - 60);
                switch (random.Next(3))
                {
                    case 0:
                        text.Remove(at, random.Next(30));
                        break;
                    case 1:
                        text.Insert(at, random.GetItems<string>(["null", "[]", "{}", "1", "\"", "\\ud800", ","], 1)[0]);
                        break;
                    default:
                        // Whole values of another kind leave the document JSON.
                        text.Replace("\": \"", "\": 7, \"x\": \"", at, 60);
                        break;
                }
            }

            var bytes = Encoding.UTF8.GetBytes(text.ToString());
            _ = SbomReader.Read(bytes, "bom.json");
            _ = CycloneDxVex.Read(bytes, "bom.json");
        });
    }

    private static (PackageUrl, Placement, Confidence, string, bool, bool, string?, string?, string) Told(Component one) =>
        (
            one.Package,
            one.Placement,
            one.Confidence,
            string.Join(' ', one.Places),
            one.IsDevelopment,
            // Scopes of the format have no word for what is not loaded and optional.
            one.IsOptional
                && one.Placement is Placement.Bundled,
            one.Sha256,
            one.Origin,
            one.RelocatedTo + string.Join(' ', one.Removed)
        );

    private static string CycloneDx(Inventory inventory, params SbomVulnerability[] vulnerabilities)
    {
        var target = new ArrayBufferWriter<byte>();
        CycloneDxWriter.Write(target, Subject, inventory, vulnerabilities);
        return Encoding.UTF8.GetString(target.WrittenSpan);
    }

    private static string Spdx(Inventory inventory)
    {
        var target = new ArrayBufferWriter<byte>();
        SpdxWriter.Write(target, Subject, inventory);
        return Encoding.UTF8.GetString(target.WrittenSpan);
    }
}
