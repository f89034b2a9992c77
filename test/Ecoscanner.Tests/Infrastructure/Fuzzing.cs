namespace Ecoscanner.Tests.Infrastructure;

/// <summary>Small changes to good input, for parsers that read what strangers wrote.</summary>
internal static class Fuzzing
{
    /// <summary>How long one fuzz test runs: a minute where <c>ECOSCANNER_SLOW</c> is 1.</summary>
    public static TimeSpan Time => TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("ECOSCANNER_SLOW") == "1" ? 60 : 2);

    /// <summary>The input with a few bytes changed, removed, repeated or cut off.</summary>
    public static byte[] Mutate(ReadOnlySpan<byte> good, Random random)
    {
        var bytes = new List<byte>(good.ToArray());
        for (var changes = random.Next(1, 8); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] = (byte)(random.Next(2) * 255);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 33), bytes.Count - at)));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>The text, changed likewise, over its own and some awkward characters.</summary>
    public static string Mutate(string good, Random random)
    {
        const string Awkward = ";,=\"\\ \t\0\u007f\u00e9\u202e%'()<>";
        var text = new System.Text.StringBuilder(good);
        for (var changes = random.Next(1, 8); changes > 0; changes--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(3))
            {
                case 0:
                    text.Insert(at, Awkward[random.Next(Awkward.Length)]);
                    break;
                case 1 when at < text.Length:
                    text.Remove(at, Math.Min(random.Next(1, 5), text.Length - at));
                    break;
                default:
                    text.Insert(at, good[random.Next(good.Length)..]);
                    break;
            }
        }

        return text.ToString();
    }
}
