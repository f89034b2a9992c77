using System.Text;
using Ecoscanner.Apps;

namespace Ecoscanner.Tests.Core.Apps;

public sealed class BadDescriptorTests
{
    [Theory]
    [InlineData("", "empty")]
    [InlineData("  \n ", "empty")]
    [InlineData("<!doctype html><title>Log in</title><input type=password>", "login")]
    [InlineData("<html><body>Hello</body></html>", "HTML page")]
    [InlineData("<?xml version=\"1.0\"?><atlassian-plugin key=\"x\"/>", "XML")]
    [InlineData("modules:\n  jira:issuePanel: []\napp:\n  id: ari:cloud:ecosystem::app/6f1e2a90\n", "Forge manifest")]
    [InlineData("app:\n  id: x\nmodules:\n  function: []\n", "Forge manifest")]
    [InlineData("""{"name": "x", "version": "1.0.0", "dependencies": {}}""", "package.json")]
    [InlineData("""{"_links": {}, "name": "x"}""", "Marketplace")]
    [InlineData("""{"message": "Unauthorized"}""", "error answer")]
    [InlineData("not json", "not valid JSON")]
    [InlineData("[]", "not an object")]
    [InlineData("\"text\"", "not an object")]
    [InlineData("null", "not an object")]
    [InlineData("{}", "no baseUrl")]
    [InlineData("""{"key": "a"}""", "no baseUrl")]
    [InlineData("""{"baseUrl": "https://a.example"}""", "no key")]
    [InlineData("""{"key": "a", "baseUrl": 7}""", "not a string")]
    [InlineData("""{"key": "a", "baseUrl": ""}""", "not absolute")]
    [InlineData("""{"key": "a", "baseUrl": "/relative"}""", "not absolute")]
    [InlineData("""{"key": "a", "baseUrl": "app.example.com"}""", "not absolute")]
    [InlineData("""{"key": "a", "baseUrl": "//app.example.com"}""", "not absolute")]
    [InlineData("""{"key": "a", "baseUrl": "javascript:alert(1)"}""", "javascript")]
    [InlineData("""{"key": "a", "baseUrl": "ftp://a.example"}""", "ftp")]
    [InlineData("""{"key": "a", "baseUrl": "https://"}""", "no host")]
    [InlineData("""{"key": "a", "baseUrl": "https://a b.example"}""", "no host")]
    [InlineData("""{"key": "a", "baseUrl": "https://a\u0000b.example"}""", "control characters")]
    [InlineData("""{"key": "a", "baseUrl": "https://a\u001b[31m.example"}""", "control characters")]
    [InlineData("""{"key": "a", "baseUrl": "https://exa%6dple.com"}""", "no host")]
    [InlineData("""{"key": "a", "baseUrl": "https://user@a.example"}""", "user name or password")]
    [InlineData("""{"key": "a", "baseUrl": "https://a.example?tenant=1"}""", "query")]
    [InlineData("""{"key": "a", "baseUrl": "{{localBaseUrl}}"}""", "template")]
    // A Cyrillic first letter; and a host in one foreign script, which is no fraud but must be written so that nobody can mistake it.
    [InlineData("""{"key": "a", "baseUrl": "https://аpple.example"}""", "xn--pple-43d.example")]
    [InlineData("""{"key": "a", "baseUrl": "https://bücher.example"}""", "xn--bcher-kva.example")]
    [InlineData("""{"key": "", "baseUrl": "https://a.example"}""", "key is not")]
    [InlineData("""{"key": "../../etc/passwd", "baseUrl": "https://a.example"}""", "key is not")]
    [InlineData("""{"key": ["a"], "baseUrl": "https://a.example"}""", "key is not")]
    [InlineData("""{"key": "a", "baseUrl": "https://a.example", "name": "\ud800"}""", "surrogate")]
    public void A_document_that_is_no_descriptor_is_one_clear_line(string document, string says) => Fails(Encoding.UTF8.GetBytes(document), says);

    [Fact]
    public void A_punycode_host_is_taken_because_it_looks_like_nothing_else()
    {
        var app = Descriptors.Read("""{"key": "a", "baseUrl": "https://xn--pple-43d.example"}""");

        Assert.Equal("xn--pple-43d.example", app.BaseUrl.Host);
    }

    [Fact]
    public void Fifty_megabytes_are_refused_by_their_size() => Fails(new byte[50 * 1024 * 1024], "50.0 MB");

    [Fact]
    public void A_thousand_levels_are_refused_by_their_depth() =>
        Fails(Encoding.UTF8.GetBytes($"{{\"key\": {new string('[', 1000)}{new string(']', 1000)}}}"), "64 levels");

    [Fact]
    public void A_name_as_long_as_a_book_is_refused() => Fails(Encoding.UTF8.GetBytes($"{{\"{new string('a', 300)}\": 1}}"), "256 bytes");

    [Theory]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 20, 0 }, "zip")]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0 }, "gzip")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x7B, 0 }, "UTF-16")]
    [InlineData(new byte[] { 0x7B, 0x22, 0xC3, 0x28, 0x22, 0x7D }, "UTF-8")]
    public void Bytes_that_are_no_text_are_named(byte[] document, string says) => Fails(document, says);

    [Theory]
    [InlineData("{\n  \"key\": \"a\",\n  \"baseUrl\": \"javascript:1\"\n}", 3, 14)]
    [InlineData("{\"name\": \"ü€😀\", \"key\": \"a b\", \"baseUrl\": \"https://a.example\"}", 1, 25)]
    [InlineData("{\n  \"key\": \"a\",\n  oops\n}", 3, 3)]
    [InlineData("{\"key\": \"a\",\n \"x\": \"\\ud800\"}", 2, 7)]
    public void An_error_names_line_and_column(string document, int line, int column)
    {
        var error = Assert.Throws<DescriptorException>(() => Descriptors.Read(document));

        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.StartsWith($"atlassian-connect.json:{line}:{column}: ", error.Message, StringComparison.Ordinal);
    }

    private static void Fails(byte[] document, string says)
    {
        var error = Assert.Throws<DescriptorException>(() => ConnectDescriptorReader.Read(document, "https://a.example/d.json"));

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("https://a.example/d.json:", error.Message, StringComparison.Ordinal);
        // The way out follows the semicolon, all on one line that a terminal can show.
        Assert.Contains(';', error.Message);
        Assert.True(error.Message.Length < 400 && error.Message.All(character => character is >= ' ' and <= '~'), error.Message);
    }
}
