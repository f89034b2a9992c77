using Ecoscanner.Cli.Configuration;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

public sealed class InitCommandTests : IDisposable
{
    private readonly Desk desk = new();

    [Fact]
    public async Task A_file_with_every_key_is_written_and_changes_nothing_by_itself()
    {
        var outcome = await desk.RunAsync("init");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Output));
        var file = ConfigurationFile.Read(desk.PathOf("ecoscanner.yaml"));
        Assert.All(Settings.All, setting => Assert.Null(file.Of(setting)));
        Golden.Matches(desk.Read("ecoscanner.yaml"), ".ecoscanner.yaml");
    }

    [Fact]
    public async Task Every_example_in_it_holds_when_its_mark_is_taken_away()
    {
        await desk.RunAsync("init");
        var lines = desk.Read("ecoscanner.yaml").Split('\n');
        foreach (var setting in Settings.All.Where(setting => setting.InFile))
        {
            var line = Assert.Single(lines, line => line.StartsWith($"# {setting.Key}: ", StringComparison.Ordinal));
            Assert.NotNull(ConfigurationFile.Parse(line[2..], "x").Of(setting));
        }
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_written_over()
    {
        desk.Write("ecoscanner.yaml", "rate: 1\n");
        var outcome = await desk.RunAsync("init");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("is there already", outcome.Error);
        Assert.Equal("rate: 1\n", desk.Read("ecoscanner.yaml"));
    }

    public void Dispose() => desk.Dispose();
}
