namespace Ecoscanner.JavaScript.Values;

/// <summary>Numbers by pairs of numbers; nothing is ever taken out. Open addressing, at most half full: a hit costs one look at memory.</summary>
internal sealed class PairTable
{
    private const int FirstCapacity = 1 << 12;

    private long[] keys = new long[FirstCapacity];
    private int[] values = new int[FirstCapacity];
    private int count;

    /// <summary>The number of a pair, of which at least one is not 0; -1 where it has none.</summary>
    public int Find(long pair)
    {
        var mask = keys.Length - 1;
        for (var at = Place(pair, mask); ; at = (at + 1) & mask)
        {
            if (keys[at] == pair)
            {
                return values[at];
            }

            if (keys[at] == 0)
            {
                return -1;
            }
        }
    }

    /// <summary>Gives a number to a pair that has none.</summary>
    public void Add(long pair, int value)
    {
        if (++count * 2 > keys.Length)
        {
            Grow();
        }

        Put(pair, value);
    }

    private void Grow()
    {
        var (oldKeys, oldValues) = (keys, values);
        keys = new long[oldKeys.Length * 2];
        values = new int[oldKeys.Length * 2];
        for (var at = 0; at < oldKeys.Length; at++)
        {
            if (oldKeys[at] != 0)
            {
                Put(oldKeys[at], oldValues[at]);
            }
        }
    }

    private void Put(long pair, int value)
    {
        var mask = keys.Length - 1;
        var at = Place(pair, mask);
        while (keys[at] != 0)
        {
            at = (at + 1) & mask;
        }

        keys[at] = pair;
        values[at] = value;
    }

    private static int Place(long pair, int mask)
    {
        var hash = (ulong)pair * 0x9E3779B97F4A7C15;
        return (int)(hash >> 32) & mask;
    }
}
