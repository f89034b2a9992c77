using Ecoscanner.Reports.Sinks;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Reports.Sinks;

public sealed class ConsoleTextTests
{
    [Theory]
    [InlineData("::error::x", @"\u{3A}:error::x")]
    [InlineData("see ::add-mask::x", @"see \u{3A}:add-mask::x")]
    [InlineData("::error::1", @"\u{3A}:error::1")]
    [InlineData(":: 1", @"\u{3A}: 1")]
    [InlineData("##vso[task.complete]", @"\u{23}#vso[task.complete]")]
    [InlineData("a##[group]", @"a\u{23}#[group]")]
    [InlineData("###teamcity[x", @"#\u{23}#teamcity[x")]
    public void Commands_of_build_servers_are_broken(string text, string safe) => Assert.Equal(safe, ConsoleText.Of(text));

    [Theory]
    [InlineData("https://[::1]:8080/")]
    [InlineData("fe80::1")]
    [InlineData("::1 is at ::1: loopback")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("std::string")]
    [InlineData("## Heading")]
    [InlineData("issue ##12")]
    public void Harmless_text_is_left_alone(string text) => Assert.Equal(text, ConsoleText.Of(text));

    [Fact]
    public void No_text_is_a_command_even_when_broken_into_lines_at_spaces() =>
        Fuzz.Run(random =>
        {
            var safe = ConsoleText.Of(HostileText.From(random));
            HostileText.IsNotIn(safe);
            Assert.DoesNotContain("##[", safe);
            Assert.DoesNotContain("##vso[", safe);
            Assert.DoesNotContain("##teamcity[", safe);
            Assert.All(safe.Split((char[]?)null), line => Assert.DoesNotMatch("^::[A-Za-z-]*(::|$)", line));
        });
}
