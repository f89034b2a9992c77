using System.Diagnostics;
using System.Globalization;

namespace Ecoscanner.Tests.Core.Probing;

/// <summary>
/// Runs <see cref="SsrfTests"/> once more in a network namespace that has nothing but loopback, so that any other packet is denied, and asks the kernel how
/// many connections were begun and how many packets found no route.
/// </summary>
public sealed class NetworkNamespaceTests
{
    // The control: the same counters after a connection to loopback and one to a private address, which must both be seen.
    private const string Script = """
        ip link set lo up || exit 99
        count() {
          awk '$1 == "Tcp:" && $2 != "RtoAlgorithm" { print "tcp", $6 } $1 == "Ip:" && $2 != "Forwarding" { print "noroute", $13 } $1 == "Udp:" && $2 != "InDatagrams" { print "udp", $5 }' /proc/net/snmp
          awk '$1 == "Ip6OutNoRoutes" { print "noroute6", $2 }' /proc/net/snmp6
        }
        "$0" --filter-class Ecoscanner.Tests.Core.Probing.SsrfTests || exit 1
        echo "counts:" $(count)
        (exec 3<>/dev/tcp/127.0.0.1/1) 2>/dev/null
        (exec 3<>/dev/tcp/10.0.0.1/80) 2>/dev/null
        echo "control:" $(count)
        """;

    [Fact]
    public async Task The_kernel_sees_no_connection_of_the_suite_of_tricks()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "network namespaces are Linux's");
        var (able, _) = await RunAsync("unshare", "-rn", "ip", "link", "set", "lo", "up");
        Assert.SkipUnless(able == 0, "this machine does not let us make a network namespace (unshare -rn, iproute2)");

        var (status, output) = await RunAsync("unshare", "-rn", "bash", "-c", Script, Path.Combine(AppContext.BaseDirectory, "Ecoscanner.Tests"));

        Assert.True(status == 0, output);
        Assert.Contains("failed: 0", output, StringComparison.Ordinal);
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["tcp"] = 0,
                ["udp"] = 0,
                ["noroute"] = 0,
                ["noroute6"] = 0,
            },
            Counts(output, "counts:")
        );
        var control = Counts(output, "control:");
        Assert.True(control["tcp"] > 0 && control["noroute"] > 0, output);
    }

    private static SortedDictionary<string, int> Counts(string output, string label)
    {
        var words = output
            .Split('\n')
            .Single(line => line.StartsWith(label, StringComparison.Ordinal))[label.Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new SortedDictionary<string, int>(
            words.Chunk(2).ToDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.Ordinal),
            StringComparer.Ordinal
        );
    }

    private static async Task<(int Status, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }

        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
