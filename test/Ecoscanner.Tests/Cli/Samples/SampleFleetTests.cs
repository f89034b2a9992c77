using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli.Samples;

public sealed class SampleFleetTests(SampleFleetFixture fixture)
{
    [Fact]
    public async Task Every_folder_of_an_app_is_a_running_sample()
    {
        var fleet = await fixture.FleetAsync();

        var folders = Directory.GetDirectories(Path.Combine(SampleFleetFixture.Folder, "connect/apps")).Select(Path.GetFileName);
        Assert.Equal(folders.Order(StringComparer.Ordinal), fleet.Samples.Select(sample => sample.Name));
    }
}
