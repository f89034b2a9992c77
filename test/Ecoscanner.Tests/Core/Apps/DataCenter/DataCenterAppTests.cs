using System.Text;
using Ecoscanner.Apps;
using Ecoscanner.Apps.DataCenter;
using Ecoscanner.Packages;
using Ecoscanner.Packages.Java;
using Ecoscanner.Source;
using Ecoscanner.Tests.Core.Packages.Java;
using Ecoscanner.Tests.Core.Source;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Apps.DataCenter;

public sealed class DataCenterAppTests : IDisposable
{
    private const string Descriptor = """
        <atlassian-plugin key="com.acme.notes" name="Notes" plugins-version="2">
          <plugin-info>
            <description>Notes</description>
            <version>2.1.0</version>
            <vendor name="Acme" url="https://acme.example"/>
            <application-version min="9.0" max="10.3"/>
            <param name="atlassian-data-center-compatible">true</param>
            <bundle-instructions><Import-Package>com.atlassian.sal.api,org.slf4j</Import-Package></bundle-instructions>
          </plugin-info>
          <servlet key="s" class="com.acme.Servlet"><url-pattern>/notes</url-pattern></servlet>
        </atlassian-plugin>
        """;

    private static readonly MadeUpLibrary Yaml = MadeUpLibrary.All[0];
    private static readonly MadeUpLibrary Io = MadeUpLibrary.All[1];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ecoscanner-datacenter");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_plugin_says_what_it_is_and_what_it_brings()
    {
        var app = Read("notes.jar", Plugin("Manifest-Version: 1.0\n\n"));
        Assert.Equal(("com.acme.notes", "Notes", "Data Center", "2.1.0", "notes.jar"), (app.Key, app.Name, app.Hosting, app.Version, app.PluginPlace));
        Assert.Equal(
            ("Acme", "https://acme.example", 2, "9.0", "10.3"),
            (
                app.Descriptor!.Vendor,
                app.Descriptor.VendorUrl,
                app.Descriptor.PluginsVersion,
                app.Descriptor.MinimumHostVersion,
                app.Descriptor.MaximumHostVersion
            )
        );
        Assert.Equal("true", app.Descriptor.Parameters["atlassian-data-center-compatible"]);
        // The host makes a bundle of it, with what stands in META-INF/lib, and the imports that the descriptor asks for.
        Assert.Equal(
            [("org.yaml:snakeyaml", Placement.Bundled), ("commons-io:commons-io", Placement.Unused), ("org.slf4j:slf4j-api", Placement.HostProvided)],
            app.Inventory.Components.Select(component => (component.Package.Name, component.Placement))
                .Where(component => !component.Name.StartsWith("com.atlassian", StringComparison.Ordinal))
        );
        Assert.Equal(["com.atlassian.sal.api", "org.slf4j"], app.HostPackages);
        Assert.Empty(app.Inventory.Gaps);
    }

    [Fact]
    public void A_bundle_loads_what_its_class_path_names()
    {
        var app = Read(
            "notes.jar",
            Plugin("Bundle-SymbolicName: notes\nBundle-ClassPath: .,old/commons-io-2.11.0.jar\nImport-Package: org.yaml.snakeyaml\n\n")
        );
        Assert.Equal(
            [("org.yaml:snakeyaml", Placement.Unused), ("commons-io:commons-io", Placement.Bundled)],
            app.Inventory.Components.Select(component => (component.Package.Name, component.Placement))
        );
        Assert.All(
            Read("notes.jar", Plugin("Bundle-SymbolicName: notes\n\n")).Inventory.Components.Where(component => component.Sha256 is not null),
            component => Assert.Equal(Placement.Unused, component.Placement)
        );
    }

    [Fact]
    public void An_OBR_brings_a_plugin_and_bundles_and_what_they_hold()
    {
        var bundle = Io.Jar(MadeUpStyle.Bundle, 1, [("META-INF/lib/snakeyaml-1.33.jar", Yaml.Jar(MadeUpStyle.NameOnly, 1).Bytes)]);
        var app = Read(
            "notes.obr",
            ZipBuilder.Of(
                ("obr.xml", "<repository/>"u8.ToArray()),
                ("notes-2.1.0.jar", Plugin("Atlassian-Plugin-Key: com.acme.notes\n\n")),
                ($"dependencies/{bundle.File}", bundle.Bytes)
            )
        );
        Assert.Equal("notes.obr!/notes-2.1.0.jar", app.PluginPlace);
        Assert.Equal(
            [
                "commons-io:commons-io Bundled notes.obr!/dependencies/commons-io-2.11.0.jar",
                "commons-io:commons-io Unused notes.obr!/notes-2.1.0.jar!/old/commons-io-2.11.0.jar",
                "org.yaml:snakeyaml Bundled notes.obr!/notes-2.1.0.jar!/META-INF/lib/snakeyaml-1.33.jar",
                // A bundle without a class path loads itself alone.
                "org.yaml:snakeyaml Unused notes.obr!/dependencies/commons-io-2.11.0.jar!/META-INF/lib/snakeyaml-1.33.jar",
            ],
            app.Inventory.Components.Where(component => component.Placement != Placement.HostProvided)
                .Select(component => $"{component.Package.Name} {component.Placement} {string.Join(' ', component.Places)}")
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void An_app_that_took_in_more_classes_than_it_has_is_still_not_its_own_library()
    {
        var app = Read(
            "notes.jar",
            ZipBuilder.Of([
                ("atlassian-plugin.xml", Encoding.UTF8.GetBytes(Descriptor)),
                ("com/acme/Servlet.class", MadeUpLibrary.Class),
                ("META-INF/maven/com.acme/notes/pom.properties", "groupId=com.acme\nartifactId=notes\nversion=2.1.0\n"u8.ToArray()),
                ($"{Io.PomFolder}/pom.properties", Encoding.UTF8.GetBytes(Io.Properties)),
                .. Io.Classes(),
            ])
        );
        var library = Assert.Single(app.Inventory.Components, component => component.Placement != Placement.HostProvided);
        Assert.Equal(("commons-io:commons-io", "2.11.0", "notes.jar"), (library.Package.Name, library.Package.Version, Assert.Single(library.Places)));
    }

    [Fact]
    public void What_holds_what_is_kept()
    {
        var outer = Io.Jar(MadeUpStyle.Properties, 1, [("META-INF/lib/snakeyaml-1.33.jar", Yaml.Jar(MadeUpStyle.NameOnly, 1).Bytes)]);
        var inventory = Of("x.zip", ZipBuilder.Of((outer.File, outer.Bytes), ("a/" + outer.File, outer.Bytes)));
        Assert.Equal(["commons-io:commons-io", "org.yaml:snakeyaml"], inventory.Components.Select(component => component.Package.Name));
        Assert.Equal(["x.zip!/commons-io-2.11.0.jar", "x.zip!/a/commons-io-2.11.0.jar"], inventory.Components[0].Places);
        Assert.Equal([0], inventory.Graph.Roots);
        Assert.Equal([1], inventory.Graph.Brings[0]);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><atlassian-plugin key=\"&a;\"/>", "no XML that is read here")]
    [InlineData("<plugin/>", "does not begin with <atlassian-plugin>")]
    [InlineData("", "no XML that is read here")]
    public void A_descriptor_that_cannot_be_read_is_a_gap_and_the_libraries_are_found(string xml, string reason)
    {
        var app = Read(
            "notes.jar",
            ZipBuilder.Of(("atlassian-plugin.xml", Encoding.UTF8.GetBytes(xml)), ("META-INF/lib/snakeyaml-1.33.jar", Yaml.Jar(MadeUpStyle.NameOnly, 1).Bytes))
        );
        Assert.Equal(("notes", null), (app.Key, app.Descriptor));
        Assert.Contains(reason, Assert.Single(app.Inventory.Gaps).Reason, StringComparison.Ordinal);
        Assert.Single(app.Inventory.Components);
    }

    [Fact]
    public void What_is_no_app_says_so()
    {
        Assert.Contains(
            "no jar in it has atlassian-plugin.xml",
            Assert.Throws<InvalidDataException>(() => Read("x.jar", Yaml.Jar(MadeUpStyle.Properties, 1).Bytes)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains("no ZIP file", Assert.Throws<InvalidDataException>(() => Read("x.jar", [1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Equal("x.jar", Assert.Single(Of("x.jar", [1, 2, 3]).Gaps).Place);
    }

    [Fact]
    public void Archives_in_archives_without_end_are_read_to_a_depth()
    {
        var bytes = ZipBuilder.Of(("a.txt", "x"u8.ToArray()));
        for (var depth = 0; depth < 30; depth++)
        {
            bytes = new ZipBuilder().Add("in.jar", bytes, isStored: true).Build();
        }

        Assert.Contains("deeper than 16 archives", Assert.Single(Of("x.zip", bytes).Gaps).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_multiplies_itself_ends_at_the_limits()
    {
        var bytes = ZipBuilder.Of(("a.txt", "x"u8.ToArray()));
        for (var depth = 0; depth < 12; depth++)
        {
            bytes = ZipBuilder.Of(Enumerable.Range(0, 8).Select(at => ($"{at}.jar", bytes)));
        }

        var gaps = Of("x.zip", bytes, ArchiveReading.Default with { Limits = new ArchiveLimits { TotalEntries = 5000 } }).Gaps;
        Assert.NotEmpty(gaps);
        Assert.All(gaps, gap => Assert.Contains("entries", gap.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_descriptor_of_any_bytes_is_read_or_refused() =>
        Fuzz.Run(random =>
        {
            var bytes = Encoding.UTF8.GetBytes(Descriptor);
            for (var change = random.Next(1, 10); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                PluginDescriptor.Read(bytes);
            }
            catch (DescriptorException e)
            {
                Assert.NotEmpty(e.Message);
            }
        });

    private static byte[] Plugin(string manifest) =>
        ZipBuilder.Of(
            ("META-INF/MANIFEST.MF", Encoding.UTF8.GetBytes(manifest)),
            ("atlassian-plugin.xml", Encoding.UTF8.GetBytes(Descriptor)),
            ("com/acme/Servlet.class", MadeUpLibrary.Class),
            ("META-INF/maven/com.acme/notes/pom.properties", "groupId=com.acme\nartifactId=notes\nversion=2.1.0\n"u8.ToArray()),
            ("META-INF/lib/snakeyaml-1.33.jar", Yaml.Jar(MadeUpStyle.NameOnly, 1).Bytes),
            ("old/commons-io-2.11.0.jar", Io.Jar(MadeUpStyle.NameOnly, 1).Bytes)
        );

    private DataCenterApp Read(string name, byte[] bytes) => DataCenterAppReader.Read(Write(name, bytes), ArchiveReading.Default, CancellationToken.None);

    private Inventory Of(string name, byte[] bytes, ArchiveReading? reading = null) =>
        DataCenterInventory.Of(Write(name, bytes), reading ?? ArchiveReading.Default, CancellationToken.None);

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
