using System.Diagnostics;
using System.Text;

namespace Ecoscanner.Tests.Core.Probing.Signing;

/// <summary>Runs a property on many inputs for a second, or for a minute where ECOSCANNER_SLOW is 1; a failure names its seed.</summary>
internal static class Fuzzing
{
    public static void Run(Action<Random> property)
    {
        var limit = Environment.GetEnvironmentVariable("ECOSCANNER_SLOW") is "1" ? TimeSpan.FromSeconds(60) : TimeSpan.FromSeconds(1);
        var watch = Stopwatch.StartNew();
        var seed = Environment.TickCount;
        do
        {
            seed++;
            try
            {
                property(new Random(seed));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"fails with seed {seed}: {e.Message}", e);
            }
        } while (watch.Elapsed < limit);
    }

    /// <summary>The text with one to eight changes: a byte replaced, removed, doubled, or a piece moved.</summary>
    public static byte[] Mutated(string text, Random random)
    {
        const string Telling = "\r\n\t \"\\:;,=()?*@/%-.0Aa~\0\u007f";
        var bytes = Encoding.Latin1.GetBytes(text).ToList();
        for (var changes = random.Next(1, 9); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] = (byte)Telling[random.Next(Telling.Length)];
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                case 3:
                    bytes.Insert(at, (byte)Telling[random.Next(Telling.Length)]);
                    break;
                default:
                    var piece = bytes.GetRange(at, random.Next(bytes.Count - at));
                    bytes.InsertRange(random.Next(bytes.Count), piece);
                    break;
            }
        }

        return [.. bytes];
    }
}
