using System.Diagnostics;
using Ecoscanner.Reports.Sinks;

namespace Ecoscanner.Tests.Core.Reports.Sinks;

public sealed class ShellWordTests
{
    private const int Words = 2_000;

    [Theory]
    [InlineData("https://a.example/x?y", "'https://a.example/x?y'")]
    [InlineData("https://a.example/x", "https://a.example/x")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("$(reboot)", "'$(reboot)'")]
    [InlineData("", "''")]
    public void A_word_is_quoted_where_the_shell_would_read_it(string text, string word) => Assert.Equal(word, ShellWord.Of(text));

    [Fact]
    public void A_shell_reads_each_word_as_it_was()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no POSIX shell");
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var texts = Enumerable.Range(0, Words).Select(_ => HostileText.From(random)).ToList();
        var script = string.Concat(texts.Select(text => $"printf '%s\\n' {ShellWord.Of(text)}\n"));

        using var shell = Process.Start(
            new ProcessStartInfo("sh")
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        shell.StandardInput.Write(script);
        shell.StandardInput.Close();
        var read = shell.StandardOutput.ReadToEnd().TrimEnd('\n').Split('\n');
        shell.WaitForExit();

        Assert.True(texts.Select(Visible.Of).SequenceEqual(read), $"seed {seed}");
    }
}
