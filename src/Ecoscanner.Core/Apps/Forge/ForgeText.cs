using System.Text.RegularExpressions;

namespace Ecoscanner.Apps.Forge;

/// <summary>A text of the manifest. <c>${NAME}</c> of a declared environment variable stays a piece with a name: its value is known at deployment only.</summary>
public sealed partial record ForgeText(string Value, ManifestPlace Place, IReadOnlyList<ForgeTextPiece> Pieces)
{
    /// <summary>The variables in it, in order.</summary>
    public IEnumerable<string> Variables => Pieces.Where(piece => piece.IsVariable).Select(piece => piece.Text);

    /// <summary>False where a part is known at deployment only.</summary>
    public bool IsFixed => !Pieces.Any(piece => piece.IsVariable);

    /// <summary>Every <c>${NAME}</c> in a text, declared or not.</summary>
    internal static IEnumerable<string> NamesIn(string text) =>
        text.Contains("${", StringComparison.Ordinal) ? Variable().Matches(text).Select(match => match.Groups["name"].Value) : [];

    internal static ForgeText Of(ManifestText node, IReadOnlySet<string> declared)
    {
        var pieces = new List<ForgeTextPiece>();
        var last = 0;
        foreach (var match in node.Value.Contains("${", StringComparison.Ordinal) ? Variable().Matches(node.Value) : Enumerable.Empty<Match>())
        {
            if (declared.Contains(match.Groups["name"].Value))
            {
                AddFixed(node.Value[last..match.Index]);
                pieces.Add(new ForgeTextPiece(match.Groups["name"].Value, IsVariable: true));
                last = match.Index + match.Length;
            }
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

    // As Forge's own tool has it.
    [GeneratedRegex(@"\$\{(?<name>[a-zA-Z_][a-zA-Z0-9_]*)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}

/// <summary>A stretch of a text, or the name of the variable whose value stands there.</summary>
public readonly record struct ForgeTextPiece(string Text, bool IsVariable);
