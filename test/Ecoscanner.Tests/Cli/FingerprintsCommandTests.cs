using System.IO.Compression;
using Ecoscanner.Tests.Core.Packages.Java.Classes;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

public sealed class FingerprintsCommandTests : IDisposable
{
    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task A_file_is_made_of_jars_and_shown()
    {
        var library = TinyLibrary.Release(1);
        Jar("named-1.1.jar", library, "groupId=org.acme\nartifactId=named\nversion=1.1\n");
        Jar("bare.jar", library, null);
        var built = await desk.RunAsync(
            "fingerprints",
            "build",
            "named-1.1.jar",
            "net.bare:bare:2=bare.jar",
            "-o",
            "site.fingerprints",
            "--source",
            "our shelf, 2026"
        );
        Assert.Equal(0, built.ExitCode);
        var shown = await desk.RunAsync("fingerprints", "show", "--from", "site.fingerprints");
        Assert.Contains("2 libraries, 2 releases, 25 classes with 25 fingerprints\nfrom our shelf, 2026\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("org.acme:named  1.1 (25 classes)\n", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_jar_that_does_not_say_what_it_is_is_refused_with_the_way_out()
    {
        using (ZipFile.Open(Path.Combine(desk.Folder, "bare.jar"), ZipArchiveMode.Create)) { }
        var outcome = await desk.RunAsync("fingerprints", "build", "bare.jar", "-o", "x");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("name it GROUP:ARTIFACT:VERSION=bare.jar", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_fingerprint_file_is_refused()
    {
        desk.Write("x", "nothing");
        var outcome = await desk.RunAsync("fingerprints", "show", "--from", "x");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("x cannot be used: it is no fingerprint file", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_shipped_file_is_shown()
    {
        var outcome = await desk.RunAsync("fingerprints", "show", "log4j-core");
        Assert.Contains("org.apache.logging.log4j:log4j-core  2.19.0 (", outcome.Output, StringComparison.Ordinal);
    }

    private void Jar(string name, PackagedLibrary library, string? properties)
    {
        using var jar = ZipFile.Open(Path.Combine(desk.Folder, name), ZipArchiveMode.Create);
        foreach (var (type, bytes) in library.Classes)
        {
            using var content = jar.CreateEntry($"{type}.class").Open();
            content.Write(bytes);
        }

        if (properties is not null)
        {
            using var writer = new StreamWriter(jar.CreateEntry("META-INF/maven/org.acme/named/pom.properties").Open());
            writer.Write(properties);
        }
    }
}
