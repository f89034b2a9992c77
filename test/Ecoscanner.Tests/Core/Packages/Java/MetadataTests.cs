using System.Text;
using Ecoscanner.Packages.Java;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Packages.Java;

/// <summary>The files and names that tell what a jar is, each for itself.</summary>
public sealed class MetadataTests
{
    [Fact]
    public void A_manifest_has_long_headers_and_sections_of_packages()
    {
        var manifest = Manifest.Parse(
            "Manifest-Version: 1.0\r\nImport-Package: a.b;version=\"[1,2)\",c\r\n .d;resolution:=optional\r\nbundle-symbolicname: x.y;singleton:=true\r\n\r\nName: org/apache/xerces/impl\r\nImplementation-Version: 2.11\r\n\r\nName: A.class\r\nSHA-256-Digest: x\r\n"u8
        );
        Assert.Equal("x.y", manifest.SymbolicName);
        var clauses = OsgiHeader.Parse(manifest["Import-Package"]).ToList();
        Assert.Equal([("a.b", false), ("c.d", true)], clauses.Select(clause => (clause.Path, clause.IsOptional)));
        Assert.Equal("[1,2)", clauses[0].Attributes["version"]);
        Assert.Equal("2.11", Assert.Single(manifest.Sections)["Implementation-Version"]);
    }

    [Fact]
    public void A_manifest_of_100_MB_is_cut()
    {
        var bytes = new byte[100 * 1024 * 1024];
        bytes.AsSpan().Fill((byte)'a');
        Encoding.UTF8.GetBytes("Implementation-Version: 1.0\nX: ").CopyTo(bytes, 0);
        Assert.Equal("1.0", Manifest.Parse(bytes)["Implementation-Version"]);
    }

    [Theory]
    [InlineData(
        "<project><groupId>g</groupId><artifactId>a</artifactId><version>1</version><dependencies><dependency><groupId>x</groupId><artifactId>y</artifactId><version>9</version></dependency></dependencies></project>",
        "g",
        "a",
        "1"
    )]
    [InlineData(
        "<project><parent><groupId>g</groupId><artifactId>p</artifactId><version>2</version></parent><artifactId>a</artifactId></project>",
        "g",
        "a",
        "2"
    )]
    [InlineData(
        "<project><groupId>g</groupId><artifactId>a</artifactId><version>${revision}${x}</version><properties><revision>3</revision><x>.1</x></properties></project>",
        "g",
        "a",
        "3.1"
    )]
    [InlineData(
        "<project><parent><groupId>g</groupId><version>4</version></parent><artifactId>a</artifactId><version>${project.parent.version}</version></project>",
        "g",
        "a",
        "4"
    )]
    [InlineData("<project><groupId>g</groupId><artifactId>a</artifactId><version>${unknown}</version></project>", "g", "a", null)]
    [InlineData(
        "<project><groupId>g</groupId><artifactId>a</artifactId><version>${a}</version><properties><a>${b}</a><b>${a}</b></properties></project>",
        "g",
        "a",
        null
    )]
    public void A_pom_tells_its_own_coordinates_and_no_others(string xml, string group, string artifact, string? version)
    {
        var pom = MavenPom.Parse(Encoding.UTF8.GetBytes(xml))!;
        Assert.Equal((group, artifact, version), (pom.Group, pom.Artifact, pom.Version));
    }

    [Theory]
    [InlineData("<!DOCTYPE project [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><project><groupId>&x;</groupId></project>")]
    [InlineData(
        "<!DOCTYPE p [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;\">]><project><groupId>&c;</groupId></project>"
    )]
    [InlineData("<html><groupId>g</groupId></html>")]
    [InlineData("<project><groupId>g")]
    [InlineData("")]
    public void XML_with_entities_or_of_another_kind_is_no_pom(string xml) => Assert.Null(MavenPom.Parse(Encoding.UTF8.GetBytes(xml)));

    [Fact]
    public void A_pom_that_is_a_hundred_thousand_deep_is_read_no_deeper_than_it_needs() =>
        Assert.Equal(
            "g",
            MavenPom
                .Parse(
                    Encoding.UTF8.GetBytes(
                        $"<project><groupId>g</groupId>{string.Concat(Enumerable.Repeat("<a>", 100_000))}{string.Concat(Enumerable.Repeat("</a>", 100_000))}</project>"
                    )
                )!
                .Group
        );

    [Theory]
    [InlineData("commons-io-2.11.0", "commons-io", "2.11.0", null)]
    [InlineData("guava-31.1-jre", "guava", "31.1-jre", null)]
    [InlineData("log4j-1.2-api-2.17.1", "log4j-1.2-api", "2.17.1", null)]
    [InlineData("bcprov-jdk15on-1.70", "bcprov-jdk15on", "1.70", null)]
    [InlineData("json-lib-2.4-jdk15", "json-lib", "2.4", "jdk15")]
    [InlineData("netty-transport-native-epoll-4.1.100.Final-linux-x86_64", "netty-transport-native-epoll", "4.1.100.Final", "linux-x86_64")]
    [InlineData("jaxb-impl-2.2.3-1", "jaxb-impl", "2.2.3-1", null)]
    [InlineData("guava-r09", "guava", "r09", null)]
    [InlineData("x-1.0-20240101.120000-1", "x", "1.0-20240101.120000-1", null)]
    [InlineData("x-1.0-beta-2-SNAPSHOT", "x", "1.0-beta-2-SNAPSHOT", null)]
    [InlineData("scala-xml_2.12-1.0.6", "scala-xml_2.12", "1.0.6", null)]
    [InlineData("org.eclipse.osgi_3.18.100.v2022", "org.eclipse.osgi", "3.18.100.v2022", null)]
    [InlineData("derby", "derby", null, null)]
    public void A_file_name_is_cut_where_the_version_begins(string stem, string artifact, string? version, string? classifier) =>
        Assert.Equal(new ArtifactVersion(artifact, version, classifier), JarFileName.Cut(stem)[0]);

    [Theory]
    [InlineData("1.0", "1.0.0", true)]
    [InlineData("4.3.30.RELEASE", "4.3.30-release", true)]
    [InlineData("1.0.0.Final", "1.0.Final", true)]
    [InlineData("1.10", "1.1", false)]
    [InlineData("2.0.0.M2", "2.0.0-M3", false)]
    public void Versions_are_the_same_however_they_are_separated(string first, string second, bool isSame) =>
        Assert.Equal(isSame, OsgiVersion.Same(first, second));

    [Theory]
    [InlineData("4.3.30.RELEASE", "4.3.30.RELEASE")]
    [InlineData("4.1.100.Final", "4.1.100.Final")]
    [InlineData("2.0.0.M2", "2.0.0-M2")]
    [InlineData("3.2.1.b003", "3.2.1-b003")]
    [InlineData("1.2.0.SNAPSHOT", "1.2.0-SNAPSHOT")]
    [InlineData("10.14.2.0", "10.14.2.0")]
    public void A_bundles_version_is_written_as_Maven_does(string bundle, string maven) => Assert.Equal(maven, OsgiVersion.AsMaven(bundle));

    [Theory]
    [InlineData("org.apache.maven", "maven-core", "org.apache.maven.core")]
    [InlineData("commons-io", "commons-io", "commons-io")]
    [InlineData("org.apache.felix", "org.apache.felix.main", "org.apache.felix.main")]
    [InlineData("org.yaml", "snakeyaml", "org.yaml.snakeyaml")]
    public void Mavens_bundle_plugin_makes_names_of_coordinates(string group, string artifact, string bundle) =>
        Assert.Equal(bundle, MavenBundle.Name(group, artifact));

    [Fact]
    public void Each_line_of_the_tables_is_read() =>
        Assert.All(
            ["known-artifacts.tsv", "debian-artifacts.tsv"],
            name =>
            {
                using var reader = new StreamReader(typeof(KnownArtifacts).Assembly.GetManifestResourceStream(name)!);
                var lines = reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList();
                Assert.NotEmpty(lines);
                Assert.Equal(lines.Count, lines.Distinct(StringComparer.Ordinal).Count());
                Assert.All(lines.Select(KnownArtifact.Parse), entry => Assert.NotNull(MavenCoordinates.Plain(entry.Group)));
            }
        );

    [Fact]
    public void Groups_that_were_renamed_are_told_apart_by_the_version()
    {
        string Group(string artifact, string version) => KnownArtifacts.Named(artifact).First(entry => entry.Published(version)).Group;
        Assert.Equal("dom4j", Group("dom4j", "1.6.1"));
        Assert.Equal("org.dom4j", Group("dom4j", "2.1.3"));
        Assert.Equal("c3p0", Group("c3p0", "0.9.1.2"));
        Assert.Equal("com.mchange", Group("c3p0", "0.9.5.5"));
    }

    [Fact]
    public void Whatever_stands_in_the_files_reading_ends() =>
        Fuzz.Run(random =>
        {
            string[] words =
            [
                "<project>",
                "</project>",
                "<groupId>",
                "</groupId>",
                "${project.version}",
                "${",
                "}",
                "<parent>",
                "&amp;",
                "&x;",
                "<![CDATA[",
                "]]>",
                "<version>",
                "</version>",
                "Bundle-SymbolicName: ",
                "\n ",
                "\r\n",
                "a.b;c=\"",
                ",",
                ";",
                ":=",
                "groupId=",
                "artifactId:",
                "version=1\\",
                "\0",
                "é",
                "-1.2",
                "META-INF/",
            ];
            var text = string.Concat(
                Enumerable
                    .Range(0, random.Next(1, 60))
                    .Select(_ => random.Next(4) == 0 ? new string((char)random.Next(1, 400), random.Next(1, 5)) : words[random.Next(words.Length)])
            );
            var bytes = Encoding.UTF8.GetBytes(text);
            MavenPom.Parse(bytes);
            MavenCoordinates.Read("META-INF/maven/g/a", bytes, bytes);
            var manifest = Manifest.Parse(bytes);
            _ = manifest.SymbolicName;
            _ = OsgiHeader.Parse(text).Count();
            var roots = new PackageRoots();
            roots.Add($"{text}.class");
            var facts = new JarFacts(text, manifest, [], roots);
            Assert.All(new JarIdentification(_ => [text]).Identify(facts), library => Assert.NotEmpty(library.Package.Name));
        });
}
