using Ecoscanner.Apps.Forge;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Apps.Forge;

public sealed class ForgeAppReaderTests : IDisposable
{
    private readonly Desk desk = new();

    [Theory]
    [InlineData("app: {id: 'ari:cloud:ecosystem::app/1-2'}", "{\"name\": \"notes-app\"}", "1-2", "notes-app")]
    [InlineData("app: {id: 'ari:cloud:ecosystem::app/1-2', name: Notes}", "{\"name\": \"notes-app\"}", "1-2", "Notes")]
    [InlineData("app: {id: mine}", "[]", "mine", "notes")]
    [InlineData("app: {id: '${ID}'}\nenvironment: {variables: [ID]}", "{\"name\": 1}", "notes", "notes")]
    [InlineData("app: {}", "{\"name\": \"\\ud800\"}", "notes", "notes")]
    [InlineData("modules: {}", "no JSON", "notes", "notes")]
    public void An_app_has_a_key_and_a_name(string manifest, string package, string key, string name)
    {
        desk.Write("notes/manifest.yml", manifest);
        desk.Write("notes/package.json", package);
        var app = ForgeAppReader.Read(desk.PathOf("notes/manifest.yml"));
        Assert.Equal((key, name, package), (app.Key, app.Name, app.PackageJson));
        Assert.Equal(desk.PathOf("notes"), app.Folder);
        Assert.Empty(app.FolderProblems);
    }

    [Theory]
    [InlineData("manifest.yml", "src/index.js", "src/index.js")]
    [InlineData("apps/notes/manifest.yml", "src/index.js", "apps/notes/src/index.js")]
    [InlineData("../notes/manifest.yml", "src/index.js", "src/index.js")]
    [InlineData("/home/me/notes/manifest.yml", "src/index.js", "src/index.js")]
    [InlineData("C:\\notes\\manifest.yml", "src/index.js", "src/index.js")]
    public void Files_are_shown_below_the_folder_that_was_named(string source, string path, string shown) =>
        Assert.Equal(
            shown,
            new ForgeApp("a", "a")
            {
                Source = source,
                Manifest = Manifests.Read(""),
                Folder = "/",
            }.Shown(path)
        );

    [Fact]
    public void A_link_out_of_the_folder_is_not_followed_and_one_within_is()
    {
        desk.Write("secret.json", "{\"name\": \"secret\"}");
        desk.Write("outside/x.json", "{}");
        desk.Write("notes/real/manifest.yml", "app: {id: linked}");
        File.CreateSymbolicLink(desk.PathOf("notes/manifest.yml"), "real/manifest.yml");
        File.CreateSymbolicLink(desk.PathOf("notes/package.json"), "../secret.json");
        var app = ForgeAppReader.Read(desk.PathOf("notes/manifest.yml"));
        Assert.Equal("linked", app.Key);
        Assert.Null(app.PackageJson);
        Assert.Equal("package.json", Assert.Single(app.FolderProblems).Path);

        File.Delete(desk.PathOf("notes/package.json"));
        Directory.CreateSymbolicLink(desk.PathOf("notes/way"), "../outside");
        File.CreateSymbolicLink(desk.PathOf("notes/package.json"), "way/x.json");
        Assert.Single(ForgeAppReader.Read(desk.PathOf("notes/manifest.yml")).FolderProblems);

        File.Delete(desk.PathOf("notes/manifest.yml"));
        File.CreateSymbolicLink(desk.PathOf("notes/manifest.yml"), "../secret.json");
        Assert.Throws<IOException>(() => ForgeAppReader.Read(desk.PathOf("notes/manifest.yml")));
    }

    [Fact]
    public void A_huge_package_json_is_a_gap()
    {
        desk.Write("manifest.yml", "app: {}");
        desk.Write("package.json", new string(' ', 2 * 1024 * 1024));
        var app = ForgeAppReader.Read(desk.PathOf("manifest.yml"));
        Assert.Null(app.PackageJson);
        Assert.Contains("more than", Assert.Single(app.FolderProblems).Reason);
    }

    public void Dispose() => desk.Dispose();
}
