using System.Text;
using Ecoscanner.Service.Access;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Access;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    // RFC 6238, appendix B, the last six digits.
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_codes_are_those_of_the_standard(long second, string code) =>
        Assert.Equal(code, Totp.Code(Secret, Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(second))));

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void A_clock_may_be_one_step_off(int seconds, bool matches)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111111);
        var code = Totp.Code(Secret, Totp.StepOf(now.AddSeconds(seconds)));
        Assert.Equal(matches, Totp.Match(Secret, code, now, 0) is not null);
    }

    [Fact]
    public void A_used_code_and_those_before_it_are_used_up()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111111);
        var step = Totp.StepOf(now);
        Assert.Equal(step, Totp.Match(Secret, Totp.Code(Secret, step), now, step - 1));
        Assert.Null(Totp.Match(Secret, Totp.Code(Secret, step), now, step));
        Assert.Null(Totp.Match(Secret, Totp.Code(Secret, step - 1), now, step));
    }

    [Fact]
    public void The_text_of_a_secret_is_what_apps_read()
    {
        Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.Text(Secret));
        Assert.Equal(Secret, TestPlatform.Base32(Totp.Text(Secret)));
        Assert.Equal(
            "otpauth://totp/Eco%20scanner:a%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Eco%20scanner",
            Totp.Link("Eco scanner", "a@example.org", Secret)
        );
    }

    [Fact]
    public void Nothing_but_six_digits_is_a_code()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111111);
        var code = Totp.Code(Secret, Totp.StepOf(now));
        var near = Enumerable.Range(-1, 3).Select(by => Totp.Code(Secret, Totp.StepOf(now) + by)).ToHashSet();
        Assert.NotNull(Totp.Match(Secret, $"{code[..3]} {code[3..]}", now, 0));
        Assert.Null(Totp.Match(Secret, null, now, 0));
        Assert.Null(Totp.Match(Secret, "٠٥٠٤٧١", now, 0));
        Fuzz.Run(random =>
        {
            var given = Fuzzing.Mutate(code, random);
            Assert.Equal(near.Contains(given.Replace(" ", "", StringComparison.Ordinal)), Totp.Match(Secret, given, now, 0) is not null);
        });
    }
}
