using System.Diagnostics;
using System.Globalization;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Syntax;

/// <summary>Numbers are written as Node writes them.</summary>
public sealed class NumberTextTests
{
    private const int Count = 5_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Numbers_are_written_as_by_Node()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        List<double> numbers = [0, -0.0, 1e21, 1e-7, 123456789012345680000d, 0.000001, double.MaxValue, double.Epsilon, 5e-324, 100, 1.5];
        while (numbers.Count < Count)
        {
            var number = random.Next(3) switch
            {
                0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
                1 => random.Next() / Math.Pow(10, random.Next(12)),
                _ => Math.Round(random.NextDouble() * Math.Pow(10, random.Next(25))),
            };
            if (double.IsFinite(number))
            {
                numbers.Add(number);
            }
        }

        using var node = Process.Start(
            new ProcessStartInfo(
                "node",
                [
                    "-e",
                    "process.stdout.write(require('fs').readFileSync(0, 'utf8').trim().split('\\n').map((b) => { const v = new DataView(new ArrayBuffer(8)); v.setBigInt64(0, BigInt(b)); return String(v.getFloat64(0)); }).join('\\n'))",
                ]
            )
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        var told = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        foreach (var number in numbers)
        {
            await node.StandardInput.WriteAsync(BitConverter.DoubleToInt64Bits(number).ToString(CultureInfo.InvariantCulture) + "\n");
        }

        node.StandardInput.Close();
        await node.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        var expected = (await told).Split('\n');
        for (var index = 0; index < numbers.Count; index++)
        {
            Assert.True(expected[index] == NumberText.Of(numbers[index]), $"seed {seed}: {expected[index]} is written {NumberText.Of(numbers[index])}");
        }
    }
}
