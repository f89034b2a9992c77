using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly Desk desk = new();

    [Fact]
    public async Task On_this_machine_nothing_is_bad()
    {
        var outcome = await desk.RunAsync("doctor");
        Assert.True(outcome.ExitCode == 0, outcome.Output);
        Assert.All(
            new[] { ".NET", "signatures", "state folder", "trust store", "clock", "configuration", "node" },
            subject => Assert.Contains($"  {subject} ", outcome.Output)
        );
    }

    [Theory]
    [InlineData("HTTPS_PROXY", "http://proxy:3128", "note  proxy          HTTPS_PROXY is set and ignored")]
    [InlineData("ECOSCANNER_RTAE", "1", "note  environment    ECOSCANNER_RTAE is no variable of ecoscanner; did you mean \"ECOSCANNER_RATE\"?")]
    [InlineData("XDG_STATE_HOME", "/proc/none", "note  state folder   /proc/none/ecoscanner cannot be written")]
    [InlineData("PATH", "/none", "note  node           is not installed; only the sample apps need it: apt-get install nodejs npm")]
    public async Task What_hinders_is_noted_with_the_way_out(string variable, string value, string line)
    {
        desk.Environment[variable] = value;
        var outcome = await desk.RunAsync("doctor");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains($"\n{line}", outcome.Output);
    }

    [Fact]
    public async Task A_configuration_that_is_wrong_is_bad()
    {
        desk.Write("ecoscanner.yaml", "rate: [\n");
        var outcome = await desk.RunAsync("doctor");
        Assert.Equal(4, outcome.ExitCode);
        Assert.Contains($"\nBAD   configuration  {desk.PathOf("ecoscanner.yaml")}:", outcome.Output);
    }

    public void Dispose() => desk.Dispose();
}
