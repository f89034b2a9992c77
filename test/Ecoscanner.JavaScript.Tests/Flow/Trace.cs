using System.Diagnostics;
using System.Text.Json;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Flow;

/// <summary>What Node did when it ran a function that was made up.</summary>
internal sealed record Trace(IReadOnlyList<int> Events, string End, IReadOnlyList<int[]> Reads)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static List<Trace> Run<T>(IEnumerable<T> functions)
    {
        var file = Path.Combine(Path.GetTempPath(), $"ecoscanner-{Guid.NewGuid():N}.json");
        File.WriteAllText(file, JsonSerializer.Serialize(functions));
        try
        {
            using var node = Process.Start(
                new ProcessStartInfo("node", [Path.Combine(Repository.Root, "test", "node", "flow-traces.mjs"), file])
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            var errors = node.StandardError.ReadToEndAsync();
            var lines = node.StandardOutput.ReadToEndAsync();
            if (!node.WaitForExit(Patience))
            {
                node.Kill();
                Assert.Fail("node did not answer");
            }

            Assert.True(node.ExitCode == 0, errors.Result);
            return [.. lines.Result.TrimEnd().Split('\n').Select(line => JsonSerializer.Deserialize<Trace>(line, JsonSerializerOptions.Web)!)];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
