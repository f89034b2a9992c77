using System.Text;
using Ecoscanner.Findings;
using Ecoscanner.Probing.Signing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing.Signing;

public sealed class CapturedRequestTests
{
    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void A_request_is_read_whatever_its_line_ends(string end)
    {
        var request = Captured.Parse($"POST /a?b HTTP/1.1{end}Host: app.example{end}X-One:  1 {end}Content-Length: 4{end}{end}body");

        Assert.Equal("POST", request.Method);
        Assert.Equal("/a?b", request.Target);
        Assert.Equal([new HeaderField("Host", "app.example"), new HeaderField("X-One", "1"), new HeaderField("Content-Length", "4")], request.Headers);
        Assert.Equal("body", Encoding.ASCII.GetString(request.Body.Span));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\nHost: a\n\n", "")]
    [InlineData("GET / HTTP/1.1\nHost: a\n\n\r\n\n", "")]
    [InlineData("POST / HTTP/1.1\nHost: a\nContent-Length: 2\n\nab\n", "ab")]
    [InlineData("POST / HTTP/2\nHost: a\n\nab\n", "ab\n")]
    [InlineData("\u00ef\u00bb\u00bf\r\nGET / HTTP/1.1\nHost: a\n\n", "")]
    public void A_body_is_what_its_length_says(string text, string body) => Assert.Equal(body, Encoding.ASCII.GetString(Captured.Parse(text).Body.Span));

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("\n\nGET / HTTP/1.1\nHost: a\n\n", "line 2")]
    [InlineData("GET / HTTP/1.1\nHost: a\n", "line 3")]
    [InlineData("GET /\nHost: a\n\n", "line 1")]
    [InlineData("GET / a HTTP/1.1\nHost: a\n\n", "line 1")]
    [InlineData("GET / HTTP/1.1\nHost: a\n folded\n\n", "line 3")]
    [InlineData("GET / HTTP/1.1\nHost : a\n\n", "line 2")]
    [InlineData("GET / HTTP/1.1\nHost: a\u001b[31m\n\n", "line 2")]
    [InlineData("GET / HTTP/1.1\nHost: a\rX: b\n\n", "line 2")]
    [InlineData("GET / HTTP/1.1\n\n", "no Host")]
    [InlineData("GET / HTTP/1.1\nHost: a\nHost: b\n\n", "no Host")]
    [InlineData("GET / HTTP/1.1\nHost: user@a\n\n", "no Host")]
    [InlineData("GET https:///x HTTP/1.1\nHost: a\n\n", "no Host")]
    [InlineData("OPTIONS * HTTP/1.1\nHost: a\n\n", "neither")]
    [InlineData("GET ftp://a/ HTTP/1.1\nHost: a\n\n", "neither")]
    [InlineData("POST / HTTP/1.1\nHost: a\nContent-Length: 5\n\nab", "2 bytes")]
    [InlineData("POST / HTTP/1.1\nHost: a\nContent-Length: -1\n\nab", "2 bytes")]
    [InlineData("POST / HTTP/1.1\nHost: a\nContent-Length: 1\nContent-Length: 2\n\nab", "2 bytes")]
    [InlineData("POST / HTTP/1.1\nHost: a\nContent-Length: 1\n\nab", "longer")]
    [InlineData("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n0\n\n", "Transfer-Encoding")]
    public void What_is_no_request_is_refused_with_its_place(string text, string place) =>
        Assert.Contains(place, Assert.Throws<FormatException>(() => Captured.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_larger_than_any_request_of_ours_is_refused()
    {
        Assert.Throws<FormatException>(() => Captured.Parse($"GET / HTTP/1.1\nHost: a\n\n{new string('x', CapturedRequest.MaximumBytes)}"));
        Assert.Throws<FormatException>(() => Captured.Parse($"GET / HTTP/1.1\nHost: a\nX: {new string('x', 100_000)}\n\n"));
        Assert.Throws<FormatException>(() => Captured.Parse($"GET / HTTP/1.1\nHost: a\n{string.Concat(Enumerable.Repeat("X: 1\n", 300))}\n"));
    }

    [Fact]
    public void Any_bytes_are_a_request_or_refused() =>
        Fuzz.Run(random =>
        {
            try
            {
                var request = CapturedRequest.Parse(
                    Fuzzing.Mutate("POST https://a.example:443/x?y HTTP/1.1\r\nHost: a.example\r\nX-One: 1\r\nContent-Length: 4\r\n\r\nbody\r\n"u8, random)
                );

                Assert.All(request.Headers, header => Assert.DoesNotContain(header.Value, c => c is < ' ' and not '\t' or '\u007f'));
            }
            catch (FormatException e)
            {
                Assert.DoesNotContain(e.Message, c => c is < ' ' or > '~');
            }
        });
}
