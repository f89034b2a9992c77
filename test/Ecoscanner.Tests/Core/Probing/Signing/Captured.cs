using System.Text;
using Ecoscanner.Findings;
using Ecoscanner.Probing.Signing;

namespace Ecoscanner.Tests.Core.Probing.Signing;

/// <summary>Writes a request of ours down as a receiver would.</summary>
internal static class Captured
{
    public const string RunId = "7f0c2a51d9";

    public static string Text(MessageSigner signer, string method, string url, string body = "")
    {
        var target = new Uri(url);
        var headers = signer.Sign(method, target, RunId, Encoding.Latin1.GetBytes(body));
        return Text(method, target.PathAndQuery, [new("Host", target.Authority), new("X-Ecoscanner-Run", RunId), .. headers], body);
    }

    public static CapturedRequest Parse(string text) => CapturedRequest.Parse(Encoding.Latin1.GetBytes(text));

    private static string Text(string method, string target, IEnumerable<HeaderField> headers, string body)
    {
        var text = new StringBuilder($"{method} {target} HTTP/1.1\r\n");
        foreach (var header in headers)
        {
            text.Append(header.Name).Append(": ").Append(header.Value).Append("\r\n");
        }

        return text.Append(body.Length > 0 ? $"Content-Length: {body.Length}\r\n" : "").Append("\r\n").Append(body).ToString();
    }
}
