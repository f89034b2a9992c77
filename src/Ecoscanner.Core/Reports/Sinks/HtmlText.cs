using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Ecoscanner.Reports.Sinks;

/// <summary>Text for the content of an HTML element or a quoted attribute.</summary>
public static class HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(Allowed());

    /// <summary>The visible text. <c>#</c> is encoded too: a page on standard output must hold no command of a build server.</summary>
    public static string Of(string? text) => Encoder.Encode(Visible.Of(text));

    private static TextEncoderSettings Allowed()
    {
        var allowed = new TextEncoderSettings(UnicodeRanges.BasicLatin);
        allowed.ForbidCharacter('#');
        return allowed;
    }
}
