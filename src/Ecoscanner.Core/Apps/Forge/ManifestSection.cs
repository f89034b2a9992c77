using System.Globalization;

namespace Ecoscanner.Apps.Forge;

/// <summary>What readers of one manifest share.</summary>
internal sealed class ManifestReading(ManifestProblems problems)
{
    public ManifestProblems Problems { get; } = problems;

    /// <summary>Names of the declared environment variables.</summary>
    public HashSet<string> Variables { get; } = new(StringComparer.Ordinal);

    public List<ForgeUnknownKey> UnknownKeys { get; } = [];

    public ForgeText Text(ManifestText node)
    {
        foreach (var name in ForgeText.NamesIn(node.Value).Select(found => found.Name).Where(name => !Variables.Contains(name)))
        {
            Problems.Add(
                ManifestProblemKind.Dangling,
                node.Place,
                $"${{{Quoted.Bare(name)}}} is not among environment.variables, so Forge leaves it as it stands; declare it there"
            );
        }

        return ForgeText.Of(node, Variables);
    }

    public void UnknownModule(string type, ManifestPlace place)
    {
        UnknownKeys.Add(new ForgeUnknownKey($"modules.{type}", place));
        Problems.Add(
            ManifestProblemKind.Unknown,
            place,
            $"{Quoted.Bare(type)} is no module of {ForgeModuleTable.Version}, so its code is taken to be callable by users; correct its spelling if it is one"
        );
    }

    public void Unknown(string pointer, ManifestPlace place)
    {
        UnknownKeys.Add(new ForgeUnknownKey(pointer, place));
        Problems.Add(ManifestProblemKind.Unknown, place, $"{Quoted.Bare(pointer)} is no key of Forge's schema; correct its spelling or remove it");
    }
}

/// <summary>A mapping of the manifest while it is read: asks for keys of a kind, notes what is of another, and at the end what nobody asked for.</summary>
internal sealed class ManifestSection(ManifestMap map, string path, ManifestReading reading)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public ManifestMap Map { get; } = map;

    public ManifestPlace Place => Map.Place;

    public string Path { get; } = path;

    /// <summary>A value of any kind; null where the key is missing or has nothing after it.</summary>
    public ManifestNode? Node(string key)
    {
        asked.Add(key);
        return Map.Find(key) is { } node and not ManifestText { IsNull: true } ? node : null;
    }

    public ForgeText? Text(string key) => Node(key) is { } node && Scalar(node, key) is { } text ? reading.Text(text) : null;

    /// <summary>The same, with a problem where it is missing.</summary>
    public ForgeText? Required(string key, string example)
    {
        var text = Text(key);
        if (text is null && Node(key) is null)
        {
            Wrong(Map, $"{Path} has no {key}; add {key}: {example}");
        }

        return text;
    }

    public bool? Flag(string key) =>
        Node(key) is not { } node || Scalar(node, key) is not { } text ? null
        : text.Value is "true" or "True" or "TRUE" ? true
        : text.Value is "false" or "False" or "FALSE" ? false
        : Wrong<bool?>(node, $"{At(key)} is neither true nor false; write one of them");

    public double? Number(string key) =>
        Node(key) is not { } node || Scalar(node, key) is not { } text ? null
        : double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
        : Wrong<double?>(node, $"{At(key)} is no number; write one");

    public ManifestSection? Section(string key) =>
        Node(key) switch
        {
            null => null,
            ManifestMap below => Below(below, key),
            var node => Wrong<ManifestSection?>(node, $"{At(key)} is no mapping and was not read; write its keys below it"),
        };

    /// <summary>The mappings of a list; what is of another kind is a problem.</summary>
    public IEnumerable<ManifestSection> Sections(string key)
    {
        foreach (var item in Items(key))
        {
            if (item is ManifestMap below)
            {
                yield return Below(below, key);
            }
            else
            {
                Wrong(item, $"an entry of {At(key)} is no mapping and was not read; write its keys after the dash");
            }
        }
    }

    /// <summary>The texts of a list.</summary>
    public IReadOnlyList<ForgeText> Texts(string key) => [.. Items(key).Select(item => Scalar(item, key)).OfType<ManifestText>().Select(reading.Text)];

    /// <summary>The values of a list. One value without a dash is read as a list of one, and a problem.</summary>
    public IReadOnlyList<ManifestNode> Items(string key)
    {
        switch (Node(key))
        {
            case null:
                return [];
            case ManifestList list:
                return list.Items;
            case var node:
                Wrong(node, $"{At(key)} is no list; write each entry after a dash");
                return [node];
        }
    }

    /// <summary>The entries of a list that may be texts or mappings.</summary>
    public IEnumerable<(ForgeText? Text, ManifestSection? Section)> Entries(string key)
    {
        foreach (var item in Items(key))
        {
            if (item is ManifestMap below)
            {
                yield return (null, Below(below, key));
            }
            else if (Scalar(item, key) is { } text)
            {
                yield return (reading.Text(text), null);
            }
        }
    }

    /// <summary>The entries of a mapping with free names whose values are mappings, or nothing.</summary>
    public IEnumerable<(ManifestText Key, ManifestSection? Section)> Pairs()
    {
        foreach (var (key, value) in Map.Entries)
        {
            if (value is not ManifestMap and not ManifestText { IsNull: true })
            {
                Wrong(value, $"{At(key.Value)} is no mapping and was not read; write its keys below it");
            }

            yield return (key, value is ManifestMap below ? Below(below, key.Value) : null);
        }
    }

    /// <summary>The texts of a mapping with free names.</summary>
    public IReadOnlyList<ForgeNamedText> Named(string key) =>
        Section(key) is { } section
            ?
            [
                .. section
                    .Map.Entries.Select(entry => (entry.Key, Text: section.Scalar(entry.Value, entry.Key.Value)))
                    .Where(entry => entry.Text is not null)
                    .Select(entry => new ForgeNamedText(entry.Key.Value, reading.Text(entry.Text!))),
            ]
            : [];

    /// <summary>Lists the keys that were not asked for.</summary>
    /// <param name="others">Keys that the schema has and nobody here needs.</param>
    public void Done(params IEnumerable<string> others)
    {
        asked.UnionWith(others);
        foreach (var (key, _) in Map.Entries)
        {
            if (!asked.Contains(key.Value))
            {
                reading.Unknown(At(key.Value), key.Place);
            }
        }
    }

    private ManifestSection Below(ManifestMap below, string key) => new(below, At(key), reading);

    private ManifestText? Scalar(ManifestNode node, string key) =>
        node as ManifestText ?? Wrong<ManifestText?>(node, $"{At(key)} is no text and was not read; write one value");

    private string At(string key) => Path.Length == 0 ? Quoted.Bare(key) : $"{Path}.{Quoted.Bare(key)}";

    private void Wrong(ManifestNode node, string message) => reading.Problems.Add(ManifestProblemKind.Invalid, node.Place, message);

    private T? Wrong<T>(ManifestNode node, string message)
    {
        Wrong(node, message);
        return default;
    }
}
