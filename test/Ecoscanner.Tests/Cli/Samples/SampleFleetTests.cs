using System.Runtime.Versioning;
using Ecoscanner.Cli.Samples;
using Ecoscanner.Scanners.ConnectAuthentication;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli.Samples;

public sealed class SampleFleetTests(SampleFleetFixture fixture)
{
    [Fact]
    public async Task Every_folder_of_an_app_is_a_running_sample_that_the_readme_lists()
    {
        var fleet = await fixture.FleetAsync();

        var connect = Path.Combine(SampleFleetFixture.Folder, "connect");
        var folders = Directory.GetDirectories(Path.Combine(connect, "apps")).Select(Path.GetFileName);
        Assert.Equal(folders.Order(StringComparer.Ordinal), fleet.Samples.Select(sample => sample.Name));

        var readme = await File.ReadAllTextAsync(Path.Combine(connect, "README.md"));
        Assert.All(fleet.Samples, sample => Assert.Contains($"| `{sample.Name}` |", readme, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_rule_about_authentication_is_broken_by_some_sample_and_only_rules_that_exist_are_expected()
    {
        var fleet = await fixture.FleetAsync();

        var expected = fleet
            .Samples.SelectMany(sample => sample.Expected.Fails.WithTenant.Concat(sample.Expected.Fails.WithoutTenant))
            .ToHashSet(StringComparer.Ordinal);
        Assert.Empty(new ConnectAuthenticationScanner().Rules.Select(rule => rule.Id).Except(expected));
        Assert.Empty(expected.Except(ScannerCatalog.Of(typeof(ConnectAuthenticationScanner).Assembly).Rules.Select(rule => rule.Id)));
        Assert.All(fleet.Samples, sample => Assert.Empty(sample.Expected.Fails.WithoutTenant.Except(sample.Expected.Fails.WithTenant)));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Credentials_are_readable_by_their_user_only()
    {
        foreach (var sample in (await fixture.FleetAsync()).Samples.Where(sample => sample.TenantFile is not null))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(sample.TenantFile!));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(Path.GetDirectoryName(sample.TenantFile!)!)
            );
        }
    }

    [Fact]
    public async Task A_fleet_that_was_stopped_leaves_nothing_behind()
    {
        await fixture.FleetAsync(); // so that two do not install packages side by side
        var fleet = await SampleFleet.StartAsync(SampleFleetFixture.Folder, Assert.Fail, ["sound"], TestContext.Current.CancellationToken);
        var sample = Assert.Single(fleet.Samples);
        using var visitor = new SampleVisitor(sample);

        await fleet.DisposeAsync();

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => visitor.StatusAsync("GET", "/"));
        Assert.Equal(HttpRequestError.ConnectionError, error.HttpRequestError);
        Assert.False(Directory.Exists(Path.GetDirectoryName(sample.TrustRoot)));
    }

    [Fact]
    public async Task A_sample_that_does_not_exist_is_one_clear_line_with_those_that_do()
    {
        await fixture.FleetAsync();

        var error = await Assert.ThrowsAsync<SampleException>(() =>
            SampleFleet.StartAsync(SampleFleetFixture.Folder, Assert.Fail, ["unsound"], TestContext.Current.CancellationToken)
        );

        Assert.Contains("there is no sample unsound; there are admin-open, ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task A_folder_without_samples_is_one_clear_line()
    {
        using var folder = new TemporaryFolder();

        var error = await Assert.ThrowsAsync<SampleException>(() => SampleFleet.StartAsync(folder.Path, Assert.Fail));

        Assert.Contains(folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("run from a checkout", error.Message, StringComparison.Ordinal);
    }
}
