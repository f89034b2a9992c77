using System.Text.Encodings.Web;

namespace Ecoscanner.Reports.Sinks;

/// <summary>Text for the content of an HTML element or a quoted attribute.</summary>
public static class HtmlText
{
    public static string Of(string? text) => HtmlEncoder.Default.Encode(Visible.Of(text));
}
