using System.Buffers;
using System.Text;
using Ecoscanner.Findings;
using Ecoscanner.Packages;
using Ecoscanner.Packages.Vex;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Packages.Vex;

public sealed class VexTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly PackageUrl Yaml = new(Ecosystem.Maven, "org.yaml:snakeyaml", "1.33");

    private static readonly VexStatement[] Statements =
    [
        new()
        {
            Vulnerabilities = ["CVE-2022-1471", "GHSA-mjmj-j48q-9wg2"],
            Products = [new VexProduct(null, Yaml, null), new VexProduct("https://example.org/app@1.0", Yaml, "app.obr!/lib/a b.jar")],
            Status = VexStatus.NotAffected,
            Justification = VexJustification.VulnerableCodeNotInExecutePath,
            Detail = "only our own files are read",
            Author = "security@acme.example",
            Timestamp = Noon,
            Expires = Noon.AddDays(30),
            Place = "vex.json#/statements/0",
        },
        new()
        {
            Vulnerabilities = ["CVE-2020-1"],
            Products = [new VexProduct("https://example.org/app@1.0", null, null)],
            Status = VexStatus.Affected,
            Detail = "update",
            Author = "someone else",
            Place = "vex.json#/statements/1",
        },
    ];

    [Fact]
    public void OpenVEX_is_read_back_as_it_was_written()
    {
        var read = OpenVex.Read(Encoding.UTF8.GetBytes(Written()), "vex.json")!;
        Assert.Empty(read.Gaps);
        // What names no time is of the document's.
        Assert.Equal([Told(Statements[0]), Told(Statements[1] with { Timestamp = Noon })], read.Statements.Select(Told));
    }

    [Fact]
    public void OpenVEX_holds_against_its_schema() => NodeSchemas.Validate(SharedData.Path("schemas/openvex_json_schema.json"), Written());

    [Theory]
    [InlineData("CVE-2022-1471", "org.yaml:snakeyaml", "1.33", 1, true)]
    [InlineData("ghsa-mjmj-j48q-9wg2", "org.yaml:snakeyaml", "1.33", 1, true)]
    [InlineData("CVE-2022-1471", "org.yaml:snakeyaml", "1.33", 31, false)]
    [InlineData("CVE-2022-1471", "org.yaml:snakeyaml", "1.34", 1, false)]
    [InlineData("CVE-2022-1471", "org.yaml:other", "1.33", 1, false)]
    [InlineData("CVE-2022-1472", "org.yaml:snakeyaml", "1.33", 1, false)]
    public void A_statement_covers_what_it_names_as_long_as_it_holds(string id, string name, string version, int days, bool covers) =>
        Assert.Equal(covers, Statements[0].Covers(Component(name, version), [id], Noon.AddDays(days)));

    [Fact]
    public void A_path_narrows_a_statement_and_a_whole_app_covers_no_component()
    {
        var narrow = Statements[0] with { Products = [Statements[0].Products[1]] };
        Assert.False(narrow.Covers(Component("org.yaml:snakeyaml", "1.33"), ["CVE-2022-1471"], Noon));
        Assert.True(narrow.Covers(Component("org.yaml:snakeyaml", "1.33") with { Places = ["app.obr!/lib/a b.jar"] }, ["CVE-2022-1471"], Noon));
        Assert.False(Statements[1].Covers(Component("org.yaml:snakeyaml", "1.33"), ["CVE-2020-1"], Noon));
    }

    [Fact]
    public void Statements_that_say_too_little_are_gaps()
    {
        const string Text = """
            {"@context": "https://openvex.dev/ns/v0.2.0", "author": "x", "statements": [
              {"vulnerability": {"name": "CVE-2020-1"}, "products": [{"@id": "pkg:npm/a@1"}], "status": "fixed"},
              {"vulnerability": {"name": "CVE-2020-1"}, "products": [{"@id": "pkg:npm/a@1"}], "status": "harmless"},
              {"vulnerability": {"name": "CVE-2020-1"}, "status": "fixed"},
              {"products": ["pkg:npm/a@1"], "status": "fixed"},
              7]}
            """;
        var read = OpenVex.Read(Encoding.UTF8.GetBytes(Text), "vex.json")!;
        Assert.Single(read.Statements);
        Assert.Equal(
            ["vex.json#/statements/1", "vex.json#/statements/2", "vex.json#/statements/3", "vex.json#/statements/4"],
            read.Gaps.Select(gap => gap.Place)
        );
    }

    [Fact]
    public void The_first_version_of_OpenVEX_is_read()
    {
        const string Text = """
            {"@context": "https://openvex.dev/ns", "author": "x", "timestamp": "2023-01-01T00:00:00+02:00", "statements": [
              {"vulnerability": "CVE-2020-1", "products": ["pkg:npm/a@1"], "status": "not_affected", "justification": "component_not_present"}]}
            """;
        var statement = Assert.Single(OpenVex.Read(Encoding.UTF8.GetBytes(Text), "vex.json")!.Statements);
        Assert.Equal(new PackageUrl(Ecosystem.Npm, "a", "1"), statement.Products[0].Package);
        Assert.Equal(new DateTimeOffset(2022, 12, 31, 22, 0, 0, TimeSpan.Zero), statement.Timestamp);
    }

    [Fact]
    public void Analyses_of_CycloneDX_are_read()
    {
        const string Text = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"timestamp": "2026-01-01T00:00:00Z", "authors": [{"name": "Ada"}]},
             "components": [{"type": "library", "bom-ref": "x", "name": "a", "purl": "pkg:npm/a@1"}],
             "vulnerabilities": [
              {"id": "CVE-2020-1", "references": [{"id": "GHSA-1"}], "analysis": {"state": "not_affected", "justification": "requires_configuration", "detail": "off"},
               "affects": [{"ref": "x"}, {"ref": "urn:cdx:0/1#pkg:npm/b@2"}], "properties": [{"name": "ecoscanner:expires", "value": "2026-06-01"}]},
              {"id": "CVE-2020-2", "affects": [{"ref": "x"}]},
              {"id": "CVE-2020-3", "analysis": {"state": "odd"}, "affects": [{"ref": "x"}]}]}
            """;
        var read = CycloneDxVex.Read(Encoding.UTF8.GetBytes(Text), "vex.json")!;
        var statement = Assert.Single(read.Statements);
        Assert.Equal(["CVE-2020-1", "GHSA-1"], statement.Vulnerabilities);
        Assert.Equal(["pkg:npm/a@1", "pkg:npm/b@2"], statement.Products.Select(product => product.Package!.ToString()));
        Assert.Equal(
            (
                VexStatus.NotAffected,
                VexJustification.VulnerableCodeCannotBeControlledByAdversary,
                "off",
                "Ada",
                new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero)
            ),
            (statement.Status, statement.Justification!.Value, statement.Detail, statement.Author, statement.Expires!.Value)
        );
        Assert.Equal("vex.json#/vulnerabilities/2", Assert.Single(read.Gaps).Place);
    }

    [Fact]
    public void Any_damage_ends_in_statements_or_nothing()
    {
        var document = Written();
        Fuzz.Run(random =>
        {
            var text = new StringBuilder(document);
            for (var count = random.Next(1, 4); count > 0; count--)
            {
                var at = random.Next(text.Length - 40);
                text.Replace("\": \"", random.GetItems<string>(["\": 7, \"", "\": null, \"", "\": [\"a\"], \"", "\": {}, \""], 1)[0], at, 40);
                text[at] = random.Next(4) == 0 ? (char)random.Next(256) : text[at];
            }

            _ = OpenVex.Read(Encoding.UTF8.GetBytes(text.ToString()), "vex.json");
        });
    }

    private static (string, string, VexStatus, VexJustification?, string, string, DateTimeOffset?, DateTimeOffset?, string) Told(VexStatement one) =>
        (
            string.Join(' ', one.Vulnerabilities),
            string.Join(' ', one.Products),
            one.Status,
            one.Justification,
            one.Detail,
            one.Author,
            one.Timestamp,
            one.Expires,
            one.Place
        );

    private static string Written()
    {
        var target = new ArrayBufferWriter<byte>();
        OpenVex.Write(target, Statements, "security@acme.example", Noon);
        return Encoding.UTF8.GetString(target.WrittenSpan);
    }

    private static Component Component(string name, string version) =>
        new()
        {
            Package = new PackageUrl(Ecosystem.Maven, name, version),
            Placement = Placement.Bundled,
            Confidence = Confidence.High,
            Places = ["app.obr!/other.jar"],
        };
}
