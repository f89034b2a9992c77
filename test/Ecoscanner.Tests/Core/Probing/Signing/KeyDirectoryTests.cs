using System.Text;
using Ecoscanner.Probing.Signing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing.Signing;

public sealed class KeyDirectoryTests
{
    private const string X = "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs";
    private const string KeyId = "poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U";

    [Fact]
    public void A_directory_is_read_back_as_it_was_written()
    {
        var key = DirectoryKey.Of(SigningKey.Create()) with { NotBefore = DateTimeOffset.UnixEpoch, Expires = DateTimeOffset.UnixEpoch.AddYears(50) };

        var read = Assert.Single(KeyDirectory.Parse(new KeyDirectory([key]).ToJson()).Keys);

        Assert.Equal(key.PublicKey.ToArray(), read.PublicKey.ToArray());
        Assert.Equal((key.KeyId, key.NotBefore, key.Expires), (read.KeyId, read.NotBefore, read.Expires));
    }

    [Fact]
    public void A_directory_never_holds_a_private_key() =>
        Assert.DoesNotContain("\"d\"", Encoding.UTF8.GetString(KeyDirectory.Of(SigningKey.Create()).ToJson()), StringComparison.Ordinal);

    [Fact]
    public void The_key_of_RFC_9421_is_found_by_its_thumbprint()
    {
        var directory = Parse($$"""{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"{{KeyId}}","x":"{{X}}","use":"sig"}],"purpose":"rag"}""");

        Assert.NotNull(directory.Find(KeyId));
        Assert.Null(directory.Find("another"));
    }

    [Theory]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[null]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","n":"AQ","e":"AQAB"}]}""")]
    [InlineData("""{"keys":[{"kty":"OKP","crv":"X25519","x":"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"}]}""")]
    [InlineData("""{"keys":[{"kty":"OKP","crv":"Ed25519","use":"enc","x":"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"}]}""")]
    public void Keys_of_other_kinds_are_left_out(string json) => Assert.Empty(Parse(json).Keys);

    [Theory]
    [InlineData("", "JSON Web Key Set")]
    [InlineData("<html>", "JSON Web Key Set")]
    [InlineData("null", "no \"keys\"")]
    [InlineData("{}", "no \"keys\"")]
    [InlineData("""{"keys":7}""", "JSON Web Key Set")]
    [InlineData("""{"keys":[{"kty":"OKP","crv":"Ed25519","x":"short"}]}""", "32 bytes")]
    [InlineData("""{"keys":[{"kty":"OKP","crv":"Ed25519","x":"not base64url!"}]}""", "32 bytes")]
    [InlineData("""{"keys":[{"kty":"OKP","crv":"Ed25519","x":"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs","kid":"mine"}]}""", "thumbprint")]
    [InlineData("""{"keys":[{"kty":"OKP","crv":"Ed25519","x":"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs","d":"n4Ni"}]}""", "private")]
    [InlineData("""{"keys":[{"kty":"OKP","crv":"Ed25519","x":"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs","exp":99999999999999}]}""", "no time")]
    [InlineData("""{"keys":[[[[[[[[[[]]]]]]]]]]}""", "JSON Web Key Set")]
    public void What_is_no_directory_is_refused(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_directory_larger_than_any_of_ours_is_refused()
    {
        Assert.Throws<FormatException>(() => Parse($$"""{"keys":[{{string.Join(',', Enumerable.Repeat("{}", 101))}}]}"""));
        Assert.Throws<FormatException>(() => Parse(new string(' ', KeyDirectory.MaximumBytes + 1)));
    }

    [Fact]
    public void Any_bytes_are_a_directory_or_refused() =>
        Fuzz.Run(random =>
        {
            var json = Fuzzing.Mutate(
                Encoding.UTF8.GetBytes($$"""{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"{{KeyId}}","x":"{{X}}","use":"sig","nbf":1,"exp":2,"d":null}]}"""),
                random
            );
            try
            {
                Assert.All(KeyDirectory.Parse(json).Keys, key => Assert.Equal(Ed25519.PublicKeyBytes, key.PublicKey.Length));
            }
            catch (FormatException e)
            {
                Assert.DoesNotContain(e.Message, c => c is < ' ' or > '~');
            }
        });

    private static KeyDirectory Parse(string json) => KeyDirectory.Parse(Encoding.UTF8.GetBytes(json));
}
