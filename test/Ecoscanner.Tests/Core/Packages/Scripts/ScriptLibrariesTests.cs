using System.Collections.Frozen;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Ecoscanner.Advisories.Reading;
using Ecoscanner.Packages.Scripts;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Packages.Scripts;

public sealed class ScriptLibrariesTests
{
    private static readonly Lazy<ScriptLibraries> Real = new(() =>
    {
        using var file = new GZipStream(File.OpenRead(SharedData.Path("advisories/retirejs/jsrepository-v5.json.gz")), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        var signatures = RetireReader.Signatures(bytes.ToArray(), out var problems);
        Assert.Empty(problems);
        return new(signatures);
    });

    [Theory]
    [InlineData("a.js", "/*! jQuery v3.4.1 | (c) JS Foundation */", "jquery 3.4.1 Content")]
    [InlineData("jquery-1.12.4.min.js", "", "jquery 1.12.4 FileName")]
    [InlineData("b.js", "/*!\n * Bootstrap v3.3.7 (http://getbootstrap.com)\n */ x /*! jQuery v1.9.1 */", "jquery 1.9.1 Content, bootstrap 3.3.7 Content")]
    [InlineData("c.js", "//! moment.js\n//! version : 2.18.1\n", "moment 2.18.1 Content")]
    [InlineData("d.js", "console.log('jQuery')", "")]
    [InlineData("e.js", "dojo.version={major:1,minor:9,patch:2}", "dojo 1.9.2 Content")]
    public void Real_signatures_find_libraries(string name, string content, string expected) =>
        Assert.Equal(
            expected,
            string.Join(", ", Real.Value.In(name, Encoding.UTF8.GetBytes(content)).Select(library => $"{library.Package} {library.Version} {library.Evidence}"))
        );

    [Fact]
    public void A_large_hostile_file_ends_soon()
    {
        var time = Stopwatch.StartNew();
        var text = string.Concat(Enumerable.Repeat("/*! jQuery v=\"1.1\",aaaaaaaaaaaaaaaa.fn=b.prototype={jquery /* Copyright 2010 Version: ", 20_000));
        Real.Value.In("a.js", Encoding.UTF8.GetBytes(text));
        Assert.True(time.Elapsed < TimeSpan.FromMinutes(1), $"{time.Elapsed}");
    }

    [Fact]
    public void A_whole_file_is_known_by_its_hash()
    {
        var hashes = new Dictionary<string, string> { ["040f06fd774092478d450774f5ba30c5da78acc8"] = "1.2.3" }.ToFrozenDictionary();
        var libraries = new ScriptLibraries([new("A", "a", [], [], hashes)]);
        Assert.Equal(new ScriptLibrary("a", "1.2.3", ScriptEvidence.Hash), Assert.Single(libraries.In("x.js", "content"u8)));
    }

    [Theory]
    [InlineData(@"/\*!? jQuery v([0-9]+)", " jQuery v")]
    [InlineData(@"a|bcdef", "")]
    [InlineData(@"(abcdef|g)hij", "hij")]
    [InlineData(@"abc[x)]def{2,3}ghij\d", "ghij")]
    [InlineData(@"abcd?e", "abc")]
    [InlineData(@"a\.b\.c\sx", "a.b.c")]
    [InlineData(@"(a\)|[)])+bcd", "bcd")]
    [InlineData(@"abc(", "abc")]
    [InlineData(@"ab{2", "a")]
    public void The_text_that_every_match_holds_is_found(string pattern, string expected) => Assert.Equal(expected, RegexLiteral.Longest(pattern));

    [Fact]
    public void Whatever_the_signature_and_the_file_it_ends() =>
        Fuzz.Run(random =>
        {
            var pattern = ScriptPattern.Of(Fuzzing.Mutate(@"(a+)+b=""(§§version§§)"",.{50,300}(.)\.fn=(\2)", random), "$1.$2", out var problem);
            Assert.True(pattern is null == problem is not null);
            if (pattern is not null)
            {
                new ScriptLibraries([new("A", "a", [pattern], [pattern], FrozenDictionary<string, string>.Empty)]).In(
                    "a.js",
                    Encoding.UTF8.GetBytes(new string('a', 200) + "b=\"1.2\"")
                );
            }
        });
}
