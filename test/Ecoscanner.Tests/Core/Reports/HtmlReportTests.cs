using System.Text.RegularExpressions;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Reports;

public sealed partial class HtmlReportTests
{
    private static readonly string Page = SampleReports.Written("html", SampleReports.Rich(), SampleReports.WithBaseline);

    [Fact]
    public void It_is_written_as_promised() => Golden.Matches(Page, ".html");

    [Fact]
    public void It_holds_only_the_elements_and_attributes_that_we_write()
    {
        string[] known =
        [
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "header",
            "main",
            "nav",
            "section",
            "article",
            "div",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "p",
            "a",
            "ul",
            "li",
            "dl",
            "dt",
            "ol",
            "li",
            "dd",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "br",
            "code",
            "pre",
            "span",
            "strong",
            "details",
            "summary",
        ];
        string[] attributes =
        [
            "lang",
            "charset",
            "http-equiv",
            "content",
            "name",
            "class",
            "id",
            "href",
            "scope",
            "aria-hidden",
            "aria-label",
            "aria-labelledby",
        ];

        foreach (Match tag in Tag().Matches(Page[Page.IndexOf("<html", StringComparison.Ordinal)..]))
        {
            Assert.Contains(tag.Groups["element"].Value, known);
            Assert.All(tag.Groups["attribute"].Captures, attribute => Assert.Contains(attribute.Value, attributes));
        }
    }

    [Fact]
    public void Every_tag_that_is_opened_is_closed_in_order()
    {
        var open = new Stack<string>();
        foreach (Match tag in Tag().Matches(Page[Page.IndexOf("<html", StringComparison.Ordinal)..]))
        {
            var element = tag.Groups["element"].Value;
            if (tag.Value.StartsWith("</", StringComparison.Ordinal))
            {
                Assert.Equal(open.Pop(), element);
            }
            else if (element is not ("meta" or "br"))
            {
                open.Push(element);
            }
        }

        Assert.Empty(open);
    }

    [Fact]
    public void It_loads_nothing_and_links_only_within_itself()
    {
        Assert.Matches("default-src &#x27;none&#x27;; style-src &#x27;sha256-", Page);
        Assert.All(Href().Matches(Page), href => Assert.StartsWith("#app-", href.Groups["target"].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_table_says_what_it_shows_and_each_verdict_stands_in_words()
    {
        Assert.Equal(Page.Split("<table").Length, Page.Split("<caption>").Length);
        Assert.All(["fail", "pass", "inconclusive", "exempt"], word => Assert.Matches($"</span> {word}</th>", Page));
    }

    [GeneratedRegex("""</?(?<element>[a-z0-9]+)(\s+(?<attribute>[a-z-]+)="[^"<>]*")*\s*>""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("""href="(?<target>[^"]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Href();
}
