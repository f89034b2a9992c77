using System.Xml;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Reports.Sinks;

public sealed class VisibleTests
{
    public static TheoryData<string, string> Hidden =>
        new()
        {
            { "a\u202Eb", @"a\u{202E}b" },
            { "\u001b[31m", @"\u{1B}[31m" },
            { "a\r\nb", @"a\u{D}\u{A}b" },
            { "\u009b2J", @"\u{9B}2J" },
            { "a\uD800", @"a\u{D800}" },
            { "\uDC00\uD800", @"\u{DC00}\u{D800}" },
            { "\U000E0041", @"\u{E0041}" },
            { "\u2028", @"\u{2028}" },
            { "\uFFFF", @"\u{FFFF}" },
            { "\u3164", @"\u{3164}" },
        };

    public static TheoryData<string> Harmless => ["", "plain words, 100 %", "日本語", "e\u0301", "🙂", "Ünïcödé", @"C:\u{41}", "\u00A0"];

    [Theory]
    [MemberData(nameof(Hidden))]
    public void What_steers_a_display_or_hides_is_shown_as_its_number(string text, string visible) => Assert.Equal(visible, Visible.Of(text));

    [Theory]
    [MemberData(nameof(Harmless))]
    public void Harmless_text_is_left_alone(string text) => Assert.Equal(text, Visible.Of(text));

    [Fact]
    public void No_text_hides_anything() =>
        Fuzz.Run(random =>
        {
            var text = HostileText.From(random);
            var visible = Visible.Of(text);
            HostileText.IsNotIn(visible);
            Assert.Equal(text, HostileText.Undone(visible));
            Assert.Equal(visible, Visible.Of(visible));
        });

    [Fact]
    public void Every_visible_text_is_text_of_XML() =>
        Fuzz.Run(random => Assert.All(Visible.Of(HostileText.From(random)).EnumerateRunes(), rune => XmlConvert.VerifyXmlChars(rune.ToString())));
}
