using System.Text;

namespace Ecoscanner.Packages.Java.Classes;

/// <summary>Reads the columns of a fingerprint file; each count is bounded by what is left to read.</summary>
internal sealed class FingerprintReader(byte[] bytes)
{
    private int at;

    /// <summary>How many of something follow: each takes a byte at least.</summary>
    public int Count() => UpTo(bytes.Length - at);

    /// <summary>A position below the bound.</summary>
    public int Number(int bound) => UpTo(bound - 1);

    public string Text() => Encoding.UTF8.GetString(Bytes(Count()));

    public string[] Texts()
    {
        var texts = new string[Count()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Text();
        }

        return texts;
    }

    /// <summary>Ascending positions below the bound.</summary>
    public int[] Ascending(int count, int bound)
    {
        var numbers = new int[count];
        var last = 0;
        foreach (ref var number in numbers.AsSpan())
        {
            last += UpTo(bound - 1 - last);
            number = last;
        }

        return numbers;
    }

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > bytes.Length - at)
        {
            throw Damaged();
        }

        at += count;
        return bytes.AsSpan(at - count, count);
    }

    /// <exception cref="InvalidDataException">It is above the bound, or no number.</exception>
    private int UpTo(int bound)
    {
        var number = 0L;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Bytes(1)[0];
            number |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number <= bound ? (int)number : throw Damaged();
            }
        }

        throw Damaged();
    }

    private static InvalidDataException Damaged() => new("the fingerprint file is damaged");
}
