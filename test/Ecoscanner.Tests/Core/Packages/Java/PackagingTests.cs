using System.Text.Json;
using Ecoscanner.Apps.DataCenter;
using Ecoscanner.Findings;
using Ecoscanner.Packages;
using Ecoscanner.Packages.Java;
using Ecoscanner.Tests.Core.Source;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Packages.Java;

/// <summary>Libraries in the ways that apps are shipped: what is found is exactly what was packed.</summary>
public sealed class PackagingTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Theory]
    [InlineData(nameof(MadeUpPackaging.Jar), 1)]
    [InlineData(nameof(MadeUpPackaging.Obr), 2)]
    [InlineData(nameof(MadeUpPackaging.War), 3)]
    [InlineData(nameof(MadeUpPackaging.Ear), 4)]
    [InlineData(nameof(MadeUpPackaging.Zip), 5)]
    public void Every_library_is_found_where_it_was_packed(string packaging, int seed) => Check(Enum.Parse<MadeUpPackaging>(packaging), new Random(seed));

    [Fact]
    public void However_it_was_packed_exactly_that_is_found() =>
        Fuzz.Run(random => Check((MadeUpPackaging)random.Next(Enum.GetValues<MadeUpPackaging>().Length), random));

    [Fact]
    public void An_archive_that_holds_itself_without_end_is_a_gap()
    {
        var folder = Directory.CreateTempSubdirectory("ecoscanner-packaging");
        try
        {
            var name = $"{new string('q', 26)}.jar";
            var bytes = QuineZip.Of(name);
            using (var zip = new System.IO.Compression.ZipArchive(new MemoryStream(bytes)))
            using (var entry = Assert.Single(zip.Entries).Open())
            {
                var again = new MemoryStream();
                entry.CopyTo(again);
                Assert.Equal(bytes, again.ToArray());
            }

            var path = Path.Combine(folder.FullName, "app.jar");
            File.WriteAllBytes(path, bytes);
            var inventory = DataCenterInventory.Of(path, ArchiveReading.Default, CancellationToken.None);
            Assert.Equal("it is the archive that it stands in, over and over", Assert.Single(inventory.Gaps).Reason);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Check(MadeUpPackaging packaging, Random random)
    {
        var artifact = MadeUpArtifact.Of(packaging, random);
        var folder = Directory.CreateTempSubdirectory("ecoscanner-packaging");
        try
        {
            var path = Path.Combine(folder.FullName, artifact.File);
            File.WriteAllBytes(path, artifact.Bytes);
            var inventory = DataCenterInventory.Of(path, ArchiveReading.Default, CancellationToken.None);
            var found = inventory
                .Components.SelectMany(component =>
                    component.Places.Select(place => new ExpectedLibrary(
                        component.Package.Name,
                        component.Package.Version,
                        $"{component.Placement}",
                        place,
                        component.RelocatedTo
                    ))
                )
                .OrderBy(library => $"{library}", StringComparer.Ordinal);
            Assert.Equal(
                Json(artifact.Libraries.Distinct(), artifact.Gaps),
                Json(found, inventory.Gaps.Select(gap => gap.Place).Order(StringComparer.Ordinal))
            );
            Assert.All(
                inventory.Components.Where(component => component.Placement != Placement.HostProvided),
                component => Assert.Equal(Confidence.High, component.Confidence)
            );
            Assert.Equal(inventory.Components.Count, inventory.Graph.Brings.Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Json(IEnumerable<ExpectedLibrary> libraries, IEnumerable<string> gaps) => JsonSerializer.Serialize(new { libraries, gaps }, Indented);
}
