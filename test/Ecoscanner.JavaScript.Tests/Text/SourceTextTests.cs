using System.Text;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Text;

public sealed class SourceTextTests
{
    private const string Program = "const naïve = \"日本語 🙂\";\n";

    public static TheoryData<string, byte[]> Encodings =>
        new()
        {
            { "UTF-8", Encoding.UTF8.GetBytes(Program) },
            { "UTF-8 with a mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Program)] },
            { "UTF-16 with a mark", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Program)] },
            { "UTF-16, big end first, with a mark", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Program)] },
        };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_source_reads_the_same_in_every_encoding(string name, byte[] bytes)
    {
        var source = SourceText.Decode(bytes);
        Assert.True(source.Content == Program, name);
        Assert.Empty(source.Problems);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Plain_text_in_UTF_16_is_known_without_a_mark(bool isBigEndian)
    {
        const string Plain = "module.exports = function answer() { return 42; };";
        var bytes = (isBigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode).GetBytes(Plain);
        Assert.Equal(Plain, SourceText.Decode(bytes).Content);
    }

    [Fact]
    public void A_byte_that_is_no_UTF_8_is_said_with_its_place()
    {
        var tree = SyntaxTree.Parse(SourceText.Decode([.. "a = 'é"u8, 0xE9, .. "';"u8]));
        var diagnostic = Assert.Single(tree.Diagnostics);
        Assert.Equal("bytes-invalid", diagnostic.Code);
        Assert.Equal("byte 7 is no UTF-8", diagnostic.Message);
        Assert.Equal(new TextSpan(6, 7), diagnostic.Span);
    }

    [Fact]
    public void A_replacement_character_that_the_file_has_is_no_problem() => Assert.Empty(SourceText.Decode(Encoding.UTF8.GetBytes("a = '\uFFFD'")).Problems);

    [Fact]
    public void Half_of_a_surrogate_pair_is_said()
    {
        var source = SourceText.Decode([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("'"), 0x00, 0xD8, .. Encoding.Unicode.GetBytes("'")]);
        Assert.Equal(new DecodingProblem(DecodingProblemKind.LoneSurrogate, new(1, 2), 4), Assert.Single(source.Problems));
    }

    [Fact]
    public void A_binary_file_is_not_read_and_says_why()
    {
        var tree = SyntaxTree.Parse(SourceText.Decode([0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 3, 62]));
        Assert.Equal("the file is binary (byte 7 is zero) and is not read", Assert.Single(tree.Diagnostics).Message);
        Assert.Equal(NodeKind.Program, tree.Root.Kind);
    }

    [Fact]
    public void Any_bytes_give_a_tree() =>
        Fuzz.Run(random =>
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            for (var at = 0; at < bytes.Length; at++)
            {
                bytes[at] = random.Next(4) == 0 ? bytes[at] : (byte)" ;{}()=>'`/*x1"[bytes[at] % 14];
            }

            Assert.Equal(NodeKind.Program, SyntaxTree.Parse(SourceText.Decode(bytes)).Root.Kind);
        });
}
