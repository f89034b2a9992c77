using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private readonly Desk desk = new();

    [Fact]
    public async Task The_version_stands_alone_on_standard_output()
    {
        Assert.Equal(new Outcome(0, "ecoscanner 0.1.0\n", ""), await desk.RunAsync("--version"));
    }

    [Theory]
    [InlineData("rulez", "ecoscanner has no command \"rulez\"; did you mean \"rules\"?")]
    [InlineData("rules --formt json", "ecoscanner rules has no option --formt; did you mean \"--format\"?")]
    [InlineData("explain --no-colour", "ecoscanner explain has no option --no-colour; did you mean \"--no-color\"?")]
    [InlineData("rules --format xml", "Argument 'xml' not recognized. Must be one of: 'text' 'json'")]
    [InlineData("explain", "Required argument missing for command: 'explain'")]
    [InlineData("ignore add --rule x", "Option '--reason' is required")]
    [InlineData("ignore", "Required command was not provided")]
    public async Task A_mistake_on_the_command_line_is_named_and_ends_with_2(string line, string complaint)
    {
        var outcome = await desk.RunAsync(line.Split(' '));
        Assert.Equal(2, outcome.ExitCode);
        Assert.Empty(outcome.Output);
        Assert.StartsWith($"ecoscanner: {complaint}", outcome.Error);
        Assert.EndsWith(" --help\n", outcome.Error);
    }

    [Fact]
    public async Task Without_a_command_help_is_shown_and_the_code_is_2()
    {
        var bare = await desk.RunAsync();
        var help = await desk.RunAsync("--help");
        Assert.Equal((2, 0), (bare.ExitCode, help.ExitCode));
        Assert.Equal(help.Output, bare.Output);
    }

    [Fact]
    public async Task Help_helps_beside_a_mistake()
    {
        var outcome = await desk.RunAsync("rules", "--wrong", "--help");
        Assert.Equal(0, outcome.ExitCode);
        Assert.StartsWith("List all rules.", outcome.Output);
    }

    [Theory]
    [InlineData("FORCE_COLOR=1", true)]
    [InlineData("CLICOLOR_FORCE=1", true)]
    [InlineData("CLICOLOR_FORCE=0", false)]
    [InlineData("FORCE_COLOR=0 CLICOLOR_FORCE=1", false)]
    [InlineData("FORCE_COLOR=1 NO_COLOR=1", false)]
    [InlineData("FORCE_COLOR=1 NO_COLOR=", true)]
    [InlineData("FORCE_COLOR=1 TERM=dumb", true)]
    [InlineData("", false)]
    public async Task Colours_follow_the_variables_that_people_know(string variables, bool coloured)
    {
        foreach (var variable in variables.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (variable.Split('=')[0], variable.Split('=')[1]);
            desk.Environment[name] = value;
        }

        var outcome = await desk.RunAsync("--help");
        Assert.Equal(coloured, outcome.Output.Contains('\u001b'));
        Assert.DoesNotContain('\u001b', (await desk.RunAsync("--help", "--no-color")).Output);
    }

    [Theory]
    [InlineData("40")]
    [InlineData("80")]
    [InlineData("120")]
    public async Task Help_keeps_to_the_width_of_the_terminal(string columns)
    {
        desk.Environment["COLUMNS"] = columns;
        var outcome = await desk.RunAsync("--help");
        Assert.All(outcome.Output.Split('\n'), line => Assert.InRange(line.Length, 0, int.Parse(columns)));
    }

    [Fact]
    public async Task Quiet_leaves_only_what_was_asked_for()
    {
        Assert.Empty((await desk.RunAsync("init", "--quiet")).Error);
        Assert.NotEmpty((await desk.RunAsync("init", "--quiet")).Error);
    }

    public void Dispose() => desk.Dispose();
}
