namespace Ecoscanner.Apps;

/// <summary>All places of an app, as the document names them that it serves itself: what is not among them is no part of the app.</summary>
/// <param name="Document">The URL from which the document was fetched, and read whole.</param>
/// <param name="Places">URLs without their queries, after a method where one is told; <c>%7B%7D</c> stands for what of a path is filled when it is called.</param>
public sealed record Extent(string Document, IReadOnlyList<string> Places)
{
    internal static Extent Of(ConnectApp app, Uri document) =>
        new(
            document.AbsoluteUri,
            [
                .. new[] { document, app.BaseUrl }
                    .Concat(app.RegionBaseUrls.Values)
                    .Select(WithoutQuery)
                    .Concat(app.OwnLinks.Select(link => $"{link.Method} {WithoutQuery(Blank(app, link))}"))
                    .Distinct(StringComparer.Ordinal),
            ]
        );

    // As it is written, and not as this scan fills it: another one has other values.
    private static Uri Blank(ConnectApp app, ConnectLink link) => DescriptorUrl.Join(app.BaseUrl, link.Template, ContextVariables.Blank).Url ?? link.Url;

    private static string WithoutQuery(Uri url) => url.GetLeftPart(UriPartial.Path);
}
