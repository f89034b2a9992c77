namespace Ecoscanner.Apps.Forge;

/// <summary>A value of the manifest and where it stands. What an alias names stands at its anchor.</summary>
public abstract record ManifestNode(ManifestPlace Place);

/// <summary>A scalar, as text: YAML's own types mean nothing here.</summary>
/// <param name="IsPlain">False where it stands in quotes or is a block.</param>
public sealed record ManifestText(string Value, bool IsPlain, ManifestPlace Place) : ManifestNode(Place)
{
    /// <summary>True for YAML's null: nothing at all, or <c>~</c>.</summary>
    public bool IsNull => IsPlain && Value is "" or "~" or "null";
}

/// <summary>A sequence.</summary>
public sealed record ManifestList(IReadOnlyList<ManifestNode> Items, ManifestPlace Place) : ManifestNode(Place);

/// <summary>A mapping, in the order of the file. A key that stands twice has two entries, and a problem.</summary>
public sealed record ManifestMap(IReadOnlyList<ManifestEntry> Entries, ManifestPlace Place) : ManifestNode(Place)
{
    /// <summary>The first value with that key.</summary>
    public ManifestNode? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key.Value == key)
            {
                return entry.Value;
            }
        }

        return null;
    }

    /// <summary>The value at a path of keys, such as <c>request.authentication</c>; null where one is missing or no mapping.</summary>
    public ManifestNode? At(string path)
    {
        ManifestNode? node = this;
        foreach (var key in path.Split('.'))
        {
            node = (node as ManifestMap)?.Find(key);
        }

        return node;
    }
}

/// <summary>A key and its value.</summary>
public sealed record ManifestEntry(ManifestText Key, ManifestNode Value);
