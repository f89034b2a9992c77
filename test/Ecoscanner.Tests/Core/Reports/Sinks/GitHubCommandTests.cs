using Ecoscanner.Reports.Sinks;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Reports.Sinks;

public sealed class GitHubCommandTests
{
    [Theory]
    [InlineData("100 % sure: yes, here", "100 %25 sure: yes, here", "100 %25 sure%3A yes%2C here")]
    [InlineData("a%0Ab", "a%250Ab", "a%250Ab")]
    public void What_means_something_in_a_command_is_encoded(string text, string data, string property)
    {
        Assert.Equal(data, GitHubCommand.Data(text));
        Assert.Equal(property, GitHubCommand.Property(text));
    }

    [Fact]
    public void A_command_read_as_the_runner_reads_it_has_the_very_text() =>
        Fuzz.Run(random =>
        {
            var (title, text) = (HostileText.From(random), HostileText.From(random));
            var line = $"::error title={GitHubCommand.Property(title)}::{GitHubCommand.Data(text)}";

            HostileText.IsNotIn(line);
            var end = line.IndexOf("::", 2, StringComparison.Ordinal);
            var properties = line["::error ".Length..end].Split(',');
            Assert.Equal(title, HostileText.Undone(Decoded(Assert.Single(properties)["title=".Length..])));
            Assert.Equal(text, HostileText.Undone(Decoded(line[(end + 2)..])));
        });

    // actions/runner, ActionCommand.cs: the percent sign last.
    private static string Decoded(string text) =>
        text.Replace("%0D", "\r", StringComparison.Ordinal)
            .Replace("%0A", "\n", StringComparison.Ordinal)
            .Replace("%3A", ":", StringComparison.Ordinal)
            .Replace("%2C", ",", StringComparison.Ordinal)
            .Replace("%25", "%", StringComparison.Ordinal);
}
