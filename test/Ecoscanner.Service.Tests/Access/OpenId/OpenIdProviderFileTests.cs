using Ecoscanner.Service.Access.OpenId;

namespace Ecoscanner.Service.Tests.Access.OpenId;

public sealed class OpenIdProviderFileTests : IDisposable
{
    private const string Good =
        """{"key": "corporate", "name": "Corporate", "issuer": "https://id.example", "clientId": "eco", "clientSecret": "hunter2", "redirectUri": "https://eco.example/back"}""";

    private readonly string file = Path.Combine(Directory.CreateTempSubdirectory("ecoscanner-").FullName, "providers.json");

    [Fact]
    public void Providers_are_read_as_they_are_written()
    {
        var provider = Assert.Single(Read($"[{Good[..^1]}, \"secondFactorMethods\": [\"otp\"]}}]"));
        Assert.Equal(
            ("corporate", "https://id.example/", "eco", "hunter2"),
            (provider.Key, provider.Issuer.AbsoluteUri, provider.ClientId, provider.ClientSecret)
        );
        Assert.Equal(["otp"], provider.SecondFactorMethods);
        Assert.Empty(Assert.Single(Read($"[{Good}]")).SecondFactorMethods ?? []);
    }

    [Theory]
    [InlineData("{", "no list of providers")]
    [InlineData("[null]", "is null")]
    [InlineData("[{}]", "no list of providers|key must be")]
    [InlineData("""[{"kee": "a"}]""", "no list of providers")]
    public void What_is_none_is_told(string content, string says)
    {
        var e = Assert.Throws<SiteException>(() => Read(content));
        Assert.Contains(says.Split('|'), one => e.Message.Contains(one, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"corporate\"", "\"../x\"", "key must be")]
    [InlineData("https://id.example", "http://id.example", "issuer must be")]
    [InlineData("https://eco.example/back", "ftp://eco.example/back", "redirectUri must be")]
    [InlineData("\"eco\"", "\"\"", "clientId")]
    public void What_cannot_be_used_is_told_without_the_secret(string from, string to, string says)
    {
        var e = Assert.Throws<SiteException>(() => Read($"[{Good.Replace(from, to, StringComparison.Ordinal)}]"));
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_of_one_key_are_refused() =>
        Assert.Contains("one key", Assert.Throws<SiteException>(() => Read($"[{Good}, {Good}]")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_others_may_read_or_that_is_not_there_is_refused()
    {
        Assert.Contains("no such file", Assert.Throws<SiteException>(() => OpenIdProviderFile.Read(file)).Message, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            File.WriteAllText(file, $"[{Good}]");
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.Contains("chmod 600", Assert.Throws<SiteException>(() => OpenIdProviderFile.Read(file)).Message, StringComparison.Ordinal);
        }
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

    private IReadOnlyList<OpenIdProvider> Read(string content)
    {
        File.WriteAllText(file, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return OpenIdProviderFile.Read(file);
    }
}
