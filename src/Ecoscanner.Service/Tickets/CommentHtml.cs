using System.Net;
using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Ecoscanner.Service.Tickets;

/// <summary>Markdown of strangers as HTML that can stand in a page: no HTML of theirs, no images, links to the web and to mail only.</summary>
public static class CommentHtml
{
    private const string Rel = "nofollow noopener";

    private static readonly string[] Schemes = ["http", "https", "mailto"];

    // No attributes in braces, no identifiers: what a writer can name, a page's own scripts could mistake.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().Build();

    public static string Of(string markdown)
    {
        try
        {
            var document = Markdown.Parse(markdown, Pipeline);
            foreach (var inline in document.Descendants<Inline>().ToList())
            {
                Tame(inline);
            }

            using var text = new StringWriter();
            var renderer = new HtmlRenderer(text);
            Pipeline.Setup(renderer);
            renderer.Render(document);
            return text.ToString();
        }
        catch (ArgumentException)
        {
            // Nested deeper than the parser goes: as it was written.
            return $"<pre>{WebUtility.HtmlEncode(markdown)}</pre>\n";
        }
    }

    private static void Tame(Inline inline)
    {
        switch (inline)
        {
            // Its description stays; its address would tell somebody else who reads here.
            case LinkInline { IsImage: true } image:
                image.ReplaceBy(new ContainerInline(), copyChildren: true);
                break;
            case LinkInline link when IsAllowed(link.GetDynamicUrl?.Invoke() ?? link.Url):
                Mark(link);
                break;
            case LinkInline link:
                link.ReplaceBy(new ContainerInline(), copyChildren: true);
                break;
            case AutolinkInline { IsEmail: true } mail:
                Mark(mail);
                break;
            case AutolinkInline link when IsAllowed(link.Url):
                Mark(link);
                break;
            case AutolinkInline link:
                link.ReplaceBy(new LiteralInline(link.Url));
                break;
            default:
                break;
        }
    }

    private static void Mark(Inline link) => link.GetAttributes().AddProperty("rel", Rel);

    // Relative ones would lead into our own pages with whatever the writer wants.
    private static bool IsAllowed(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && Schemes.Contains(address.Scheme, StringComparer.Ordinal)
        // What browsers read as another scheme than .NET does begins with something else.
        && url!.StartsWith(address.Scheme + ":", StringComparison.OrdinalIgnoreCase);
}
