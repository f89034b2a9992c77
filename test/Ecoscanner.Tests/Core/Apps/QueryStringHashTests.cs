using Ecoscanner.Apps;

namespace Ecoscanner.Tests.Core.Apps;

public sealed class QueryStringHashTests
{
    [Theory]
    // Made with npm atlassian-jwt 2.0.3.
    [InlineData("GET", "https://a.com/", "https://a.com", "GET&/&", "c88caad15a1c1a900b8ac08aa9686f4e8184539bea1deda36e2f649430df3239")]
    [InlineData("post", "https://a.com/user", "https://a.com", "POST&/user&", "18f9496a296abb418647d87857700529a1f4b2d18b4c1cfa77bbebdeeda6f068")]
    [InlineData(
        "GET",
        "https://a.com/ctx/path/to/service?zee_last=param&repeated=parameter 1&first=param&repeated=parameter 2",
        "https://a.com/ctx",
        "GET&/path/to/service&first=param&repeated=parameter%201,parameter%202&zee_last=param",
        "e52bb281606c3bd9ca16cfe96fe2df78f5d9ffa126f06befd750dfa10fa1a897"
    )]
    [InlineData("GET", "https://a.com/a&b?x=y&jwt=abc", "https://a.com", "GET&/a%26b&x=y", "c6ea90bea4f00e59b85b8b906e94defbadfdf695684f5ee8825540cf9cd450a1")]
    [InlineData(
        "GET",
        "https://a.com/p/?b=*&a=~&c=a+b&d=(x)!",
        "https://a.com",
        "GET&/p&a=~&b=%2A&c=a%20b&d=%28x%29%21",
        "238c5bbb19548333cf7b768201569603b461f064a24be32e0b2f2f1e6b234cb1"
    )]
    [InlineData(
        "GET",
        "https://a.com/wiki/rest?A=1&a=2&_=3",
        "https://a.com/wiki",
        "GET&/rest&A=1&_=3&a=2",
        "02dad3fab9b0d4b0f2921915546f30e40939f11f0196d10a8ead2e6d0d45620e"
    )]
    [InlineData("GET", "https://a.com/p?x=&y", "https://a.com", "GET&/p&x=&y=", "6fa16ca2b705d367efd2149716b96ab578b56f71bbec6bb41515d63964a86bb6")]
    public void The_hash_is_the_one_that_Atlassians_own_library_makes(string method, string url, string baseUrl, string canonical, string hash)
    {
        Assert.Equal(canonical, QueryStringHash.Canonical(method, new Uri(url), new Uri(baseUrl)));
        Assert.Equal(hash, QueryStringHash.Of(method, new Uri(url), new Uri(baseUrl)));
    }

    [Theory]
    [InlineData("https://a.com/ctx", "https://a.com/ctx", "GET&/&")]
    [InlineData("https://a.com/ctx/", "https://a.com/ctx", "GET&/&")]
    // Characters, not segments, are taken off, as the reference does.
    [InlineData("https://a.com/ctxother/x", "https://a.com/ctx", "GET&/other/x&")]
    [InlineData("https://a.com/other/x", "https://a.com/ctx", "GET&/other/x&")]
    [InlineData("https://a.com/x//", "https://a.com", "GET&/x/&")]
    [InlineData("https://a.com/p?b=2&a=2&a=10&a=1", "https://a.com", "GET&/p&a=1,10,2&b=2")]
    [InlineData("https://a.com/p?%6Awt=x&__proto__=y&&=z", "https://a.com", "GET&/p&=z")]
    [InlineData("https://a.com/p?a=1,2&a=3", "https://a.com", "GET&/p&a=1%2C2,3")]
    [InlineData("https://a.com/p?a=%FF%E0%80&b=100%&c=%C3%BC", "https://a.com", "GET&/p&a=%EF%BF%BD%EF%BF%BD%EF%BF%BD&b=100%25&c=%C3%BC")]
    public void Corners_of_the_canonical_request(string url, string baseUrl, string canonical) =>
        Assert.Equal(canonical, QueryStringHash.Canonical("GET", new Uri(url), new Uri(baseUrl)));
}
