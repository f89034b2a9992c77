using System.Text;

namespace Ecoscanner.Service.Catalogue;

/// <summary>Checks what people and other systems call things, before it is kept.</summary>
internal static class Words
{
    // The Marketplace's own limits: 40 characters for a name, 80 for a key; twice that for what is older.
    private const int MaximumName = 200;
    private const int MaximumKey = 160;
    private const int MaximumVersion = 100;
    private const int MaximumUrl = 2_000;

    /// <exception cref="CatalogueException">It is no key.</exception>
    public static string Key(string key, string what) =>
        key.Length is > 0 and <= MaximumKey && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            ? key
            : throw new CatalogueException($"{what} is no key; keys have 1 to {MaximumKey} letters, digits, dots, hyphens and underscores");

    /// <exception cref="CatalogueException">It is empty or too long.</exception>
    public static string Name(string name, string what) => Plain(name, what, MaximumName);

    /// <exception cref="CatalogueException">It is empty or too long.</exception>
    public static string Version(string version) => Plain(version, "the version", MaximumVersion);

    /// <exception cref="CatalogueException">It is no URL that can be scanned.</exception>
    public static string Url(string url, string what) =>
        url.Length <= MaximumUrl && Uri.TryCreate(url, UriKind.Absolute, out var read) && read is { Scheme: "https" or "http", UserInfo: "" }
            ? read.AbsoluteUri
            : throw new CatalogueException($"{what} is no URL that can be scanned; it begins with https:// and has no user name");

    private static string Plain(string text, string what, int maximum)
    {
        var trimmed = text.Trim();
        // What turns the direction of text, or is not there, lets one name look like another.
        return trimmed.Length is > 0 && trimmed.Length <= maximum && !trimmed.EnumerateRunes().Any(IsHidden)
            ? trimmed
            : throw new CatalogueException($"{what} is empty, has control characters or more than {maximum} characters; shorten it");
    }

    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is System.Globalization.UnicodeCategory.Control
                or System.Globalization.UnicodeCategory.Format
                or System.Globalization.UnicodeCategory.LineSeparator
                or System.Globalization.UnicodeCategory.ParagraphSeparator;
}
