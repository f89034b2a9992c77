using System.Text;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Scanners.ConnectAuthentication;

namespace Ecoscanner.Tests.Scanners.ConnectAuthentication;

public sealed class AnswerSketchTests
{
    private const string Layout = "<html><head><title>Acme Boards</title></head><body><nav>Home Boards Reports Settings Help About</nav>";

    [Theory]
    [InlineData("<p>Hello Ann</p>", "<p>Hello Ann</p>")]
    [InlineData("<p nonce='a81f20c9'>Hello</p>", "<p nonce='77b1e0d4'>Hello</p>")]
    [InlineData("<i>6f1e2a90-7b0e-4b1e-9a53-1f2d3c4b5a69</i> 1763762400123", "<i>0c9d1a77-7b0e-4b1e-9a53-aa2d3c4b5a10</i> 1763762400999")]
    [InlineData("{\"token\":\"eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhMSJ9.x\"}", "{\"token\":\"eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhMSJ9.x\"}")]
    [InlineData("seen at 2026-11-21T12:34:56.789Z", "seen at 2026-11-22T01:02:03.004Z")]
    [InlineData("at 12:34:56 today", "at 23:05:07 today")]
    [InlineData("on 2026-11-21", "on 2026-12-01")]
    [InlineData("<input name=csrf value='kT9+x/Q1Zb7YpLw3sVn0Rg=='>", "<input name=csrf value='Aa4/+c8Ud2HhGkE6mWq1Zf=='>")]
    public void Nonces_ids_and_times_do_not_make_an_answer_another_one(string one, string other) => Assert.Equal(Sketch(one), Sketch(other));

    [Theory]
    [InlineData("<p>Hello Ann</p>", "<p>Please sign in</p>")]
    [InlineData("<p>tenant alpha</p>", "<p>tenant undefined</p>")]
    [InlineData("<p>12 boards</p>", "<p>0 boards</p>")]
    [InlineData("{\"boards\":[\"Roadmap\"]}", "{\"boards\":[]}")]
    public void What_is_said_makes_an_answer_another_one(string one, string other) => Assert.NotEqual(Sketch(Layout + one), Sketch(Layout + other));

    [Fact]
    public void A_page_that_echoes_its_url_with_the_token_says_the_same_as_without() =>
        Assert.Equal(
            Sketch("opened /page?lic=x", "https://a.example/page?lic=x"),
            Sketch("opened /page?lic=x&jwt=eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhMSJ9.x", "https://a.example/page?lic=x&jwt=eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhMSJ9.x")
        );

    [Fact]
    public void The_status_is_part_of_an_answer() => Assert.NotEqual(Sketch("ok", status: 200), Sketch("ok", status: 401));

    [Fact]
    public void A_soft_404_that_echoes_its_path_resembles_itself_at_another_path() =>
        Assert.True(
            Sketch("Sorry, /admin/configuration was not found", "https://a.example/admin/configuration")
                .Resembles(Sketch("Sorry, /ecoscanner-control-9f2a was not found", "https://a.example/ecoscanner-control-9f2a"))
        );

    [Fact]
    public void A_page_with_data_in_the_same_layout_does_not_resemble_the_soft_404() =>
        Assert.False(
            Sketch(Layout + "<table><td>Payroll 2026</td><td>Offer letters</td><td>Severance plans</td></table>").Resembles(Sketch(Layout + "<p>Not found</p>"))
        );

    [Theory]
    [InlineData("<!doctype html><html><head><title>App</title></head><body><div id='root'></div><script src='/a.js'></script></body></html>", true)]
    [InlineData(
        "<html><body><noscript>You need to enable JavaScript to run this app, and here is a long text about it that goes on and on and on.</noscript><script>x</script></body>",
        true
    )]
    [InlineData("<html><body><script>var data = {\"secret\": 1}", true)]
    [InlineData("<html><body><p>Loading</p><SCRIPT src=a.js></SCRIPT></body></html>", true)]
    [InlineData("<html><body><div id='root'></div></body></html>", false)]
    [InlineData(
        "<html><body><h1>Quarterly salaries of the people team</h1><p>Ann Smith earns more than Bob Miller does, and this is their page.</p><script>x</script></body>",
        false
    )]
    public void A_shell_shows_nothing_and_loads_a_script(string html, bool shell) => Assert.Equal(shell, Sketch(html).IsShell);

    [Fact]
    public void A_hostile_page_is_read_once()
    {
        var html = string.Concat(Enumerable.Repeat("<script<!--<svg", 20_000));
        var begun = System.Diagnostics.Stopwatch.StartNew();
        _ = Sketch(html);
        Assert.True(begun.Elapsed < TimeSpan.FromSeconds(2), $"took {begun.Elapsed}");
    }

    private static AnswerSketch Sketch(string body, string url = "https://a.example/page", int status = 200) =>
        AnswerSketch.Of(
            new ProbeAnswer(
                new Exchange
                {
                    Number = 1,
                    Purpose = "test",
                    Method = "GET",
                    Url = url,
                    Sent = default,
                    Duration = default,
                    Curl = "",
                    Status = status,
                }
            )
            {
                Body = Encoding.UTF8.GetBytes(body),
            },
            new Uri(url),
            tenant: null
        );
}
