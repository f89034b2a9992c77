using System.Net;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Reports.Sinks;

public sealed class HtmlTextTests
{
    [Fact]
    public void No_text_leaves_its_element_or_its_attribute() =>
        Fuzz.Run(random =>
        {
            var text = HostileText.From(random);
            var html = HtmlText.Of(text);
            Assert.DoesNotContain(html, character => character is '<' or '>' or '"' or '\'');
            var decoded = WebUtility.HtmlDecode(html);
            Assert.DoesNotContain("##", html);
            HostileText.IsNotIn(decoded);
            Assert.Equal(text, HostileText.Undone(decoded));
        });

    [Fact]
    public void Harmless_text_is_left_alone() => Assert.Equal("no header, 100 %", HtmlText.Of("no header, 100 %"));
}
