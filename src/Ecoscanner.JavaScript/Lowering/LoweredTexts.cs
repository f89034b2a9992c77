using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <summary>The texts of a module that is being lowered, each once.</summary>
internal sealed class LoweredTexts
{
    private readonly NameTable names;
    private readonly List<string> texts = [];

    // By the number of a name: the number of its text plus one.
    private readonly int[] textOfName;
    private readonly Dictionary<string, int> others = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> privates = [];
    private readonly List<int> indexes = [];

    public LoweredTexts(NameTable names)
    {
        this.names = names;
        textOfName = new int[names.Count];
    }

    public string this[int text] => texts[text];

    /// <summary>The text of a name of the source.</summary>
    public int OfName(int name)
    {
        if (textOfName[name] == 0)
        {
            texts.Add(names.Text(name));
            textOfName[name] = texts.Count;
        }

        return textOfName[name] - 1;
    }

    public int Of(string text)
    {
        if (names.Find(text) is > 0 and var name && name < textOfName.Length)
        {
            return OfName(name);
        }

        if (!others.TryGetValue(text, out var number))
        {
            number = texts.Count;
            texts.Add(text);
            others.Add(text, number);
        }

        return number;
    }

    /// <summary>The text of a private name, with its <c>#</c>.</summary>
    public int OfPrivate(int name)
    {
        if (!privates.TryGetValue(name, out var number))
        {
            number = Of($"#{names.Text(name)}");
            privates.Add(name, number);
        }

        return number;
    }

    /// <summary>The text of the key of an item.</summary>
    public int OfIndex(int index)
    {
        while (indexes.Count <= index)
        {
            indexes.Add(Of(NumberText.Of(indexes.Count)));
        }

        return indexes[index];
    }

    public string[] ToArray() => [.. texts];
}
