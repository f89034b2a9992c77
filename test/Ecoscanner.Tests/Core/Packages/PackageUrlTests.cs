using Ecoscanner.Packages;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Packages;

public sealed class PackageUrlTests
{
    [Theory]
    [InlineData("pkg:maven/org.yaml/snakeyaml@1.33", Ecosystem.Maven, "org.yaml:snakeyaml", "1.33")]
    [InlineData("pkg:maven/org.yaml/snakeyaml", Ecosystem.Maven, "org.yaml:snakeyaml", null)]
    [InlineData("pkg:npm/%40scope/name@1.0.0", Ecosystem.Npm, "@scope/name", "1.0.0")]
    [InlineData("pkg:npm/JSONStream@1.0.0", Ecosystem.Npm, "JSONStream", "1.0.0")]
    [InlineData("pkg:npm/name@1.0.0%2Bbuild", Ecosystem.Npm, "name", "1.0.0+build")]
    public void What_is_written_is_read_back(string text, Ecosystem ecosystem, string name, string? version)
    {
        Assert.True(PackageUrl.TryParse(text, out var url));
        Assert.Equal(new PackageUrl(ecosystem, name, version), url);
        Assert.Equal(text, url.ToString());
    }

    [Theory]
    [InlineData("PKG:Maven/org.yaml/snakeyaml@1.33", "pkg:maven/org.yaml/snakeyaml@1.33")]
    [InlineData("pkg://npm//name@1.0.0", "pkg:npm/name@1.0.0")]
    [InlineData("pkg:npm/@scope/name@1.0.0", "pkg:npm/%40scope/name@1.0.0")]
    [InlineData("pkg:npm/@scope/name", "pkg:npm/%40scope/name")]
    [InlineData("pkg:maven/g/a@1?type=jar&classifier=sources#com/acme", "pkg:maven/g/a@1")]
    [InlineData("pkg:maven/g/a?repository_url=https://example.org/a@b", "pkg:maven/g/a")]
    [InlineData("pkg:npm/name@", "pkg:npm/name")]
    public void Other_ways_to_write_it_are_read_as_well(string text, string canonical)
    {
        Assert.True(PackageUrl.TryParse(text, out var url));
        Assert.Equal(canonical, url.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("pkg:")]
    [InlineData("pkg:npm")]
    [InlineData("pkg:npm/")]
    [InlineData("pkg:pypi/name@1.0")]
    [InlineData("pkg:maven/snakeyaml@1.33")]
    [InlineData("pkg:maven/a%3Ab/c@1")]
    [InlineData("pkg:npm/a/b@1")]
    [InlineData("pkg:npm/%40a/b/c@1")]
    [InlineData("pkg:npm/na%2@1")]
    [InlineData("pkg:npm/na%zz@1")]
    [InlineData("pkg:npm/na%FFme@1")]
    [InlineData("pkg:npm/na%00me@1")]
    [InlineData("pkg:npm/na%0Ame@1")]
    [InlineData("https://example.org/name@1")]
    public void What_is_none_is_refused(string? text) => Assert.False(PackageUrl.TryParse(text, out _));

    [Fact]
    public void A_text_without_end_is_refused() => Assert.False(PackageUrl.TryParse("pkg:npm/" + new string('a', PackageUrl.MaximumLength), out _));

    [Fact]
    public void Any_text_is_read_or_refused_and_what_is_read_stays_the_same() =>
        Fuzz.Run(random =>
        {
            const string Letters = "@/%:?#&=.-_+ aZ0é\ud83d\ude00\0";
            var text = "pkg:" + random.GetItems<string>(["npm/", "maven/", "NPM/", ""], 1)[0] + new string(random.GetItems<char>(Letters, random.Next(40)));
            if (PackageUrl.TryParse(text, out var url))
            {
                Assert.True(PackageUrl.TryParse(url.ToString(), out var again), text);
                Assert.Equal(url, again);
            }
        });
}
