using Ecoscanner.Scanners.ResponseHeaders;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners.ResponseHeaders;

public sealed class SetCookieTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("sid=1; Secure; HttpOnly; SameSite=Lax", "")]
    [InlineData("sid=1; secure; httponly; samesite=none", "")]
    [InlineData("sid=1;SECURE;HTTPONLY;SAMESITE=STRICT", "")]
    [InlineData("sid=1 ; Secure=yes ; HttpOnly=1 ; SameSite = Lax", "")]
    [InlineData("sid=1", "Secure HttpOnly SameSite")]
    [InlineData("sid=1; Path=/; HttpOnly; SameSite=Lax", "Secure")]
    [InlineData("sid=1; Secure; SameSite=Lax", "HttpOnly")]
    [InlineData("sid=1; Secure; HttpOnly", "SameSite")]
    [InlineData("sid=1; Secure; HttpOnly; SameSite", "SameSite")]
    [InlineData("sid=1; Secure; HttpOnly; SameSite=Everywhere", "SameSite")]
    [InlineData("sid=1; Secure; HttpOnly; SameSite=Lax; SameSite=Never", "SameSite")]
    [InlineData("sid=Secure HttpOnly SameSite=Lax", "Secure HttpOnly SameSite")]
    [InlineData("sid=1; Comment=Secure; HttpOnlyish; Same-Site=Lax", "Secure HttpOnly SameSite")]
    public void What_a_cookie_lacks_is_named(string header, string lacks) => Assert.Equal(lacks, string.Join(' ', SetCookie.Parse(header, Now)!.Lacks));

    [Theory]
    [InlineData("PHPSESSID", true)]
    [InlineData("JSESSIONID", true)]
    [InlineData("CFID", true)]
    [InlineData("CFTOKEN", true)]
    [InlineData("ASP.NET_SessionId", true)]
    [InlineData(".AspNetCore.Session", true)]
    [InlineData("connect.sid", true)]
    [InlineData("my_app_session", true)]
    [InlineData("_myapp_session", true)]
    [InlineData("__Host-session", true)]
    [InlineData("laravel_session", true)]
    [InlineData("express:sess", true)]
    [InlineData("auth_token", true)]
    [InlineData("app-sid", true)]
    [InlineData("jwt", true)]
    [InlineData("XSRF-TOKEN", false)]
    [InlineData("csrftoken", false)]
    [InlineData("visited", false)]
    [InlineData("theme", false)]
    [InlineData("_ga", false)]
    [InlineData("AWSALB", false)]
    [InlineData("inside", false)]
    public void Session_cookies_are_known_by_their_name(string name, bool isSession) => Assert.Equal(isSession, SetCookie.Parse($"{name}=1", Now)!.IsSession);

    [Theory]
    [InlineData("sid=; Max-Age=0", true)]
    [InlineData("sid=; Max-Age=-1", true)]
    [InlineData("sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", true)]
    [InlineData("sid=; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", false)]
    [InlineData("sid=; Expires=Fri, 01 Jan 2100 00:00:00 GMT", false)]
    [InlineData("sid=; Expires=whenever", false)]
    [InlineData("sid=", false)]
    public void A_cookie_that_is_taken_away_is_known(string header, bool removed) => Assert.Equal(removed, SetCookie.Parse(header, Now)!.Removed);

    [Theory]
    [InlineData("")]
    [InlineData("=1")]
    [InlineData("novalue")]
    [InlineData("; Secure")]
    public void What_browsers_drop_is_no_cookie(string header) => Assert.Null(SetCookie.Parse(header, Now));

    [Fact]
    public void Whatever_the_headers_say_the_readers_end_without_an_exception() =>
        Fuzz.Run(random =>
        {
            var header = Fuzzing.Mutate("sid=1; Secure; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=\"0\", no-store, unsafe-url", random);
            _ = SetCookie.Parse(header, Now)?.Lacks;
            CacheControl.ForbidsStoring([header]);
            ReferrerPolicy.Effective([header]);
        });
}
