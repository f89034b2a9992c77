using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

/// <summary>The launcher at the root, in a source tree of its own with a compiler that only pretends.</summary>
public sealed class LauncherTests : IDisposable
{
    private readonly Desk desk = new();

    public LauncherTests()
    {
        desk.Write("tree/src/Ecoscanner.Cli/Program.cs", "");
        desk.Write("tree/Directory.Build.props", "");
        desk.Write("tree/global.json", "");
        desk.Write("tree/ecoscanner", File.ReadAllText(Path.Combine(Repository.Root, "ecoscanner")));
        Compiler("""echo '#!/bin/sh' > "$out/ecoscanner"; echo 'echo "ran $*"; exit 3' >> "$out/ecoscanner"; chmod +x "$out/ecoscanner" """);
        desk.Environment["PATH"] = $"{desk.PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    [Fact]
    public async Task It_builds_once_says_so_and_hands_on_arguments_and_exit_code()
    {
        var first = await LaunchAsync("scan", "a b");
        Assert.Equal((3, "ran scan a b\n"), (first.ExitCode, first.Output));
        Assert.Matches("^building ecoscanner \\(once for this source\\)\nbuilt in \\d+ s\n$", first.Error);
        Assert.Equal(new Outcome(3, "ran \n", ""), await LaunchAsync());
    }

    [Fact]
    public async Task Changed_source_is_built_anew()
    {
        await LaunchAsync();
        File.SetLastWriteTimeUtc(desk.PathOf("tree/src/Ecoscanner.Cli/Program.cs"), DateTime.UtcNow.AddMinutes(1));
        Assert.StartsWith("building", (await LaunchAsync()).Error);
    }

    [Fact]
    public async Task A_build_that_fails_ends_with_2_and_leaves_nothing_behind()
    {
        Compiler("echo 'error CS1002: ; expected' >&2; exit 1");
        var outcome = await LaunchAsync();
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("error CS1002", outcome.Error);
        Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries(desk.PathOf("tree/artifacts")),
            path => Path.GetFileName(path).StartsWith("ecoscanner", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task It_runs_through_a_link_from_elsewhere()
    {
        File.CreateSymbolicLink(desk.PathOf("linked"), desk.PathOf("tree/ecoscanner"));
        Assert.Equal("ran x\n", (await desk.StartAsync("bash", "linked", "x")).Output);
    }

    // What `dotnet publish … -o FOLDER` does.
    private void Compiler(string script)
    {
        desk.Write("bin/dotnet", $"#!/bin/sh\nwhile [ \"$1\" != -o ]; do shift; done\nout=$2; mkdir -p \"$out\"\n{script}\n");
        desk.Restrict("bin/dotnet", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private Task<Outcome> LaunchAsync(params string[] arguments) => desk.StartAsync("bash", [desk.PathOf("tree/ecoscanner"), .. arguments]);

    public void Dispose() => desk.Dispose();
}
