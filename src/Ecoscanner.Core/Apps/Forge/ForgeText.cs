namespace Ecoscanner.Apps.Forge;

/// <summary>A text of the manifest. <c>${NAME}</c> of a declared environment variable stays a piece with a name: its value is known at deployment only.</summary>
public sealed record ForgeText(string Value, ManifestPlace Place, IReadOnlyList<ForgeTextPiece> Pieces)
{
    /// <summary>The variables in it, in order.</summary>
    public IEnumerable<string> Variables => Pieces.Where(piece => piece.IsVariable).Select(piece => piece.Text);

    /// <summary>False where a part is known at deployment only.</summary>
    public bool IsFixed => !Pieces.Any(piece => piece.IsVariable);

    /// <summary>Every <c>${NAME}</c> in a text, declared or not, with the offset of its dollar sign.</summary>
    internal static IEnumerable<(int Start, string Name)> NamesIn(string text)
    {
        for (var start = text.IndexOf("${", StringComparison.Ordinal); start >= 0; start = text.IndexOf("${", start + 2, StringComparison.Ordinal))
        {
            var end = start + 2;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            if (end < text.Length && text[end] == '}' && end > start + 2 && !char.IsAsciiDigit(text[start + 2]))
            {
                yield return (start, text[(start + 2)..end]);
            }
        }
    }

    internal static ForgeText Of(ManifestText node, IReadOnlySet<string> declared)
    {
        var pieces = new List<ForgeTextPiece>();
        var last = 0;
        foreach (var (start, name) in NamesIn(node.Value).Where(found => declared.Contains(found.Name)))
        {
            AddFixed(node.Value[last..start]);
            pieces.Add(new ForgeTextPiece(name, IsVariable: true));
            last = start + name.Length + "${}".Length;
        }

        AddFixed(node.Value[last..]);
        return new ForgeText(node.Value, node.Place, pieces);

        void AddFixed(string text)
        {
            if (text.Length > 0)
            {
                pieces.Add(new ForgeTextPiece(text, IsVariable: false));
            }
        }
    }

    public override string ToString() => Value;
}

/// <summary>A stretch of a text, or the name of the variable whose value stands there.</summary>
public readonly record struct ForgeTextPiece(string Text, bool IsVariable);
