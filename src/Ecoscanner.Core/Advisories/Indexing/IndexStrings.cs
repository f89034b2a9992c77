namespace Ecoscanner.Advisories.Indexing;

/// <summary>Gives each distinct text of an index one position, whatever the order in which they came.</summary>
internal sealed class IndexStrings
{
    private readonly Dictionary<string, uint> positions = new(StringComparer.Ordinal);
    private readonly List<string> texts = [];

    /// <summary>The one object for equal texts.</summary>
    public string Intern(string text)
    {
        // Until they are written, the position is a number in the order of coming.
        if (positions.TryGetValue(text, out var number))
        {
            return texts[(int)number];
        }

        positions.Add(text, (uint)texts.Count);
        texts.Add(text);
        return text;
    }

    /// <summary>Lays them out by their order.</summary>
    public ReadOnlyMemory<byte> Write()
    {
        texts.Sort(StringComparer.Ordinal);
        var section = new SectionWriter(texts.Sum(static text => text.Length + 2));
        foreach (var text in texts)
        {
            positions[text] = section.Position;
            section.Text(text);
        }

        return section.Written;
    }

    /// <summary>Where an interned text lies, once they are written.</summary>
    public uint At(string text) => positions[text];
}
