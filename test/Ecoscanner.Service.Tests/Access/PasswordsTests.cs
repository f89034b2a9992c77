using Ecoscanner.Service.Access;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Access;

public sealed class PasswordsTests
{
    private const string Good = "correct horse battery";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_the_password_itself_is_right()
    {
        var hash = await Passwords.HashAsync(Good, 1000, Stop);
        Assert.Equal(PasswordCheck.Right, await Passwords.CheckAsync(Good, hash, 1000, Stop));
        Assert.Equal(PasswordCheck.Wrong, await Passwords.CheckAsync(Good + " ", hash, 1000, Stop));
        Assert.Equal(PasswordCheck.Wrong, await Passwords.CheckAsync(Good, null, 1000, Stop));
        Assert.NotEqual(hash, await Passwords.HashAsync(Good, 1000, Stop));
    }

    [Fact]
    public async Task A_hash_of_other_iterations_is_right_and_outdated() =>
        Assert.Equal(PasswordCheck.Outdated, await Passwords.CheckAsync(Good, await Passwords.HashAsync(Good, 500, Stop), 1000, Stop));

    [Theory]
    [InlineData("short", "12 to 256")]
    [InlineData("aaaaaaaaaaaaaaaa", "repeats")]
    [InlineData("my-somebody-password", "e-mail")]
    public void A_poor_password_is_refused_with_the_reason(string password, string why) =>
        Assert.Contains(why, Passwords.Objection(password, "somebody@example.org"), StringComparison.Ordinal);

    [Fact]
    public async Task A_damaged_hash_lets_nobody_in()
    {
        var hash = await Passwords.HashAsync(Good, 10, Stop);
        Fuzz.Run(random =>
        {
            // Iterations that are still a number may be any; all else must be wrong.
            var changed = Fuzzing.Mutate(hash, random);
            if (changed.Split('$') is [_, { Length: < 5 }, ..] && changed != hash)
            {
                Assert.Equal(PasswordCheck.Wrong, Passwords.CheckAsync("another password", changed, 10, Stop).GetAwaiter().GetResult());
            }
        });
    }
}
