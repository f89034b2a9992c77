using System.Text.Json;
using Ecoscanner.Advisories.Versions;
using Ecoscanner.Packages;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Advisories.Versions;

public sealed class NpmOrderTests
{
    private static readonly VersionOrder Order = VersionOrder.Of(Ecosystem.Npm);

    [Theory]
    // Semantic Versioning 2.0.0, clause 11
    [InlineData("1.0.0 < 2.0.0 < 2.1.0 < 2.1.1")]
    [InlineData("1.0.0-alpha < 1.0.0-alpha.1 < 1.0.0-alpha.beta < 1.0.0-beta < 1.0.0-beta.2 < 1.0.0-beta.11 < 1.0.0-rc.1 < 1.0.0")]
    [InlineData("1.0.0 = 1.0.0+build = v1.0.0 = =1.0.0 = 1 = 1.0 = 1.0.0.0")]
    [InlineData("1.0.0-a+1 = 1.0.0-a+2.b")]
    [InlineData("1.0.0-99999999999999999999 < 1.0.0-100000000000000000000 < 1.0.0-0a")]
    [InlineData("3.0.0alpha < 3.0.0 < 3.0.1-0")]
    [InlineData("4.0.0.Beta2 < 4.0.0 < 4.0.0.1-x < 4.0.0.1 < 4.0.1")]
    [InlineData("1.2.3.0.1-a < 1.2.3.0.1 < 1.2.3.1")]
    [InlineData("1.3.9 < 1.4.0-* < 1.4.0-0 < 1.4.0")]
    [InlineData("1.0.0-0 < 1.0.0-1 < 1.0.0-10 < 1.0.0-A < 1.0.0-a")]
    public void Versions_sort_as_semantic_versioning_says(string line)
    {
        var words = line.Split(' ');
        for (var i = 0; i + 2 < words.Length; i += 2)
        {
            Check(words[i], words[i + 2], words[i + 1] == "<" ? -1 : 0);
        }
    }

    [Fact]
    public void The_vectors_of_npm_hold()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("versions/node-semver-comparisons.json")));
        Assert.True(vectors.RootElement.GetArrayLength() > 30);
        Assert.All(vectors.RootElement.EnumerateArray(), vector => Check(vector[1].GetString()!, vector[0].GetString()!, -1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("1.x")]
    [InlineData("1.2.x")]
    [InlineData("*")]
    [InlineData("^1.2.3")]
    [InlineData("1.2.3 || 2")]
    [InlineData("4f3a2b1")]
    [InlineData("file:../x")]
    [InlineData("git+https://example.com/a.git")]
    public void A_tag_a_range_a_path_and_a_commit_are_no_versions(string version) => Assert.Null(Order.Key(version));

    [Fact]
    public void Whatever_is_read_the_order_is_one() =>
        Fuzz.Run(random =>
        {
            var keys = Enumerable.Range(0, 3).Select(_ => Order.Key(Fuzzing.Mutate("1.20.3-alpha.1.b-2+x", random))).OfType<VersionKey>().Order().ToArray();
            Assert.True(keys.Length < 3 || (keys[0] <= keys[1] && keys[1] <= keys[2] && keys[0] <= keys[2]));
        });

    private static void Check(string older, string newer, int expected)
    {
        Assert.True(Math.Sign(Order.Compare(older, newer)!.Value) == expected, $"{older} {newer}");
        Assert.True(Math.Sign(Order.Compare(newer, older)!.Value) == -expected, $"{newer} {older}");
    }
}
