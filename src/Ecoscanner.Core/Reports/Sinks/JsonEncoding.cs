using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Ecoscanner.Reports.Sinks;

/// <summary>How strings are escaped in the JSON formats: a build server reads standard output too, and looks for its commands anywhere in a line.</summary>
internal static class JsonEncoding
{
    /// <summary>The platform's careful encoder, which escapes <c>#</c> besides: <c>##vso[</c> (Azure) and <c>##teamcity[</c> never stand in the output.</summary>
    public static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.Create(Allowed());

    private static TextEncoderSettings Allowed()
    {
        var allowed = new TextEncoderSettings(UnicodeRanges.BasicLatin);
        allowed.ForbidCharacter('#');
        return allowed;
    }
}
