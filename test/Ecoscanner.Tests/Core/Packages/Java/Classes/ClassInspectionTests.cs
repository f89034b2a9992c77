using System.IO.Compression;
using System.Text;
using Ecoscanner.Apps.DataCenter;
using Ecoscanner.Packages;
using Ecoscanner.Packages.Java;
using Ecoscanner.Packages.Java.Classes;

namespace Ecoscanner.Tests.Core.Packages.Java.Classes;

/// <summary>Code without metadata in archives.</summary>
public sealed class ClassInspectionTests
{
    private static readonly Lazy<PackagedLibrary> Release = new(() => TinyLibrary.Release(2));

    private static readonly Lazy<PackagedLibrary> App = new(() =>
        JavaSources.Compile(
            "com.shop:app",
            "5",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["com/shop/app/Main"] =
                    """package com.shop.app; public class Main { int a = 77; public String run(String what) { return what.trim() + "the app runs its own things" + a; } }""",
            }
        )
    );

    private static ArchiveReading Reading
    {
        get
        {
            var builder = new FingerprintBuilder();
            builder.Add(TinyLibrary.Name, "1.2", Release.Value.Found(new ClassFingerprinter()));
            return ArchiveReading.Default.With(builder.Index("test"));
        }
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("com/shop/shaded/", "com.shop.shaded")]
    public void A_library_in_the_classes_of_an_app_is_found(string prefix, string? movedTo)
    {
        var library = Release.Value.Relocated("org/acme/tiny", $"{prefix}org/acme/tiny");
        var inventory = Read([.. Plugin(), .. Entries(App.Value), .. Entries(library)]);
        var component = Assert.Single(inventory.Components);
        Assert.Equal(new PackageUrl(Ecosystem.Maven, TinyLibrary.Name, "1.2"), component.Package);
        Assert.Equal((Placement.Bundled, movedTo), (component.Placement, component.RelocatedTo));
        Assert.Equal("app.jar", component.Places[0]);
        Assert.Empty(inventory.Gaps);
    }

    [Fact]
    public void Classes_of_no_known_library_are_a_gap()
    {
        var strange = JavaSources.Compile(
            "a:b",
            "1",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["net/strange/thing/Odd"] =
                    """package net.strange.thing; public class Odd { long b = 99999999L; public int odd(String what) { return what.length() + "nobody knows this one".indexOf(what); } }""",
            }
        );
        var inventory = Read([.. Plugin(), .. Entries(App.Value), .. Entries(strange)]);
        Assert.Contains(inventory.Gaps, gap => gap.Reason.Contains("unidentified classes below net.strange.thing", StringComparison.Ordinal));
    }

    [Fact]
    public void A_class_that_is_none_is_a_gap_and_the_rest_is_told()
    {
        var inventory = Read([.. Plugin(), .. Entries(App.Value), .. Entries(Release.Value), ("org/acme/Broken.class", [1, 2, 3])]);
        Assert.Equal("app.jar!/org/acme/Broken.class", Assert.Single(inventory.Gaps).Place);
        Assert.Single(inventory.Components);
    }

    [Fact]
    public void A_library_with_metadata_is_told_without_its_classes_and_with_what_was_removed()
    {
        var inventory = Read(
            ArchiveReading.Default,
            [
                ("META-INF/maven/log4j/log4j/pom.properties", Encoding.UTF8.GetBytes("groupId=log4j\nartifactId=log4j\nversion=1.2.17\n")),
                ("org/apache/log4j/Logger.class", [0]),
                ("org/apache/log4j/net/JMSSink.class", [0]),
            ]
        );
        var component = Assert.Single(inventory.Components);
        Assert.Equal("log4j:log4j", component.Package.Name);
        Assert.Contains("org.apache.log4j.net.JMSAppender", component.Removed);
        Assert.DoesNotContain("org.apache.log4j.net.JMSSink", component.Removed);
        Assert.Empty(inventory.Gaps);
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Plugin() =>
        [
            ("META-INF/MANIFEST.MF", Encoding.UTF8.GetBytes("Manifest-Version: 1.0\r\nAtlassian-Plugin-Key: com.shop.app\r\n")),
            ("META-INF/maven/com.shop/app/pom.properties", Encoding.UTF8.GetBytes("groupId=com.shop\nartifactId=app\nversion=5\n")),
        ];

    private static IEnumerable<(string Name, byte[] Bytes)> Entries(PackagedLibrary library) =>
        library.Classes.Select(type => ($"{type.Key}.class", type.Value));

    private static Inventory Read(IEnumerable<(string Name, byte[] Bytes)> entries) => Read(Reading, entries);

    private static Inventory Read(ArchiveReading reading, IEnumerable<(string Name, byte[] Bytes)> entries)
    {
        var folder = Directory.CreateTempSubdirectory("ecoscanner-classes");
        try
        {
            var path = Path.Combine(folder.FullName, "app.jar");
            using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
            {
                foreach (var (name, bytes) in entries)
                {
                    using var content = archive.CreateEntry(name).Open();
                    content.Write(bytes);
                }
            }

            return DataCenterInventory.Of(path, reading, CancellationToken.None);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
