using System.Diagnostics;
using System.Text.Json;

namespace Ecoscanner.Bench;

/// <summary>The sample apps: what was planted, what the public tester's rules say, what a scan says from outside and with a test tenant.</summary>
internal static class Samples
{
    private const string Apps = "samples/connect/apps";

    // What its TLS library finds without the rules emulated here.
    private static readonly Dictionary<string, string> Granted = new(StringComparer.Ordinal)
    {
        ["tls-old"] = "Connect 3",
        ["wrong-certificate"] = "Connect 6.2",
    };

    public static async Task<bool> RunAsync(Scanner scanner)
    {
        using var fleet = Process.Start(
            new ProcessStartInfo(scanner.Path, "samples")
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardInput = true,
            }
        )!;
        try
        {
            var (missed, wrong, missedByPeer, wrongByPeer) = (0, 0, 0, 0);
            Console.WriteLine($"{"sample", -22} {"planted (requirement)", -24} {"public tester's rules", -30} {"from outside", -22} with a test tenant");
            var left = Directory.GetDirectories(Path.Combine(scanner.Root, Apps)).Length;
            while (left > 0)
            {
                var title = await fleet.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the samples did not start");
                var command = (await fleet.StandardOutput.ReadLineAsync())!;
                var end = title.IndexOf(" (Connect):", StringComparison.Ordinal);
                if (end < 0)
                {
                    continue;
                }

                var name = title[..end];
                left--;
                var arguments = command.Trim().Split(' ')[1..];
                var planted = Planted(scanner, name);
                var peer = await PeerAsync(name, new Uri(arguments[1]));
                var outside = await FoundAsync(scanner, [.. WithoutTenant(arguments)]);
                var inside = await FoundAsync(scanner, arguments);
                missed += planted.Except(inside, StringComparer.Ordinal).Count();
                wrong += inside.Except(planted, StringComparer.Ordinal).Count();
                missedByPeer += planted.Count > 0 && peer.Count == 0 ? 1 : 0;
                wrongByPeer += planted.Count == 0 ? peer.Count : 0;
                Console.WriteLine($"{name, -22} {Words(planted), -24} {Words(peer), -30} {Words(outside), -22} {Words(inside)}");
            }

            Console.WriteLine(
                $"\nflaws that nothing was said about: public tester {missedByPeer}, ecoscanner {missed}; false alarms on sound samples: public tester {wrongByPeer}, ecoscanner {wrong}"
            );
            return missed + wrong == 0;
        }
        finally
        {
            fleet.Kill(entireProcessTree: true);
        }
    }

    private static IEnumerable<string> WithoutTenant(string[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--tenant")
            {
                i++;
                continue;
            }

            yield return arguments[i];
        }
    }

    private static async Task<IReadOnlyList<string>> PeerAsync(string name, Uri descriptor)
    {
        var found = await PublicTester.ScanAsync(descriptor);
        return Granted.TryGetValue(name, out var granted) ? [.. found, granted] : found;
    }

    private static async Task<IReadOnlyList<string>> FoundAsync(Scanner scanner, string[] arguments)
    {
        var run = await scanner.RunAsync([.. arguments, "-f", "json", "--exit-zero", "--rate", "200", "--burst", "200"]);
        using var report = JsonDocument.Parse(run.Output);
        return
        [
            .. report
                .RootElement.GetProperty("apps")[0]
                .GetProperty("findings")
                .EnumerateArray()
                .Select(finding => finding.GetProperty("rule").GetString()!)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static IReadOnlyList<string> Planted(Scanner scanner, string name)
    {
        var file = Path.Combine(scanner.Root, Apps, name, "expected.json");
        using var expected = JsonDocument.Parse(File.ReadAllText(file));
        return
        [
            .. expected
                .RootElement.GetProperty("fails")
                .GetProperty("withTenant")
                .EnumerateArray()
                .Select(rule => rule.GetString()!)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string Words(IReadOnlyList<string> rules) => rules.Count == 0 ? "-" : string.Join(", ", rules);
}
