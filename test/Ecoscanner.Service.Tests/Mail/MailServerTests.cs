using Ecoscanner.Service.Mail;

namespace Ecoscanner.Service.Tests.Mail;

/// <summary>How an operator names the mail server.</summary>
public sealed class MailServerTests : IDisposable
{
    private const string From = "ecoscanner@example.org";

    private readonly string folder = Directory.CreateTempSubdirectory("ecoscanner-").FullName;

    [Theory]
    [InlineData("smtps://mail.example", false, "mail.example", 465, MailSecurity.Tls)]
    [InlineData("smtp://mail.example", false, "mail.example", 587, MailSecurity.StartTls)]
    [InlineData("smtp://mail.example:25", false, "mail.example", 25, MailSecurity.StartTls)]
    [InlineData("smtp://10.0.0.1:25", true, "10.0.0.1", 25, MailSecurity.Plain)]
    [InlineData("smtp://127.0.0.1:25", false, "127.0.0.1", 25, MailSecurity.Plain)]
    [InlineData("smtp://localhost:25/", false, "localhost", 25, MailSecurity.Plain)]
    [InlineData("smtp://[::1]:25", false, "::1", 25, MailSecurity.Plain)]
    public void Beyond_this_machine_there_is_TLS_unless_the_operator_says_that_there_is_none(
        string url,
        bool isPlain,
        string host,
        int port,
        MailSecurity security
    ) => Assert.Equal((host, port, security), MailServer.Of(url, From, null, isPlain) is { } server ? (server.Host, server.Port, server.Security) : default);

    [Theory]
    [InlineData(null, From, false, false, "go with --mail")]
    [InlineData(null, null, true, false, "go with --mail")]
    [InlineData("mail.example", From, false, false, "smtps://")]
    [InlineData("https://mail.example", From, false, false, "smtps://")]
    [InlineData("smtp://us:secret@mail.example", From, false, false, "--mail-login")]
    [InlineData("smtp://mail.example?x=secret", From, false, false, "--mail-login")]
    [InlineData("smtp://mail.example", null, false, false, "--mail-from")]
    [InlineData("smtp://mail.example", "nobody", false, false, "--mail-from")]
    [InlineData("smtps://mail.example", From, false, true, "leave one of them out")]
    [InlineData("smtp://mail.example", From, true, true, "leave one of them out")]
    public void What_does_not_go_together_is_told_without_what_is_secret(string? url, string? from, bool hasLogin, bool isPlain, string words)
    {
        var told = Assert.Throws<SiteException>(() => MailServer.Of(url, from, hasLogin ? Login("""{"user": "us", "password": "secret"}""") : null, isPlain));
        Assert.Contains(words, told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_login_is_its_owners_alone_and_nothing_prints_it()
    {
        var file = Login("""{"user": "us", "password": "secret"}""");
        var server = MailServer.Of("smtps://mail.example", From, file, false)!;
        Assert.Equal(("us", "secret"), (server.Login!.User, server.Login.Password));
        Assert.DoesNotContain("secret", $"{server}", StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
            Assert.Contains("chmod 600", Assert.Throws<SiteException>(() => MailLogin.Read(file)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("us:secret")]
    [InlineData("{}")]
    [InlineData("""{"user": "us", "password": ""}""")]
    [InlineData("""{"user": "us", "password": "secret", "more": 1}""")]
    [InlineData("null")]
    public void A_file_that_holds_something_else_is_told_and_not_quoted(string content)
    {
        var told = Assert.Throws<SiteException>(() => MailLogin.Read(Login(content)));
        Assert.Contains("mend the file", told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mail_needs_to_say_where_the_service_is_reached()
    {
        var options = new SiteOptions { DataFolder = folder, Mail = MailServer.Of("smtps://mail.example", From, null, false) };
        Assert.Contains("--origin", Assert.Throws<SiteException>(() => Service.Api.Platform.Open(options)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Login(string content)
    {
        var file = Path.Combine(folder, "login.json");
        File.WriteAllText(file, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return file;
    }
}
