using Ecoscanner.Service.Access;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Access;

public sealed class TokenTextTests
{
    [Fact]
    public void A_token_is_known_by_its_beginning_and_its_check()
    {
        var token = TokenText.New();
        Assert.Matches("^eco_[0-9A-Za-z]{8}_[0-9A-Za-z]{46}$", token);
        Assert.Equal(token[..12], TokenText.Prefix(token));
        Assert.NotEqual(token, TokenText.New());
    }

    [Fact]
    public void What_is_one_character_off_is_no_token_so_that_scanners_of_secrets_do_not_cry_wolf()
    {
        var token = TokenText.New();
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token.ToCharArray();
            changed[i] = changed[i] == 'a' ? 'b' : 'a';
            Assert.Null(TokenText.Prefix(new string(changed)));
        }
    }

    [Fact]
    public void Any_text_is_looked_at_without_harm()
    {
        var token = TokenText.New();
        Fuzz.Run(random =>
        {
            var changed = Fuzzing.Mutate(token, random);
            Assert.Equal(changed == token, TokenText.Prefix(changed) is not null);
        });
        Assert.Null(TokenText.Prefix(""));
        Assert.Null(TokenText.Prefix(new string('x', 1_000_000)));
    }
}
