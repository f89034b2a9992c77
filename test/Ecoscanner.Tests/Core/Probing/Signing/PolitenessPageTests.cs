using System.Globalization;
using System.Text;
using Ecoscanner.Apps;
using Ecoscanner.Cli.Commands;
using Ecoscanner.Probing;
using Ecoscanner.Probing.Signing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing.Signing;

/// <summary>Keeps docs/operating/politeness.md true: its numbers are the program's, its example is checked by the command that it shows.</summary>
public sealed class PolitenessPageTests : IDisposable
{
    private const string Command = "ecoscanner traffic verify request.txt --directory directory.json --at 2026-11-05T14:03:10Z";

    private static readonly string Path = System.IO.Path.Combine(Repository.Root, "docs", "operating", "politeness.md");

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void The_example_is_verified_with_the_output_that_the_page_shows()
    {
        var (shown, actual) = Example();
        if (shown != actual && Environment.GetEnvironmentVariable("ECOSCANNER_ACCEPT") is "1")
        {
            Rewrite();
            (shown, actual) = Example();
        }

        Assert.Equal(actual, shown);
        Assert.Contains(": verified, signed as platform", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_are_those_of_the_program()
    {
        var page = File.ReadAllText(Path);
        var options = new ProbeOptions { RunId = "run" };

        Assert.Equal(
            [BudgetLine.InitialLimit, BudgetLine.LinkLimit, BudgetLine.HostLimit, BudgetLine.SignedLinkLimit, BudgetLine.PlantedLimit],
            page.Split('\n')
                .Where(line => line.StartsWith("| a scan", StringComparison.Ordinal) || line.StartsWith("| each ", StringComparison.Ordinal))
                .Select(line => int.Parse(line.Split('|')[2], CultureInfo.InvariantCulture))
        );
        Assert.Equal((2, 6), (options.Rate, options.Burst));
        Assert.Contains("Two requests a second to a host on average, at most six at once", page, StringComparison.Ordinal);
        Assert.Contains($"at most {TlsProbe.HandshakesPerHost} to a host and port", page, StringComparison.Ordinal);
        Assert.Contains($"at most {options.HostAndDayLimit:N0} in a day", page, StringComparison.Ordinal);
        Assert.Contains($"start with `{FakeIdentity.Prefix}`", page, StringComparison.Ordinal);
        Assert.Contains(
            $"counts for {SignatureProfile.Lifetime.TotalSeconds} seconds (and {SignatureVerifier.ClockSkew.TotalSeconds} more",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains($"replaced every {PlatformKeys.Period.TotalDays} days", page, StringComparison.Ordinal);
        Assert.Contains($"at `{KeyDirectory.WellKnownPath}`", page, StringComparison.Ordinal);
        Assert.Contains($"| `{SignatureProfile.PlatformTag}` |", page, StringComparison.Ordinal);
        Assert.Contains($"| `{SignatureProfile.DeskTag}` |", page, StringComparison.Ordinal);
    }

    private (string Shown, string Actual) Example()
    {
        var page = File.ReadAllText(Path);
        var request = scratch.Write("request.txt", Encoding.ASCII.GetBytes(Block(page, "http") + "\n"));
        var directory = scratch.Write("directory.json", Encoding.ASCII.GetBytes(Block(page, "json")));
        return (Block(page, "console"), $"$ {Command}\n{Output(request, directory)}");
    }

    // A key of its own that nobody keeps: a reader may pin the example by mistake.
    private void Rewrite()
    {
        SigningKey.Create().Save(scratch["keys/20261101T000000Z.pem"]);
        var clock = new Clock();
        var keys = new PlatformKeys(scratch["keys"], clock);
        var signer = MessageSigner.ForPlatform(keys, new Uri("https://ecoscanner.example"), clock);
        var text = Captured
            .Text(signer, "GET", "https://app.example/issue-panel?issue=10000")
            .Replace("\r\nX-Eco", "\r\nUser-Agent: Ecoscanner/0.1.0 (+https://ecoscanner.example/politeness)\r\nX-Eco", StringComparison.Ordinal)
            .ReplaceLineEndings("\n");
        var request = scratch.Write("request.txt", Encoding.ASCII.GetBytes(text));
        var directory = scratch.Write("directory.json", keys.Published.ToJson());

        var page = File.ReadAllText(Path);
        page = Replaced(page, "http", text.TrimEnd() + "\n");
        page = Replaced(page, "json", File.ReadAllText(directory).TrimEnd() + "\n");
        page = Replaced(page, "console", $"$ {Command}\n{Output(request, directory)}");
        File.WriteAllText(Path, page);
    }

    private string Output(string request, string directory)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter();
        var arguments = Command
            .Split(' ')[2..]
            .Select(word =>
                word == "request.txt" ? request
                : word == "directory.json" ? directory
                : word
            );

        TrafficCommand.Create(scratch.Folder, new Clock(), output, error).Parse([.. arguments]).Invoke();
        return output.ToString() + error;
    }

    private static string Block(string page, string language)
    {
        var begin = page.IndexOf($"```{language}\n", StringComparison.Ordinal) + $"```{language}\n".Length;
        return page[begin..page.IndexOf("```\n", begin, StringComparison.Ordinal)];
    }

    private static string Replaced(string page, string language, string content) =>
        page.Replace($"```{language}\n{Block(page, language)}```\n", $"```{language}\n{content}```\n", StringComparison.Ordinal);
}
