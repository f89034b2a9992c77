using Ecoscanner.Cli.Samples;

namespace Ecoscanner.Tests.Cli.Samples;

public sealed class ChildProcessTests
{
    [Fact]
    public void A_program_that_is_not_installed_is_named_with_the_way_to_install_it()
    {
        var error = Assert.Throws<SampleException>(() => ChildProcess.Start("no-such-program", Path.GetTempPath(), []));

        Assert.StartsWith("no-such-program could not be started", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install nodejs npm", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_its_complaints_is_one_line()
    {
        await using var shell = ChildProcess.Start("sh", Path.GetTempPath(), ["-c", "seq 100 >&2; printf 'the reason\\n\\n' >&2; exit 3"]);

        Assert.Equal(3, await shell.ExitAsync(TestContext.Current.CancellationToken));
        Assert.Equal("99 100 the reason", await shell.ComplaintsAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_program_that_ignores_the_end_of_its_input_is_killed_with_its_children()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks into /proc");
        var shell = ChildProcess.Start("sh", Path.GetTempPath(), ["-c", "sleep 600 & echo $!; wait"]);
        var child = int.Parse((await shell.ReadLineAsync(TestContext.Current.CancellationToken))!);

        await shell.DisposeAsync();

        // It is killed, but the kernel takes its time; the test's time-out is the failure.
        while (IsRunning(child))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static bool IsRunning(int id)
    {
        var status = $"/proc/{id}/stat";
        return File.Exists(status) && !File.ReadAllText(status).Contains(") Z ", StringComparison.Ordinal);
    }
}
