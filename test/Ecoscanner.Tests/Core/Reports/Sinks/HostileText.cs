using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Ecoscanner.Tests.Core.Reports.Sinks;

/// <summary>Random text made of what displays, parsers and build servers stumble over, and what no sink may let through.</summary>
internal static partial class HostileText
{
    private static readonly string[] Fragments =
    [
        "\u001b[31m",
        "\u001b]8;;https://evil.example\u0007",
        "\u009b2J",
        "\r",
        "\n",
        "\t",
        "\0",
        "\u007f",
        "\u0085",
        "\u2028",
        "\u2029",
        "\u202A",
        "\u202E",
        "\u2066",
        "\u2069",
        "\u200E",
        "\u200F",
        "\u061C",
        "\u200B",
        "\u200D",
        "\u2060",
        "\uFEFF",
        "\u00AD",
        "\u034F",
        "\u3164",
        "\uFE0F",
        "\U000E0041",
        "\U000E0100",
        "\uD800",
        "\uDC00",
        "\uFFFE",
        "\uFFFF",
        "\uE000",
        "::",
        "::error::",
        "::set-env name=A::b",
        "##[",
        "##vso[",
        "##vso[task.complete]",
        "##teamcity[",
        "]",
        "%0A",
        "%25",
        "%",
        ",",
        ":",
        "`",
        "``",
        "```",
        "~~~",
        "|",
        "\\",
        "\\|",
        "*",
        "_",
        "#",
        "#1",
        "@team",
        "<b>",
        "<!--",
        "-->",
        "<script>",
        "</style>",
        "&lt;",
        "&#x3C;",
        "&",
        "\"",
        "'",
        "]]>",
        "[a](b)",
        "](",
        "{0}",
        "{",
        "}",
        "www.example.com",
        "https://example.com",
        "a@b.example",
        "GH-1",
        "- ",
        "1. ",
        "> ",
        "---",
        "=",
        "=1+1",
        "+",
        "-",
        "@",
        "$(id)",
        "!",
        " ",
        "plain",
        "words",
        "日本語",
        "é",
        "🙂",
        "e\u0301",
        "12",
    ];

    public static string From(Random random)
    {
        var text = new StringBuilder();
        for (var parts = random.Next(8); parts >= 0; parts--)
        {
            text.Append(random.Next(6) == 0 ? ((char)random.Next(char.MaxValue + 1)).ToString() : Fragments[random.Next(Fragments.Length)]);
        }

        return text.ToString();
    }

    /// <summary>Fails where text holds anything that steers a display or cannot be seen; written from the list of requirements, not from the code.</summary>
    public static void IsNotIn(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            Assert.False(char.IsHighSurrogate(text[i]) && (i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])), $"lone surrogate at {i}");
            Assert.False(char.IsLowSurrogate(text[i]) && (i == 0 || !char.IsHighSurrogate(text[i - 1])), $"lone surrogate at {i}");
        }

        foreach (var rune in text.EnumerateRunes())
        {
            var isHostile =
                rune.Value
                    is < 0x20
                        or (>= 0x7F and <= 0x9F)
                        or 0x61C
                        or (>= 0x200B and <= 0x200F)
                        or (>= 0x2028 and <= 0x202E)
                        or (>= 0x2060 and <= 0x206F)
                        or 0xFEFF
                        or 0xFFFE
                        or 0xFFFF
                        or 0xAD
                        or 0x34F
                        or 0x3164
                        or (>= 0xFE00 and <= 0xFE0F)
                        or (>= 0xE0000 and <= 0xE0FFF)
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format;
            Assert.False(isHostile, $"U+{rune.Value:X4} in {text}");
        }
    }

    /// <summary>What the visible escapes stand for.</summary>
    public static string Undone(string visible) =>
        Escape()
            .Replace(
                visible,
                match =>
                    Convert.ToInt32(match.Groups["hex"].Value, 16) is var value and (< 0xD800 or > 0xDFFF)
                        ? new Rune(value).ToString()
                        : ((char)Convert.ToInt32(match.Groups["hex"].Value, 16)).ToString()
            );

    [GeneratedRegex(@"\\u\{(?<hex>[0-9A-F]{1,6})\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape();
}
