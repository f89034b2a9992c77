using System.Text;
using Ecoscanner.Findings;
using Ecoscanner.Probing;

namespace Ecoscanner.Tests.Core.Probing;

/// <summary>Everything here that reads text of a target, fed with what nobody meant to write.</summary>
public sealed class ParserFuzzTests
{
    private static readonly string[] Pieces =
    [
        "a",
        "Z",
        "0",
        "127",
        ".",
        "..",
        "。",
        "．",
        ":",
        "::",
        "[",
        "]",
        "/",
        "//",
        "\\",
        "@",
        "?",
        "#",
        "&",
        "=",
        ";",
        ",",
        "%",
        "%2e",
        "-",
        "_",
        "0x7f",
        "xn--",
        "ß",
        "İ",
        "１",
        "\u00ad",
        "\u200b",
        "\u202e",
        "\ud800",
        "\udc00",
        "😀",
        "\0",
        "\r\n",
        "\t",
        " ",
        "max-age",
        "{",
        "}",
        "\"",
        "\"a\":",
        "true",
        "[[",
        "Path",
        "localhost",
        "ffff",
        "443",
        "65536",
    ];

    [Fact]
    public void No_text_makes_a_parser_throw_and_no_secret_survives()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var limit = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("ECOSCANNER_SLOW") == "1" ? 60 : 2);
        var started = System.Diagnostics.Stopwatch.StartNew();
        while (started.Elapsed < limit)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 15)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            try
            {
                if (HostName.Canonical(text) is { } canonical)
                {
                    Assert.Equal(canonical, HostName.Canonical(canonical));
                    Assert.DoesNotContain(canonical, c => c is <= ' ' or > '~' or '/' or '@' or '\\' or '?' or '#' or '%');
                    Assert.True(HostPort.TryParse(HostPort.Of(canonical, 443), out var entry) && entry == new HostPort(canonical, 443));
                }

                if (Uri.TryCreate($"http://{text}/", UriKind.Absolute, out var url))
                {
                    Assert.Equal(HostName.Canonical(url.Host), url.HostNameType == UriHostNameType.IPv6 ? HostName.Canonical(url.Host) : HostName.Of(url));
                }

                Assert.True(!HostPort.TryParse(text, out var read) || HostName.Canonical(read.Host) == read.Host);
                RetryAfter.Parse(text, DateTimeOffset.UnixEpoch);
                JsonKeys.Of(Encoding.UTF8.GetBytes(text));
                var cookie = KeptHeaders
                    .Of([new HeaderField("Set-Cookie", $"name=marker{text.Replace(";", "", StringComparison.Ordinal)};{text}")], [])[0]
                    .Value;
                Assert.DoesNotContain("marker", cookie, StringComparison.Ordinal);
                var redirect = KeptHeaders.Of([new HeaderField("Location", $"{text.Replace("?", "", StringComparison.Ordinal)}?x=marker")], [])[0].Value;
                Assert.DoesNotContain("marker", redirect, StringComparison.Ordinal);
                Assert.DoesNotContain("marker", Redaction.Of($"{text}marker{text}marker", [new ProbeSecret("marker", "***")]), StringComparison.Ordinal);
                Assert.DoesNotContain(ShellWord.Of(text), c => c is < ' ' or > '~');
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, text {Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}: {e}");
            }
        }
    }
}
