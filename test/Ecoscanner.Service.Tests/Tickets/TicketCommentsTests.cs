using System.Text.RegularExpressions;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Tickets;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Tickets;

public sealed partial class TicketCommentsTests : IDisposable
{
    private static readonly string[] Elements =
    [
        "a",
        "blockquote",
        "br",
        "code",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ];

    private static readonly string[] Pieces =
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\nscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,<script>)",
        "[x](vbscript:x)",
        "[x](//evil.example/)",
        "[x](/api/v1/tickets)",
        "<javascript:alert(1)>",
        "<https://a.example/\"onclick=alert(1)>",
        "![x](https://evil.example/pixel.png)",
        "![x][r]\n\n[r]: javascript:alert(1)",
        "[r]",
        "[x](https://a.example/ \"t\\\" onmouseover=\\\"alert(1)\")",
        "`<b>`",
        "```html\n<script>\n```",
        "|a|b|\n|-|-|\n|<i>|[x](javascript:1)|",
        "{onclick=alert(1)}",
        "# h {#id onclick=x}",
        "www.a.example",
        "http://a.example/?\"><script>",
        "<mailto:a@b.example>",
        "a@b.example",
        "> q\n",
        "- l\n",
        "1. n\n",
        "**b**",
        "\\<",
        "&lt;",
        "\u0000",
        "\u202e",
        "--- \n",
        "<!--",
        "-->",
        "<![CDATA[",
        "</p>",
        "\"",
        "'",
        ">",
        "<",
        "&#x3c;script&#x3e;",
        "[a]: <javascript:alert(1)> \"x\"\n\n[a]",
        "\t",
        "\n\n",
    ];

    private readonly TicketWorld world = new();

    [Theory]
    [InlineData("**b** and `c`", "<p><strong>b</strong> and <code>c</code></p>")]
    [InlineData("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("[x](https://a.example/)", "<p><a href=\"https://a.example/\" rel=\"nofollow noopener\">x</a></p>")]
    [InlineData("<https://a.example/>", "<p><a href=\"https://a.example/\" rel=\"nofollow noopener\">https://a.example/</a></p>")]
    [InlineData("https://a.example/", "<p><a href=\"https://a.example/\" rel=\"nofollow noopener\">https://a.example/</a></p>")]
    [InlineData("<a@b.example>", "<p><a href=\"mailto:a@b.example\" rel=\"nofollow noopener\">a@b.example</a></p>")]
    [InlineData("[x](javascript:alert(1))", "<p>x</p>")]
    [InlineData("[x](/api/v1/me)", "<p>x</p>")]
    [InlineData("[x](//evil.example)", "<p>x</p>")]
    [InlineData("[*x*](file:///etc/passwd)", "<p><em>x</em></p>")]
    [InlineData("![a cat](https://evil.example/pixel.png)", "<p>a cat</p>")]
    [InlineData("<javascript:alert(1)>", "<p>javascript:alert(1)</p>")]
    public void Markdown_becomes_html_that_can_stand_in_a_page(string markdown, string html) => Assert.Equal(html, CommentHtml.Of(markdown).Trim());

    [Fact]
    public void Nesting_without_end_is_shown_as_it_was_written()
    {
        Safe(CommentHtml.Of(new string('>', 10_000) + "<script>"));
        Safe(CommentHtml.Of(string.Concat(Enumerable.Repeat("[", 20_000))));
        Safe(CommentHtml.Of(string.Concat(Enumerable.Repeat("![", 10_000))));
        Safe(CommentHtml.Of(string.Concat(Enumerable.Repeat("*a_", 6_000))));
    }

    [Fact]
    public void No_script_survives() =>
        Fuzz.Run(random =>
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            Safe(CommentHtml.Of(random.Next(2) == 0 ? text : Fuzzing.Mutate(text, random)));
        });

    [Fact]
    public void Comments_are_sealed_and_read_in_order_and_told_to_the_partner()
    {
        var ticket = world.Ticket();
        world.Database.Write(session =>
        {
            Assert.Null(world.Comments.Add(session, TicketWorld.Partner, "AMS-1", "is it *this*?"));
            Assert.Null(world.Comments.Add(session, TicketWorld.Staff, "AMS-1", "it is"));
            Assert.NotNull(world.Comments.Add(session, TicketWorld.Who(Role.PartnerViewer), "AMS-1", "may I?"));
            Assert.NotNull(world.Comments.Add(session, TicketWorld.Partner, "AMS-1", " "));
            Assert.NotNull(world.Comments.Add(session, TicketWorld.Partner, "AMS-1", new string('x', TicketComments.LongestText + 1)));
        });
        var comments = world.Database.Read(session => world.Comments.Of(session, ticket));
        Assert.Equal(["partner: <p>is it <em>this</em>?</p>", "staff: <p>it is</p>"], comments.Select(comment => $"{comment.Side}: {comment.Html.Trim()}"));
        Assert.DoesNotContain(
            "this",
            System.Text.Encoding.UTF8.GetString(world.One<byte[]>("select sealed from ticket_comment where id = 1")),
            StringComparison.Ordinal
        );
        Assert.Equal(["filed", "comment"], world.List<string>("select kind from notice order by id"));
        Assert.Equal(["ticket.comment", "ticket.comment"], world.List<string>("select action from audit_event where partner_id = 1"));
    }

    [Fact]
    public void A_machine_that_talks_without_end_is_stopped()
    {
        world.Ticket();
        world.Database.Write(session =>
        {
            for (var i = 0; i < 200; i++)
            {
                Assert.Null(world.Comments.Add(session, TicketWorld.Partner, "AMS-1", "again"));
            }

            Assert.NotNull(world.Comments.Add(session, TicketWorld.Partner, "AMS-1", "again"));
        });
    }

    public void Dispose() => world.Dispose();

    // Every "<" begins one of the elements that Markdown makes, with the attributes that we know, and links lead to where they may.
    private static void Safe(string html)
    {
        foreach (var at in Enumerable.Range(0, html.Length).Where(at => html[at] == '<'))
        {
            var tag = Tag().Match(html, at);
            Assert.True(tag.Success && tag.Index == at, $"not ours: {html[at..Math.Min(html.Length, at + 60)]} in {html}");
            Assert.Contains(tag.Groups["name"].Value, Elements);
            foreach (Match attribute in Attribute().Matches(tag.Groups["attributes"].Value))
            {
                var (name, value) = (attribute.Groups["name"].Value, attribute.Groups["value"].Value);
                Assert.Contains(name, (string[])["href", "rel", "title", "class", "start", "type"]);
                Assert.True(name != "href" || Allowed().IsMatch(value), html);
                Assert.True(name != "rel" || value == "nofollow noopener", html);
            }

            Assert.Equal(
                tag.Groups["name"].Value == "a" && !tag.Value.StartsWith("</", StringComparison.Ordinal),
                tag.Value.Contains(" rel=", StringComparison.Ordinal)
            );
        }
    }

    [GeneratedRegex(
        "\\G</?(?<name>[a-z][a-z0-9]*)(?<attributes>( [a-z]+=\"[^\"<>]*\")*)( /)?>",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Tag();

    [GeneratedRegex(" (?<name>[a-z]+)=\"(?<value>[^\"<>]*)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Attribute();

    [GeneratedRegex("^(https?://|mailto:)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Allowed();
}
