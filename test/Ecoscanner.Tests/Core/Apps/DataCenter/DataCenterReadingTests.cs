using System.IO.Compression;
using System.Text;
using Ecoscanner.Apps.DataCenter;
using Ecoscanner.Findings;
using Ecoscanner.Packages;

namespace Ecoscanner.Tests.Core.Apps.DataCenter;

public sealed class DataCenterReadingTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ecoscanner-reading-");

    [Theory]
    [InlineData("js/vendor.js", "/*! jQuery v1.12.4 | (c) jQuery Foundation | jquery.org/license */\n!function(){}", "jquery@1.12.4", Confidence.High)]
    [InlineData("js/jquery-1.12.4.min.js", "!function(){}", "jquery@1.12.4", Confidence.Medium)]
    [InlineData("js/app.js", "// works with jQuery v1.12.4\nstart();", null, Confidence.Low)]
    [InlineData("templates/page.vm", "/*! jQuery v1.12.4 | (c) jQuery Foundation */", null, Confidence.Low)]
    public void A_script_in_a_plugin_is_known_by_what_stands_in_it(string name, string content, string? library, Confidence confidence)
    {
        var path = Path.Combine(folder.FullName, "app-1.0.jar");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            Put(
                zip,
                "atlassian-plugin.xml",
                """<atlassian-plugin key="com.example.app" name="App"><plugin-info><version>1.0</version></plugin-info></atlassian-plugin>"""
            );
            Put(zip, name, content);
        }

        var scripts = DataCenterAppReader
            .Read(path, DataCenterReading.Of(null), TestContext.Current.CancellationToken)
            .Inventory.Components.Where(component => component.Package.Ecosystem == Ecosystem.Npm)
            .ToList();
        if (library is null)
        {
            Assert.Empty(scripts);
            return;
        }

        var script = Assert.Single(scripts);
        Assert.Equal((library, confidence), ($"{script.Package.Name}@{script.Package.Version}", script.Confidence));
        Assert.EndsWith($"app-1.0.jar!/{name}", Assert.Single(script.Places), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static void Put(ZipArchive zip, string name, string content)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(content));
    }
}
