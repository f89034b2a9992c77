using Ecoscanner.Cli.Samples;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli.Samples;

public sealed class NodePackagesTests
{
    [Fact]
    public async Task Packages_are_installed_once_and_again_when_the_lockfile_changed()
    {
        SampleFleetFixture.SkipWithoutNode();
        using var project = new TemporaryFolder();
        var lockfile = Path.Combine(project.Path, "package-lock.json");
        Directory.CreateDirectory(Path.Combine(project.Path, "part"));
        await File.WriteAllTextAsync(Path.Combine(project.Path, "part/package.json"), """{ "name": "part", "version": "1.0.0" }""");
        await File.WriteAllTextAsync(Path.Combine(project.Path, "package.json"), """{ "name": "whole", "dependencies": { "part": "file:part" } }""");
        await File.WriteAllTextAsync(
            lockfile,
            """
            {
              "name": "whole",
              "lockfileVersion": 3,
              "packages": {
                "": { "name": "whole", "dependencies": { "part": "file:part" } },
                "node_modules/part": { "resolved": "part", "link": true },
                "part": { "version": "1.0.0" }
              }
            }
            """
        );
        var said = new List<string>();

        await NodePackages.InstallAsync(project.Path, said.Add, TestContext.Current.CancellationToken);
        await NodePackages.InstallAsync(project.Path, said.Add, TestContext.Current.CancellationToken);
        Assert.Equal([$"installing the Node packages of {project.Path} (npm ci)"], said);

        File.SetLastWriteTimeUtc(lockfile, File.GetLastWriteTimeUtc(lockfile).AddMinutes(1));
        await NodePackages.InstallAsync(project.Path, said.Add, TestContext.Current.CancellationToken);
        Assert.Equal(2, said.Count);
    }

    [Fact]
    public async Task What_npm_says_when_it_fails_is_one_clear_line()
    {
        SampleFleetFixture.SkipWithoutNode();
        using var project = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(project.Path, "package-lock.json"), "{ not JSON");

        var error = await Assert.ThrowsAsync<SampleException>(() => NodePackages.InstallAsync(project.Path, _ => { }, TestContext.Current.CancellationToken));

        Assert.StartsWith($"npm ci in {project.Path} failed: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
