using System.Text;
using System.Text.Json.Nodes;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Syntax.Printing;

namespace Ecoscanner.JavaScript.Tests.Syntax;

/// <summary>What comparing with another parser can't show: the conformance tests have the rest.</summary>
public sealed class EstreeWriterTests
{
    [Fact]
    public void Half_a_surrogate_pair_is_written_as_an_escape() => Assert.Contains("\"value\":\"\\ud83d \\ud83d\\ude00\"", Write(@"'\ud83d \u{1F600}'"));

    [Fact]
    public void All_that_is_written_is_ASCII() => Assert.True(Ascii.IsValid(Write("ü = '\u009b😀\u2028'; `\u202e`; // ü")));

    [Fact]
    public void A_tree_may_be_deeper_than_the_stack() => Assert.EndsWith("}\n", Write($"a{string.Concat(Enumerable.Repeat("+a", 200_000))}"));

    [Fact]
    public void What_an_error_left_has_a_type_of_its_own()
    {
        var program = JsonNode.Parse(Write("a; b c +; d"))!;
        Assert.Contains(program["body"]!.AsArray(), statement => (string)statement!["type"]! == "InvalidStatement");
        Assert.NotNull(JsonNode.Parse(Write("'abc")));
        Assert.NotNull(JsonNode.Parse(Write("`abc")));
        Assert.NotNull(JsonNode.Parse(Write("/abc")));
    }

    [Fact]
    public void Only_TypeScript_has_what_only_TypeScript_has()
    {
        Assert.DoesNotContain("typeAnnotation", Write("let a"));
        Assert.Contains("typeAnnotation", Write("let a", new() { TypeScript = true }));
    }

    [Fact]
    public void Infinity_is_no_number_of_JSON() => Assert.Contains("\"value\":null,\"raw\":\"1e999\"", Write("1e999"));

    private static string Write(string source, ParseOptions? options = null)
    {
        using var output = new MemoryStream();
        EstreeWriter.Write(SyntaxTree.Parse(source, options), output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
