using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

public sealed class IgnoreCommandTests : IDisposable
{
    private readonly Desk desk = new();

    private Task<Outcome> AddAsync(params string[] more) =>
        desk.RunAsync(["ignore", "add", "--fingerprint", "eco1:ab", "--reason", "known: \"odd\" # one", "--expires", "2999-12-31", .. more]);

    public static TheoryData<string, string> Files =>
        new()
        {
            { "", "\nignores:\n@" },
            { "fail-on: low # why\n", "fail-on: low # why\n\nignores:\n@" },
            { "fail-on: low", "fail-on: low\n\nignores:\n@" },
            { "ignores:\nrate: 3\n", "ignores:\n@rate: 3\n" },
            { "ignores: [] # none yet\nrate: 3", "ignores: # none yet\n@rate: 3" },
            {
                "# top\nignores:\n    # first\n    - fingerprint: x\n      reason: |\n        two\n        lines\n      expires: 2027-01-01 # soon\n\n# end\n",
                "# top\nignores:\n    # first\n    - fingerprint: x\n      reason: |\n        two\n        lines\n      expires: 2027-01-01 # soon\n@@\n# end\n"
            },
            { "ignores:\n- fingerprint: x\n  reason: r\n  expires: 2027-01-01", "ignores:\n- fingerprint: x\n  reason: r\n  expires: 2027-01-01\n@0" },
            {
                "ignores:\r\n  - fingerprint: x\r\n    reason: r\r\n    expires: 2027-01-01\r\n",
                "ignores:\r\n  - fingerprint: x\r\n    reason: r\r\n    expires: 2027-01-01\r\n@crlf"
            },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task An_ignore_is_added_and_all_else_is_kept(string before, string after)
    {
        if (before.Length > 0)
        {
            desk.Write("ecoscanner.yaml", before);
        }

        var outcome = await AddAsync();
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Output));
        Assert.Equal(
            after
                .Replace("@@", Entry(4, "\n"))
                .Replace("@0", Entry(0, "\n"))
                .Replace("@crlf", Entry(2, "\r\n"))
                .Replace("@", Entry(2, "\n"))
                .TrimStart(before.Length == 0 ? '\n' : '\0'),
            desk.Read("ecoscanner.yaml")
        );
    }

    [Theory]
    [InlineData("ignores: [{fingerprint: x, reason: r, expires: 2027-01-01}]\n", "ecoscanner.yaml:1: ignores is written in brackets")]
    [InlineData("rtae: 3\n", "ecoscanner.yaml:1: \"rtae\" is no key of ecoscanner.yaml; did you mean \"rate\"?")]
    public async Task A_file_that_cannot_be_edited_stays_as_it_is(string text, string complaint)
    {
        desk.Write("ecoscanner.yaml", text);
        var outcome = await AddAsync();
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(complaint, outcome.Error);
        Assert.Equal(text, desk.Read("ecoscanner.yaml"));
    }

    [Theory]
    [InlineData("2026-13-01", "is no date")]
    [InlineData("tomorrow", "is no date")]
    [InlineData("2020-01-01", "is not after today")]
    public async Task A_day_that_is_none_or_past_is_refused(string day, string complaint)
    {
        var outcome = await desk.RunAsync("ignore", "add", "--fingerprint", "x", "--reason", "r", "--expires", day);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(complaint, outcome.Error);
    }

    [Fact]
    public async Task The_file_of_the_repository_is_found_from_a_folder_below()
    {
        desk.Write(".git/HEAD", "");
        desk.Write("ecoscanner.yaml", "rate: 1\n");
        desk.Write("app/src/x", "");
        desk.Folder = desk.PathOf("app/src");
        Assert.Equal(0, (await AddAsync()).ExitCode);
        Assert.StartsWith("rate: 1\n\nignores:\n", desk.Read("../../ecoscanner.yaml"));
    }

    private static string Entry(int indent, string newLine)
    {
        var space = new string(' ', indent);
        return string.Concat(
            new[] { "- fingerprint: \"eco1:ab\"", "  reason: \"known: \\\"odd\\\" # one\"", "  expires: 2999-12-31" }.Select(line => $"{space}{line}{newLine}")
        );
    }

    public void Dispose() => desk.Dispose();
}
