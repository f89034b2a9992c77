using Ecoscanner.Scanners.TransportSecurity;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners.TransportSecurity;

public sealed class StrictTransportSecurityTests
{
    [Theory]
    [InlineData("max-age=31536000", 31536000)]
    [InlineData("max-age=31536000; includeSubDomains", 31536000)]
    [InlineData("max-age=63072000; includeSubDomains; preload", 63072000)]
    [InlineData("includeSubDomains; max-age=31536000", 31536000)]
    [InlineData("MAX-AGE=31536000", 31536000)]
    [InlineData("Max-Age=31536000;INCLUDESUBDOMAINS", 31536000)]
    [InlineData("max-age=\"31536000\"", 31536000)]
    [InlineData("max-age=\"3\\1536000\"", 31536000)]
    [InlineData("max-age = 31536000", 31536000)]
    [InlineData("max-age\t=\t\"31536000\"\t;\tpreload", 31536000)]
    [InlineData("  max-age=31536000  ", 31536000)]
    [InlineData(";max-age=31536000", 31536000)]
    [InlineData("max-age=31536000;", 31536000)]
    [InlineData(";;; max-age=31536000 ;; ; includeSubDomains;;", 31536000)]
    [InlineData("max-age=0", 0)]
    [InlineData("max-age=00031536000", 31536000)]
    [InlineData("max-age=86400", 86400)]
    [InlineData("max-age=9223372036854775807", long.MaxValue)]
    [InlineData("max-age=99999999999999999999999999999999", long.MaxValue)]
    [InlineData("max-age=31536000; unknown", 31536000)]
    [InlineData("max-age=31536000; unknown=1", 31536000)]
    [InlineData("max-age=31536000; unknown=\"a;b,c\"", 31536000)]
    [InlineData("max-age=31536000; unknown=\"\"", 31536000)]
    [InlineData("max-age=31536000; unknown=\"a\\\"b\"", 31536000)]
    [InlineData("unknown=\"max-age=1\"; max-age=31536000", 31536000)]
    [InlineData("max-age=31536000; preload=yes", 31536000)]
    public void A_valid_header_has_its_seconds(string header, long seconds) =>
        Assert.Equal(new StrictTransportSecurity(seconds, null), StrictTransportSecurity.Parse(header));

    [Theory]
    [InlineData("", "no max-age")]
    [InlineData("   ", "no max-age")]
    [InlineData(";", "no max-age")]
    [InlineData("includeSubDomains", "no max-age")]
    [InlineData("preload; includeSubDomains", "no max-age")]
    [InlineData("maxage=31536000", "no max-age")]
    [InlineData("max-age", "not a number")]
    [InlineData("max-age=", "neither a token nor a quoted string")]
    [InlineData("max-age=;", "neither a token nor a quoted string")]
    [InlineData("max-age=\"\"", "not a number")]
    [InlineData("max-age=-1", "not a number")]
    [InlineData("max-age=+31536000", "not a number")]
    [InlineData("max-age=31536000.0", "not a number")]
    [InlineData("max-age=1e9", "not a number")]
    [InlineData("max-age=one-year", "not a number")]
    [InlineData("max-age=31536000s", "not a number")]
    [InlineData("max-age=\" 31536000\"", "not a number")]
    [InlineData("max-age=\u0661\u0662", "neither a token nor a quoted string")]
    [InlineData("max-age=31536000; max-age=31536000", "twice")]
    [InlineData("max-age=31536000; MAX-AGE=0", "twice")]
    [InlineData("max-age=31536000; preload; preload", "twice")]
    [InlineData("max-age=31536000; includeSubDomains; includesubdomains", "twice")]
    [InlineData("max-age=31536000, includeSubDomains", "semicolon")]
    [InlineData("max-age=31536000 includeSubDomains", "semicolon")]
    [InlineData("max-age=31536000, max-age=31536000", "semicolon")]
    [InlineData("max-age=\"31536000", "neither a token nor a quoted string")]
    [InlineData("max-age=\"31536000\\", "neither a token nor a quoted string")]
    [InlineData("max-age=31536000; =1", "does not begin with a name")]
    [InlineData("max-age=31536000; \"preload\"", "does not begin with a name")]
    [InlineData("max-age=31536000; includeSubDomains=1", "includeSubDomains has a value")]
    [InlineData("{max-age=31536000}", "does not begin with a name")]
    [InlineData("\u0000", "does not begin with a name")]
    public void A_header_that_browsers_ignore_has_a_reason(string header, string reason)
    {
        var parsed = StrictTransportSecurity.Parse(header);
        Assert.Null(parsed.MaxAge);
        Assert.Contains(reason, parsed.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_a_header_says_it_is_either_valid_or_not() =>
        Fuzz.Run(random =>
        {
            var parsed = StrictTransportSecurity.Parse(Fuzzing.Mutate("max-age=31536000; includeSubDomains; other=\"a\\\"b\"; preload", random));
            Assert.True(parsed.MaxAge >= 0 ^ parsed.Problem is not null, "either seconds or a problem");
        });
}
