using Ecoscanner.Apps.Forge;

namespace Ecoscanner.Tests.Core.Apps.Forge;

public sealed class ForgeHandlerTests
{
    [Theory]
    [InlineData("index.run", "index", "run")]
    [InlineData("resolvers/admin/index.handler", "resolvers/admin/index", "handler")]
    [InlineData("my-file.my_export", "my-file", "my_export")]
    [InlineData("größe.läuft", "größe", "läuft")]
    [InlineData("index.resolver.run", "index.resolver", "run")]
    [InlineData("index.default", "index", "default")]
    public void A_handler_is_a_file_and_an_export(string text, string file, string export)
    {
        var handler = Of(text);
        Assert.Equal((file, export, null), (handler.File, handler.Export, handler.Refusal));
        Assert.Equal(
            new[] { ".tsx", ".jsx", ".ts", ".js", ".cjs" }.Select(ending => $"src/{file}{ending}"),
            handler.Candidates.Where(candidate => candidate.IsForges).Select(candidate => candidate.Path)
        );
        Assert.Contains($"src/{file}/index.js", handler.Candidates.Select(candidate => candidate.Path));
    }

    [Theory]
    [InlineData("../outside.run")]
    [InlineData("a/../../outside.run")]
    [InlineData("./index.run")]
    [InlineData("/etc/passwd.run")]
    [InlineData("C:/index.run")]
    [InlineData("a\\b.run")]
    [InlineData("a//b.run")]
    [InlineData("index..run")]
    [InlineData("index")]
    [InlineData(".run")]
    [InlineData("index.")]
    [InlineData("in dex.run")]
    [InlineData("index.run\u202e")]
    [InlineData("index.${NAME}")]
    public void Anything_else_is_refused_and_told(string text)
    {
        var manifest = Manifests.Modules($"  function:\n    - key: run\n      handler: '{text}'\n  webtrigger:\n    - {{key: hook, function: run}}\n");
        Assert.Empty(manifest.Functions[0].Handler!.Candidates);
        var problem = Assert.Single(manifest.Problems, problem => problem.Kind is ManifestProblemKind.NotRead);
        Assert.Equal(new ManifestPlace(5, 16), problem.Place);
        // The code is there and can be called; only nobody knows where it stands.
        Assert.Equal(ForgeCallers.ExternalHttp, Assert.Single(manifest.EntryPoints).Callers);
    }

    [Fact]
    public void A_path_with_the_source_folder_in_it_is_looked_for_twice()
    {
        var paths = Of("src/index.run").Candidates.Select(candidate => candidate.Path).ToList();
        Assert.True(paths.IndexOf("src/src/index.ts") < paths.IndexOf("src/index.ts"));
        Assert.DoesNotContain(Of("src/index.run").Candidates, candidate => candidate is { Path: "src/index.ts", IsForges: true });
    }

    [Theory]
    [InlineData("{bundler: manual@2026, path: ./build/out/}", "build/out", 0)]
    [InlineData("{bundler: webpack, path: build}", "src", 0)]
    [InlineData("{path: build}", "src", 0)]
    [InlineData("{bundler: manual@2026, path: ../build}", "src", 1)]
    [InlineData("{bundler: manual@2026, path: /build}", "src", 1)]
    public void A_manual_bundler_has_its_own_folder(string package, string folder, int problems)
    {
        var manifest = Manifests.Read($"app: {{id: 'ari:cloud:ecosystem::app/1', runtime: {{name: nodejs22.x}}, package: {package}}}\nmodules: {{}}\n");
        Assert.Equal((folder, problems), (manifest.App.SourceFolder, manifest.Problems.Count));
    }

    private static ForgeHandler Of(string handler) =>
        Assert.Single(Manifests.Modules($"  function: [{{key: run, handler: '{handler}'}}]\n").Functions).Handler!;
}
