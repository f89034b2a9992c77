using System.Diagnostics;
using System.Text;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Cli.Manifests;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Apps.Forge;

public sealed class ForgeManifestFuzzTests
{
    // What one manifest of a few KB may take at worst, on a busy machine.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static readonly string[] Words =
    [
        "- ",
        ": ",
        "? ",
        "&a ",
        "*a",
        "<<: ",
        "!t ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "|\n",
        ">-\n",
        "\"",
        "'",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "\t",
        "\r\n",
        "\r",
        "#",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "\ud83d\ude00",
        "${A}",
        "\n  ",
        "\nmodules:\n",
        "function: run\n",
        "key: ",
    ];

    private static readonly string[] Seeds = [.. Directory.GetFiles(ForgeManifestTests.Folder, "*.yml").Select(File.ReadAllText)];

    [Fact]
    public void A_mutated_manifest_is_read_or_told_about_and_nothing_is_thrown() =>
        Fuzz.Run(random =>
        {
            var seed = Seeds[random.Next(Seeds.Length)];
            var bytes = Fuzzing.Mutate(Encoding.UTF8.GetBytes(Insert(seed, random)), random);
            var watch = Stopwatch.StartNew();
            var manifest = ForgeManifestReader.Read(bytes);
            Check(manifest);
            Assert.True(watch.Elapsed < Limit, "too slow");
        });

    private static void Check(ForgeManifest manifest)
    {
        Assert.All(
            manifest.Problems,
            problem => Assert.True(problem.Message.Length < 500 && problem.Message.All(character => character is >= ' ' and <= '~'), problem.Message)
        );
        Assert.All(manifest.Problems, problem => Assert.True(problem.Place is { Line: > 0, Column: > 0 }, problem.ToString()));
        Assert.All(manifest.EntryPoints, entry => Assert.True(entry.Uses.Count > 0 && entry.Callers != ForgeCallers.None && entry.Place.Line > 0, entry.Key));
        Assert.NotEmpty(ForgeManifestText.Of(manifest, "manifest.yml"));
        ForgeManifestJson.Write(manifest, "manifest.yml", Stream.Null);
    }

    private static string Insert(string seed, Random random)
    {
        var text = new StringBuilder(seed);
        for (var changes = random.Next(0, 6); changes > 0; changes--)
        {
            text.Insert(random.Next(text.Length + 1), Words[random.Next(Words.Length)]);
        }

        return text.ToString();
    }
}
