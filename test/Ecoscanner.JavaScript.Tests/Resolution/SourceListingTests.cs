using Ecoscanner.JavaScript.Resolution;

namespace Ecoscanner.JavaScript.Tests.Resolution;

public sealed class SourceListingTests
{
    [Fact]
    public void Sources_are_listed_in_order_without_packages_and_repositories()
    {
        string[] names =
        [
            "b.ts",
            "a/x.jsx",
            "a.mts",
            "a/y.d.ts",
            "c.json",
            "d.css",
            "node_modules/p/index.js",
            "a/node_modules/p.js",
            ".git/hook.js",
            ".github/script.cjs",
            "Z.js",
        ];
        var files = new MemoryFiles(names.Select(name => KeyValuePair.Create(name, "")));
        Assert.Equal([".github/script.cjs", "Z.js", "a.mts", "a/x.jsx", "a/y.d.ts", "b.ts"], SourceListing.Of(files).Files);
        Assert.Contains("c.json", SourceListing.Of(files, withJson: true).Files);
    }

    [Fact]
    public void What_is_too_deep_is_left_out_and_said()
    {
        var deep = string.Join('/', Enumerable.Repeat("d", 100));
        var listing = SourceListing.Of(new MemoryFiles([KeyValuePair.Create($"{deep}/a.ts", ""), KeyValuePair.Create("b.ts", "")]));
        Assert.Equal(["b.ts"], listing.Files);
        Assert.EndsWith("is deeper than 64 directories and was left out.", Assert.Single(listing.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_much_is_left_out_and_said()
    {
        var listing = SourceListing.Of(
            new MemoryFiles(Enumerable.Range(0, SourceListing.MaximumFiles + 10).Select(i => KeyValuePair.Create($"{i:D6}.ts", "")))
        );
        Assert.Equal(SourceListing.MaximumFiles, listing.Files.Count);
        Assert.Single(listing.Problems);
    }

    [Theory]
    [InlineData("../a.ts")]
    [InlineData("/a.ts")]
    [InlineData("a//b.ts")]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("x/y/z")]
    [InlineData("x/y")]
    public void Files_in_memory_have_plain_names_that_do_not_contradict(string name) =>
        Assert.Throws<ArgumentException>(() => new MemoryFiles([KeyValuePair.Create("x/y", ""), KeyValuePair.Create(name, "")]));
}
