using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Ecoscanner.Service.Tests.Scheduling;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Api;

/// <summary>Runs the examples of the page as they stand there.</summary>
public sealed partial class ApiPageTests
{
    [Fact]
    public async Task The_examples_of_the_page_do_what_it_says()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the examples are for a shell");
        await using var site = await ApiSite.StartAsync(works: true);
        var (partner, _) = site.Partner("acme", ApiSite.SampleKey, "forge");
        WorkerProgram.Zip(site.Folder, "leaky");
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "using", "api.md"), ApiSite.Stop);
        var script = new StringBuilder("set -eu\n");
        foreach (var example in Example().Matches(page).Select(match => match.Groups["code"].Value))
        {
            script.Append(example).Append('\n');
        }

        var start = new ProcessStartInfo("/bin/bash", ["-c", script.ToString().Replace("com.example.app", ApiSite.SampleKey, StringComparison.Ordinal)])
        {
            WorkingDirectory = site.Folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["SERVICE"] = site.Url.AbsoluteUri.TrimEnd('/');
        start.Environment["TOKEN"] = site.Token(partner);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(ApiSite.Stop), process.StandardError.ReadToEndAsync(ApiSite.Stop));
        await process.WaitForExitAsync(ApiSite.Stop);
        Assert.True(process.ExitCode == 0, $"{await error}{await output}");
        Assert.Contains("\"result\":\"failed\"", await output, StringComparison.Ordinal);
        Assert.Contains("sarif", await File.ReadAllTextAsync(Path.Combine(site.Folder, "app.sarif"), ApiSite.Stop), StringComparison.Ordinal);
    }

    [GeneratedRegex("```sh\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Example();
}
