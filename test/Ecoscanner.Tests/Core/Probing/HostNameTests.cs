using Ecoscanner.Probing;

namespace Ecoscanner.Tests.Core.Probing;

public sealed class HostNameTests
{
    [Theory]
    [InlineData("App.Example.", "app.example")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("a_b.example", "a_b.example")]
    [InlineData("127.0.0.1.", "127.0.0.1")]
    [InlineData("127.1", "127.0.0.1")]
    [InlineData("0x7f.1", "127.0.0.1")]
    [InlineData("2130706433", "127.0.0.1")]
    [InlineData("0177.0.0.1", "127.0.0.1")]
    [InlineData("127。0。0。1", "127.0.0.1")]
    [InlineData("[::1]", "::1")]
    [InlineData("0:0:0:0:0:0:0:1", "::1")]
    [InlineData("[::FFFF:127.0.0.1]", "::ffff:127.0.0.1")]
    public void Every_spelling_of_a_host_becomes_one(string host, string canonical)
    {
        Assert.Equal(canonical, HostName.Canonical(host));
        Assert.Equal(canonical, HostName.Canonical(canonical));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a@b")]
    [InlineData("a\\b")]
    [InlineData("a\tb")]
    [InlineData("a\nb")]
    [InlineData("a#b")]
    [InlineData("a%62")]
    [InlineData("a:80")]
    [InlineData("[::1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("::1%1")]
    [InlineData("1.2.3.4.5")]
    [InlineData("256.1.1.1")]
    [InlineData("4294967296")]
    [InlineData("app.0x7f")]
    [InlineData("①②⑦.0.0.1")]
    [InlineData("a..b")]
    [InlineData("a,b")]
    [InlineData("a!b")]
    [InlineData("$(id)")]
    [InlineData("a.b..")]
    [InlineData("abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcd.example")]
    public void What_is_no_host_has_no_form(string host) => Assert.Null(HostName.Canonical(host));

    [Fact]
    public void A_host_longer_than_the_dns_allows_has_no_form() => Assert.Null(HostName.Canonical(string.Join('.', Enumerable.Repeat(new string('a', 60), 5))));

    [Theory]
    [InlineData("app.example", "app.example", null)]
    [InlineData("App.Example:8443", "app.example", 8443)]
    [InlineData("[::1]:4000", "::1", 4000)]
    [InlineData("[::1]", "::1", null)]
    [InlineData("::1", "::1", null)]
    public void A_host_and_port_is_read(string text, string host, int? port)
    {
        Assert.True(HostPort.TryParse(text, out var entry));
        Assert.Equal(new HostPort(host, port), entry);
    }

    [Theory]
    [InlineData("app.example:")]
    [InlineData("app.example:0")]
    [InlineData("app.example:65536")]
    [InlineData("app.example:-1")]
    [InlineData("app.example:8 0")]
    [InlineData("https://app.example")]
    [InlineData("*.example")]
    [InlineData(":80")]
    public void What_is_no_host_and_port_is_not_read(string text) => Assert.False(HostPort.TryParse(text, out _));
}
