using System.Text;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Cli.Manifests;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Apps.Forge;

/// <summary>Whole manifests beside this file, and what is read from them.</summary>
public sealed class ForgeManifestTests
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "test/Ecoscanner.Tests/Core/Apps/Forge");

    [Theory]
    [InlineData("service-desk")]
    [InlineData("knowledge")]
    [InlineData("pipelines")]
    public void A_whole_manifest_is_read(string name)
    {
        var manifest = ForgeManifestReader.Read(File.ReadAllBytes(Path.Combine(Folder, $"{name}.yml")));
        Golden.CheckFile(ForgeManifestText.Of(manifest, $"{name}.yml"), Path.Combine(Folder, $"{name}.txt"));
    }

    [Fact]
    public void As_data_it_is_the_same()
    {
        using var output = new MemoryStream();
        ForgeManifestJson.Write(ForgeManifestReader.Read(File.ReadAllBytes(Path.Combine(Folder, "pipelines.yml"))), "pipelines.yml", output);
        Golden.CheckFile(Encoding.UTF8.GetString(output.ToArray()), Path.Combine(Folder, "pipelines.json"));
    }
}
