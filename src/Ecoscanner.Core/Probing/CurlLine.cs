using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Ecoscanner.Probing;

/// <summary>Writes the bash command line that repeats a request with curl. It does not say that it is us: a run by hand is not our traffic.</summary>
internal static class CurlLine
{
    /// <summary>The line, without a break in it.</summary>
    /// <param name="request">What was sent, its URL in canonical form.</param>
    /// <param name="plainVersion">True where the request was sent as HTTP/1.1 although HTTP/2 was possible.</param>
    /// <param name="strange">True where the system's roots do not vouch for the certificate: curl would stop there.</param>
    public static string Of(ProbeRequest request, bool plainVersion, bool strange)
    {
        var line = new StringBuilder();
        var text = Utf8.IsValid(request.Body.Span) && !request.Body.Span.Contains((byte)0);
        if (!text)
        {
            line.Append(CultureInfo.InvariantCulture, $"printf %s {Convert.ToBase64String(request.Body.Span)} | base64 -d | ");
        }

        line.Append("curl --include --globoff --path-as-is --compressed --max-time 30");
        line.Append(plainVersion ? " --http1.1" : "");
        if (strange)
        {
            // A genuine token goes only where the operator's own root vouches; the file is the one that was named with --trust.
            line.Append(request.NeedsTrust ? " --cacert \"$ECOSCANNER_TRUST\"" : " --insecure");
        }

        // With --request HEAD, curl would wait for a body.
        line.Append(request.Method == "HEAD" ? " --head" : $" --request {ShellWord.Of(request.Method)}");
        foreach (var header in request.Headers)
        {
            // A header without value is written with a semicolon; a colon would remove it.
            var field = header.Value.Length == 0 ? $"{header.Name};" : $"{header.Name}: {header.Value}";
            line.Append(" --header ").Append(ShellWord.Of(field, request.Secrets));
        }

        if (request.Body.Length > 0 || request.Method is "POST" or "PUT" or "PATCH")
        {
            // Without a type of our own, curl would add one for forms.
            line.Append(" --header ").Append(ShellWord.Of(request.ContentType is { } type ? $"Content-Type: {type}" : "Content-Type:"));
            line.Append(text ? $" --data-raw {ShellWord.Of(Encoding.UTF8.GetString(request.Body.Span), request.Secrets)}" : " --data-binary @-");
        }

        return line.Append(' ').Append(ShellWord.Of(request.Url.AbsoluteUri, request.Secrets)).ToString();
    }
}
