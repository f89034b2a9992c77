using Ecoscanner.JavaScript.Resolution;

namespace Ecoscanner.JavaScript.Tests.Resolution;

public sealed class FolderFilesTests : IDisposable
{
    private readonly TemporaryFolder outside = new();
    private readonly string root;

    public FolderFilesTests()
    {
        outside.Write(
            new Dictionary<string, string>
            {
                ["secret.ts"] = "secret",
                ["root/a.ts"] = "a",
                ["root/sub/b.ts"] = "b",
                ["root-twin/c.ts"] = "c",
            }
        );
        root = Path.Combine(outside.Path, "root");
    }

    [Theory]
    [InlineData("", FileKind.Directory)]
    [InlineData("a.ts", FileKind.File)]
    [InlineData("sub", FileKind.Directory)]
    [InlineData("sub/b.ts", FileKind.File)]
    [InlineData("missing.ts", FileKind.None)]
    [InlineData("a.ts/b", FileKind.None)]
    // Neither the place nor the spelling of a name may be stretched.
    [InlineData("A.ts", FileKind.None)]
    [InlineData("SUB/b.ts", FileKind.None)]
    [InlineData("../secret.ts", FileKind.None)]
    [InlineData("sub/../../secret.ts", FileKind.None)]
    [InlineData("sub/../a.ts", FileKind.None)]
    [InlineData("./a.ts", FileKind.None)]
    [InlineData("sub//b.ts", FileKind.None)]
    [InlineData("sub/", FileKind.None)]
    [InlineData("/etc/passwd", FileKind.None)]
    [InlineData("sub\\b.ts", FileKind.None)]
    [InlineData("a.ts\0", FileKind.None)]
    public void A_name_is_found_only_below_the_root_and_as_it_is_spelled(string path, FileKind kind) => Assert.Equal(kind, new FolderFiles(root).KindOf(path));

    [Theory]
    [InlineData("link.ts", "a.ts", "a.ts")]
    [InlineData("link", "sub", "sub")]
    [InlineData("sub/up.ts", "../a.ts", "a.ts")]
    [InlineData("round.ts", "sub/../a.ts", "a.ts")]
    [InlineData("here", ".", "")]
    [InlineData("escape.ts", "../secret.ts", null)]
    [InlineData("escape", "..", null)]
    [InlineData("etc", "/etc", null)]
    [InlineData("back", "../root/sub", null)]
    [InlineData("loop", "loop", null)]
    [InlineData("dead", "nowhere", null)]
    [InlineData("through", "a.ts/../a.ts", null)]
    public void A_link_is_followed_inside_the_root_only(string name, string target, string? real)
    {
        Link(name, target);
        var files = new FolderFiles(root);
        Assert.Equal(real, files.RealPath(name));
        Assert.Equal(real is null, files.KindOf(name) == FileKind.None);
        Assert.Equal(real is null, files.Read(name, 100).Problem is not null && files.Entries(name).Count == 0);
    }

    [Fact]
    public void An_absolute_link_is_followed_where_it_leads_below_the_root()
    {
        Link("in.ts", Path.Combine(root, "a.ts"));
        Link("twin", Path.Combine(outside.Path, "root-twin"));
        var files = new FolderFiles(root);
        Assert.Equal("a.ts", files.RealPath("in.ts"));
        Assert.Null(files.RealPath("twin/c.ts"));
    }

    [Fact]
    public void A_name_through_a_link_is_as_good_as_the_link()
    {
        Link("link", "sub");
        Link("out", "..");
        var files = new FolderFiles(root);
        Assert.Equal("sub/b.ts", files.RealPath("link/b.ts"));
        Assert.Equal("b", files.Read("link/b.ts", 100).Text);
        Assert.Equal(FileContent.Missing, files.Read("out/secret.ts", 100));
    }

    [Fact]
    public void Links_that_chain_or_circle_end()
    {
        Link("one", "two");
        Link("two", "one");
        Link("l0.ts", "a.ts");
        for (var i = 1; i < 60; i++)
        {
            Link($"l{i}.ts", $"l{i - 1}.ts");
        }

        Link("sub/self", "../sub");
        var files = new FolderFiles(root);
        Assert.Null(files.RealPath("one/x"));
        Assert.Equal("a.ts", files.RealPath("l39.ts"));
        Assert.Null(files.RealPath("l59.ts"));
        Assert.Equal("sub/b.ts", files.RealPath($"sub/{string.Join('/', Enumerable.Repeat("self", 100))}/b.ts"));
        Assert.Equal(["a.ts", "sub/b.ts"], SourceListing.Of(files).Files);
    }

    [Fact]
    public void The_root_itself_may_be_a_link()
    {
        outside.Link("entrance", "root");
        Link("in.ts", Path.Combine(root, "a.ts"));
        var files = new FolderFiles(Path.Combine(outside.Path, "entrance"));
        Assert.Equal("a.ts", files.RealPath("in.ts"));
    }

    [Fact]
    public void A_file_that_is_too_large_is_not_read() =>
        Assert.StartsWith("has 0.0 MB, and at most", new FolderFiles(root).Read("a.ts", 0).Problem, StringComparison.Ordinal);

    [Fact]
    public void A_package_behind_a_link_is_resolved_to_where_it_stands()
    {
        outside.Write(
            new Dictionary<string, string>
            {
                ["root/node_modules/.pnpm/p@1/node_modules/p/index.js"] = "",
                ["root/node_modules/.pnpm/p@1/node_modules/q/index.js"] = "",
                ["root/packages/w/index.ts"] = "",
            }
        );
        Link("node_modules/p", ".pnpm/p@1/node_modules/p");
        Link("node_modules/w", "../packages/w");
        Link("node_modules/evil", "../..");
        var resolver = new ModuleResolver(new FolderFiles(root));
        var p = Assert.IsType<ResolvedModule>(resolver.Resolve("a.ts", "p", ImportKind.Import));
        Assert.Equal("node_modules/.pnpm/p@1/node_modules/p/index.js", p.Path);
        Assert.IsType<ResolvedModule>(resolver.Resolve(p.Path, "q", ImportKind.Import));
        Assert.Equal("packages/w/index.ts", Assert.IsType<ResolvedModule>(resolver.Resolve("a.ts", "w", ImportKind.Import)).Path);
        Assert.IsType<ExternalModule>(resolver.Resolve("a.ts", "evil/secret", ImportKind.Import));
    }

    public void Dispose() => outside.Dispose();

    private void Link(string name, string target) => outside.Link($"root/{name}", target);
}
