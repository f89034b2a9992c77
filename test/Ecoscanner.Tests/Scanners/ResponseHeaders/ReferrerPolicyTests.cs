using Ecoscanner.Scanners.ResponseHeaders;

namespace Ecoscanner.Tests.Scanners.ResponseHeaders;

public sealed class ReferrerPolicyTests
{
    [Theory]
    [InlineData("no-referrer", "no-referrer")]
    [InlineData("Strict-Origin", "strict-origin")]
    [InlineData("unsafe-url, strict-origin", "strict-origin")]
    [InlineData("strict-origin, unsafe-url", "unsafe-url")]
    [InlineData("no-referrer, strict-origin-when-cross-origin, future-policy", "strict-origin-when-cross-origin")]
    [InlineData(" ,, origin ,, ", "origin")]
    [InlineData("no-referrer; unsafe-url", null)]
    [InlineData("\"no-referrer\"", null)]
    [InlineData("never", null)]
    [InlineData("", null)]
    public void The_last_policy_that_browsers_know_counts(string header, string? policy) => Assert.Equal(policy, ReferrerPolicy.Effective([header]));

    [Fact]
    public void Several_headers_are_one_list() => Assert.Equal("origin", ReferrerPolicy.Effective(["unsafe-url", "origin", "unknown"]));

    [Fact]
    public void No_header_is_no_policy() => Assert.Null(ReferrerPolicy.Effective([]));

    [Theory]
    [InlineData("unsafe-url", true)]
    [InlineData("no-referrer-when-downgrade", true)]
    [InlineData("strict-origin-when-cross-origin", false)]
    [InlineData("origin-when-cross-origin", false)]
    [InlineData("no-referrer", false)]
    public void Policies_that_give_the_whole_URL_to_others_leak(string policy, bool leaks) => Assert.Equal(leaks, ReferrerPolicy.Leaks(policy));
}
