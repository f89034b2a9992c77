using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

public sealed class CompletionTests : IDisposable
{
    private readonly Desk desk = new();

    [Theory]
    [InlineData("ecoscanner ru", "rules")]
    [InlineData("ecoscanner ignore ", "add")]
    [InlineData("ecoscanner rules --fo", "--format")]
    [InlineData("ecoscanner rules --format ", "json text")]
    [InlineData("ecoscanner rules --format = j", "json")]
    [InlineData("ecoscanner rules -f t", "text")]
    [InlineData("ecoscanner --verbose schema c", "config")]
    [InlineData("ecoscanner completion ", "bash fish pwsh zsh")]
    [InlineData("ecoscanner ignore add --ru", "--rule")]
    [InlineData("ecoscanner rules x", "")]
    [InlineData("ecoscanner explain hsts", "hsts-missing")]
    [InlineData("ecoscanner scan --rule install", "install-unsigned")]
    [InlineData("ecoscanner scan sam", "samples")]
    [InlineData("ecoscanner scan samples --fail-on h", "high")]
    [InlineData("ecoscanner scan --format = sar", "sarif")]
    [InlineData("ecoscanner scan -f h", "html")]
    [InlineData("ecoscanner scan --allow-s", "--allow-state-change")]
    [InlineData("ecoscanner connect token --kind exp", "expired")]
    public async Task Bash_completes(string typed, string expected) => Assert.Equal(expected, await InBashAsync(typed));

    [Fact]
    public async Task Bash_completes_files_where_a_file_is_asked_for()
    {
        desk.Write("my file.yaml", "");
        Assert.Equal("my file.yaml", await InBashAsync("ecoscanner ignore add --config my"));
    }

    [Theory]
    [InlineData("zsh", "-n")]
    [InlineData("fish", "--no-execute")]
    public async Task Other_shells_can_read_their_script(string shell, string check)
    {
        Assert.SkipUnless(IsInstalled(shell), $"{shell} is not installed here");
        desk.Write("script", (await desk.RunAsync("completion", shell)).Output);
        Assert.Equal(new Outcome(0, "", ""), await desk.StartAsync(shell, check, desk.PathOf("script")));
    }

    [Theory]
    [InlineData("ecoscanner ru", "rules")]
    [InlineData("ecoscanner rules --format ", "json text")]
    [InlineData("ecoscanner ignore ", "add")]
    public async Task Fish_completes(string typed, string expected)
    {
        Assert.SkipUnless(IsInstalled("fish"), "fish is not installed here");
        desk.Write("script", (await desk.RunAsync("completion", "fish")).Output);
        var outcome = await desk.StartAsync("fish", "--no-config", "-c", $"source script; complete -C '{typed}'");
        Assert.Equal(expected, string.Join(' ', outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0])));
    }

    // As readline calls the function: the words so far, the last one being completed.
    private async Task<string> InBashAsync(string typed)
    {
        desk.Write("script", (await desk.RunAsync("completion", "bash")).Output);
        var words = string.Join(' ', typed.Split(' ').Select(word => $"'{word}'"));
        var outcome = await desk.StartAsync(
            "bash",
            "--norc",
            "-c",
            $"source ./script; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _ecoscanner; IFS=' '; printf '%s' \"${{COMPREPLY[*]}}\""
        );
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        return outcome.Output;
    }

    private static bool IsInstalled(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    public void Dispose() => desk.Dispose();
}
