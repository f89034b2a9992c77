using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ecoscanner.Apps;

namespace Ecoscanner.Tests.Core.Apps;

public sealed class JwtTests
{
    [Fact]
    public void A_token_that_others_made_is_read_and_found_signed()
    {
        // The example on jwt.io's first page, with its secret.
        const string Token =
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";

        Assert.True(Jwt.TryRead(Token, out var jwt));
        Assert.Equal(("HS256", "John Doe"), (jwt.Algorithm, jwt.Claims.GetProperty("name").GetString()));
        Assert.True(jwt.IsSignedBy(JwtKey.Shared("your-256-bit-secret")));
        Assert.False(jwt.IsSignedBy(JwtKey.Shared("another")));
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    public void A_shared_secret_signs_and_only_that_one(string algorithm)
    {
        var token = Jwt.Make(new JsonObject { ["iss"] = "tenant" }, JwtKey.Shared("secret ü", algorithm));

        Assert.True(Jwt.TryRead(token, out var jwt));
        Assert.True(jwt.IsSignedBy(JwtKey.Shared("secret ü", algorithm)));
        Assert.False(jwt.IsSignedBy(JwtKey.Shared("secret u", algorithm)));
        Assert.False(jwt.IsSignedBy(JwtKey.Shared("secret ü", algorithm == "HS256" ? "HS512" : "HS256")));
    }

    [Fact]
    public void An_RSA_key_signs_under_its_id()
    {
        using var key = RSA.Create(2048);
        using var other = RSA.Create(2048);
        var token = Jwt.Make(new JsonObject { ["aud"] = "https://a.example" }, JwtKey.Asymmetric(key, "kid-1"));

        Assert.True(Jwt.TryRead(token, out var jwt));
        Assert.Equal(("RS256", "kid-1"), (jwt.Algorithm, jwt.KeyId));
        Assert.True(jwt.IsSignedBy(JwtKey.Asymmetric(key, id: null)));
        Assert.False(jwt.IsSignedBy(JwtKey.Asymmetric(other, id: null)));
        // The public key as a secret: the confusion that an app must not fall for, and we neither.
        Assert.False(jwt.IsSignedBy(JwtKey.Shared(key.ExportRSAPublicKeyPem())));
    }

    [Fact]
    public void An_unsigned_token_is_signed_by_nobody()
    {
        var token = Jwt.Make(new JsonObject { ["iss"] = "x" }, JwtKey.None);

        Assert.EndsWith(".", token, StringComparison.Ordinal);
        Assert.Equal("""{"typ":"JWT","alg":"none"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[0])));
        Assert.True(Jwt.TryRead(token, out var jwt));
        Assert.False(jwt.IsSignedBy(JwtKey.None));
    }

    [Fact]
    public void Claims_stand_as_given_wrong_ones_too()
    {
        var claims = new JsonObject
        {
            ["exp"] = "never",
            ["iss"] = new JsonArray(1, 2),
            ["qsh"] = null,
        };

        Assert.True(Jwt.TryRead(Jwt.Make(claims, JwtKey.None), out var jwt));
        Assert.Equal("""{"exp":"never","iss":[1,2],"qsh":null}""", jwt.Claims.GetRawText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("e30.e30")]
    [InlineData("e30.e30.a.b")]
    [InlineData("e30.W10.")] // a list
    [InlineData("e30.e30=.!")]
    [InlineData("eyJhbGciOiJcdWQ4MDAifQ.e30.")] // {"alg":"\ud800"}
    [InlineData("e30.eyJhIjoiw_8ifQ.")] // bytes that are no text
    public void What_is_no_token_is_not_read(string token) => Assert.False(Jwt.TryRead(token, out _));

    [Fact]
    public void A_token_longer_or_deeper_than_any_is_not_read()
    {
        var deep = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{{\"a\":{new string('[', 40)}{new string(']', 40)}}}"));
        var longClaims = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('x', 17_000)}\"}}"));

        Assert.False(Jwt.TryRead($"e30.{deep}.", out _));
        Assert.False(Jwt.TryRead($"e30.{longClaims}.", out _));
    }

    [Fact]
    public void A_mutated_token_is_read_or_not_and_never_throws()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var key = JwtKey.Shared("secret");
        var token = Jwt.Make(new ConnectClaims(TimeProvider.System).ForContext("tenant", "user ü"), key);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder(token);
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                text[random.Next(text.Length)] = random.Next(20) == 0 ? (char)random.Next(0x10000) : "AZaz09-_.="[random.Next(10)];
            }

            var mutated = text.ToString();
            // The last character of a signature carries two bits that belong to no byte.
            var same = mutated[..^1] == token[..^1];
            Assert.False(Jwt.TryRead(mutated, out var jwt) && jwt.IsSignedBy(key) && !same, $"seed {seed}, round {round}: {mutated}");
        }
    }

    [Fact]
    public void A_key_never_shows_its_secret()
    {
        Assert.DoesNotContain("secret", JwtKey.Shared("secret").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", JsonSerializer.Serialize(JwtKey.Shared("secret")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("RS256")]
    [InlineData("hs256")]
    public void A_shared_secret_has_no_other_algorithm(string algorithm) => Assert.Throws<ArgumentException>(() => JwtKey.Shared("secret", algorithm));
}
