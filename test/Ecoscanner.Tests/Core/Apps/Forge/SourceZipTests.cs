using System.Buffers.Binary;
using System.Text;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Probing;
using Ecoscanner.Scanners.ForgeManifest;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Apps.Forge;

public sealed class SourceZipTests : IDisposable
{
    private const int SymbolicLink = unchecked((int)0xA1ED0000);
    private const int Pipe = 0x11ED0000;

    private readonly Desk desk = new();

    [Fact]
    public void The_ZIP_of_a_repository_is_read_below_its_one_folder()
    {
        var app = Read(
            Zips.Of(
                ("notes-main/", ""),
                ("notes-main/manifest.yml", Zips.Manifest),
                ("notes-main/package.json", "{\"name\": \"notes\"}"),
                ("notes-main/src/index.js", "export const run = 1;"),
                ("notes-main/node_modules/x/index.js", "1"),
                ("notes-main/node_modules/x/manifest.yml", "1")
            )
        );
        Assert.Equal(("1", "notes", "app.zip", null), (app.Key, app.Name, Path.GetFileName(app.Source), app.Folder));
        Assert.Equal(["manifest.yml", "package.json", "src/index.js"], app.Files!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("manifest.yml:1:1", app.InManifest("x", new ManifestPlace(1, 1)).ToString());
        Assert.Empty(app.FolderProblems);
    }

    [Theory]
    [InlineData("../src/index.js", "its name leads out of its folder")]
    [InlineData("src/../../index.js", "its name leads out of its folder")]
    [InlineData("/etc/passwd.js", "its name is absolute")]
    [InlineData("C:/index.js", "its name is absolute")]
    [InlineData("src\\index.js", "its name has a backslash")]
    [InlineData("src//index.js", "its name is no plain path")]
    [InlineData("src/./index.js", "its name is no plain path")]
    [InlineData("src/in\u001bdex.js", "its name has control characters")]
    public void A_name_that_is_no_plain_path_is_left_out_and_named(string name, string reason)
    {
        var app = Read(Zips.Of(("manifest.yml", Zips.Manifest), (name, "1")));
        var problem = Assert.Single(app.FolderProblems);
        Assert.Equal((name, true), (problem.Path, problem.MayHideCode));
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
        Assert.Equal(["manifest.yml"], app.Files!.Keys);
    }

    [Fact]
    public void Names_that_are_too_long_or_too_deep_are_left_out()
    {
        var app = Read(Zips.Of(("manifest.yml", Zips.Manifest), (new string('a', 2000), "1"), (string.Concat(Enumerable.Repeat("a/", 60)) + "b.js", "1")));
        Assert.Collection(
            app.FolderProblems,
            problem => Assert.Contains("more than 1024 characters", problem.Reason, StringComparison.Ordinal),
            problem => Assert.Contains("deeper than 40 folders", problem.Reason, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Of_two_files_of_one_name_neither_counts()
    {
        var app = Read(Zips.Of(("manifest.yml", Zips.Manifest), ("a.js", "1"), ("b.js", "1"), ("a.js", "2"), ("b.js/c.js", "3"), ("b.js2", "4")));
        Assert.Equal(["a.js", "b.js", "a.js"], app.FolderProblems.Select(problem => problem.Path));
        Assert.Equal(["manifest.yml", "b.js/c.js", "b.js2"], app.Files!.Keys);
    }

    [Theory]
    [InlineData(SymbolicLink, "symbolic link")]
    [InlineData(Pipe, "it is no file")]
    public void What_is_no_file_is_left_out(int attributes, string reason)
    {
        var app = Read(Zips.Of([("manifest.yml", Bytes(Zips.Manifest), 0), ("src/index.js", Bytes("/etc/passwd"), attributes)]));
        Assert.Contains(reason, Assert.Single(app.FolderProblems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_that_is_left_out_hides_no_code()
    {
        var app = Read(Zips.Of([("manifest.yml", Bytes(Zips.Manifest), 0), ("logo.png", new byte[SourceZip.MaximumFileBytes + 1], 0)]));
        Assert.False(Assert.Single(app.FolderProblems).MayHideCode);
    }

    [Fact]
    public void A_bomb_is_not_unpacked()
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var zip = Zips.Of([("manifest.yml", Bytes(Zips.Manifest), 0), ("src/index.js", new byte[8 * 1024 * 1024], 0)]);
        var made = GC.GetAllocatedBytesForCurrentThread();
        var app = Read(zip);
        Assert.Contains("200 times as large", Assert.Single(app.FolderProblems).Reason, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - made, 0, made - allocated);
    }

    [Fact]
    public void A_ZIP_within_a_ZIP_stays_closed()
    {
        var inner = Zips.Of([("src/index.js", new byte[1024 * 1024], 0)]);
        var app = Read(Zips.Of([("manifest.yml", Bytes(Zips.Manifest), 0), ("inner.zip", inner, 0)]));
        Assert.Equal(inner.Length, app.Files!["inner.zip"].Length);
        Assert.Empty(app.FolderProblems);
    }

    [Fact]
    public void An_entry_that_lies_about_its_length_is_left_out()
    {
        var zip = Zips.Of([("manifest.yml", Bytes(Zips.Manifest), 0), ("a.js", Bytes(new string('x', 1000)), 0)]);
        // The uncompressed size stands 24 bytes into the directory's entry (APPNOTE 4.3.12).
        var entry = zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(entry + 24), 2000);
        Assert.Contains("not the length", Assert.Single(Read(zip).FolderProblems).Reason, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Refused =>
        new()
        {
            { "text", "it is no ZIP file" },
            { "cut", "it is no ZIP file" },
            { "empty", "it holds no manifest.yml or manifest.yaml" },
            { "two", "it holds several apps, a/manifest.yml and b/manifest.yaml" },
            { "both", "it holds several apps, manifest.yaml and manifest.yml" },
            { "twice", "it holds no manifest.yml" },
            { "link", "manifest.yml was not read: it is a symbolic link" },
            { "many", "it has more than 50000 entries" },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_ZIP_that_is_not_one_app_is_refused(string name, string reason)
    {
        var good = Zips.Of(("manifest.yml", Zips.Manifest));
        var zip = name switch
        {
            "text" => Bytes("no ZIP at all, but long enough for one"),
            "cut" => good[..^30],
            "empty" => Zips.Of(("readme.md", "")),
            "two" => Zips.Of(("a/manifest.yml", Zips.Manifest), ("b/manifest.yaml", Zips.Manifest)),
            "both" => Zips.Of(("manifest.yml", Zips.Manifest), ("manifest.yaml", Zips.Manifest)),
            "twice" => Zips.Of(("manifest.yml", Zips.Manifest), ("manifest.yml", Zips.Manifest)),
            "link" => Zips.Of([("manifest.yml", Bytes("x"), SymbolicLink)]),
            "many" => Zips.Of(Enumerable.Range(0, 50_001).Select(at => ($"{at}", ""))),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
        var e = Assert.Throws<InvalidDataException>(() => Read(zip));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifest_that_lies_highest_is_the_apps()
    {
        var app = Read(
            Zips.Of(("n/examples/a/manifest.yml", "app: {id: x}"), ("n/examples/b/manifest.yml", "app: {id: y}"), ("n/manifest.yml", Zips.Manifest))
        );
        Assert.Equal("1", app.Key);
    }

    [Fact]
    public void A_cancelled_scan_unpacks_nothing()
    {
        var path = Write(Zips.Of(("manifest.yml", Zips.Manifest)));
        Assert.ThrowsAny<OperationCanceledException>(() => ForgeAppReader.ReadZip(path, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Whatever_the_bytes_are_the_answer_is_an_app_or_a_reason()
    {
        var seeds = new[]
        {
            Zips.Of(("notes/manifest.yml", Zips.Manifest), ("notes/src/index.js", "export const run = () => 1;"), ("notes/package.json", "{}")),
            Zips.Of([("manifest.yml", Bytes(Zips.Manifest), 0), ("link", Bytes("../x"), SymbolicLink), ("zeros.js", new byte[2 * 1024 * 1024], 0)]),
        };
        Fuzz.Run(random =>
        {
            var bytes = Fuzzing.Mutate(seeds[random.Next(seeds.Length)], random);
            try
            {
                using var zip = SourceZip.Open(new MemoryStream(bytes));
                var source = zip.Unpack("", TestContext.Current.CancellationToken);
                Assert.All(source.Files.Keys, name => Assert.DoesNotContain("..", name.Split('/')));
            }
            catch (InvalidDataException e)
            {
                Assert.NotEmpty(e.Message);
            }
        });
    }

    [Fact]
    public async Task What_was_left_out_stands_in_the_report()
    {
        var app = Read(Zips.Of(("manifest.yml", Zips.Manifest), ("../src/index.js", "1")));
        using var session = new ProbeSession(new ProbeOptions { RunId = "test", Offline = true }, TimeProvider.System);
        var report = await ScannerRuns.RunAsync(app, session, null, new ForgeManifestScanner());
        Assert.Contains(report.Coverage.Gaps, gap => gap.Place == "../src/index.js");
    }

    public void Dispose() => desk.Dispose();

    private ForgeApp Read(byte[] zip) => ForgeAppReader.ReadZip(Write(zip), TestContext.Current.CancellationToken);

    private string Write(byte[] zip)
    {
        File.WriteAllBytes(desk.PathOf("app.zip"), zip);
        return desk.PathOf("app.zip");
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
