namespace Ecoscanner.Advisories.Indexing;

/// <summary>Gives each distinct text of an index one position, whatever the order in which they came.</summary>
internal sealed class IndexStrings
{
    // Numbers in the order of coming; positions only once all are there.
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private uint[] positions = [];

    /// <summary>The one object for equal texts.</summary>
    public string Intern(string text)
    {
        if (numbers.TryGetValue(text, out var number))
        {
            return keys[number];
        }

        numbers.Add(text, keys.Count);
        keys.Add(text);
        return text;
    }

    private readonly List<string> keys = [];

    /// <summary>Lays them out by their order.</summary>
    public SectionWriter Write()
    {
        var order = new int[keys.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(keys.ToArray(), order, StringComparer.Ordinal);
        positions = new uint[order.Length];
        var section = new SectionWriter(keys.Count * 24);
        foreach (var number in order)
        {
            positions[number] = section.Position;
            section.Text(keys[number]);
        }

        return section;
    }

    /// <summary>Where an interned text lies, once they are written.</summary>
    public uint At(string text) => positions[numbers[text]];
}
