using System.Text;

namespace Ecoscanner.Packages;

/// <summary>The dependency tree of an app as text, as <c>npm ls --all</c> and <c>mvn dependency:tree</c> draw it: what was drawn before is not drawn again.</summary>
public static class DependencyTree
{
    /// <summary>A longer text is read by nobody.</summary>
    public const int MaximumLines = 20_000;

    // Deeper, the branches leave any screen.
    private const int MaximumDepth = 100;

    // Names and versions are the app's text.
    private const int MaximumName = 200;

    /// <summary>Draws it.</summary>
    /// <param name="withDevelopment">False leaves out what only development needs.</param>
    /// <param name="most">Lines after which it ends, and says so.</param>
    public static IEnumerable<string> Lines(Inventory inventory, bool withDevelopment = false, int most = MaximumLines)
    {
        var isDrawn = new bool[inventory.Components.Count];
        var waiting = new Stack<(int Component, string Indent, bool IsLast, int Depth)>();
        Push(inventory.Graph.Roots, "", 0);
        for (var count = 0; waiting.TryPop(out var at); count++)
        {
            if (count == most)
            {
                yield return $"… and more than {most} lines";
                yield break;
            }

            var brings = inventory.Graph.Brings[at.Component].Where(IsShown).ToArray();
            var isRepeated = isDrawn[at.Component] && brings.Length > 0;
            isDrawn[at.Component] = true;
            var isCut = !isRepeated && brings.Length > 0 && at.Depth == MaximumDepth;
            yield return $"{at.Indent}{(at.IsLast ? "└── " : "├── ")}{Label(inventory.Components[at.Component])}{(isRepeated ? " (see above)" : isCut ? " …" : "")}";
            if (!isRepeated && !isCut)
            {
                Push(brings, at.Indent + (at.IsLast ? "    " : "│   "), at.Depth + 1);
            }
        }

        void Push(IReadOnlyList<int> components, string indent, int depth)
        {
            var shown = components.Where(IsShown).ToArray();
            for (var at = shown.Length - 1; at >= 0; at--)
            {
                waiting.Push((shown[at], indent, at == shown.Length - 1, depth));
            }
        }

        bool IsShown(int component) => withDevelopment || !inventory.Components[component].IsDevelopment;
    }

    /// <summary>A component in a few words, without what would steer a terminal.</summary>
    public static string Label(Component component)
    {
        var label = new StringBuilder(Printable(component.Package.Name));
        label.Append(component.Package.Ecosystem is Ecosystem.Maven ? ':' : '@').Append(Printable(component.Package.Version ?? "(unknown version)"));
        label.Append(component.Origin is { } origin ? $" from {Printable(origin)}" : "");
        label.Append(
            component.Placement switch
            {
                Placement.HostProvided => " (provided by the host)",
                Placement.Unused => " (not loaded)",
                _ => "",
            }
        );
        label.Append(component.IsDevelopment ? " (development)" : "").Append(component.IsOptional ? " (optional)" : "");
        return label.ToString();
    }

    private static string Printable(string text)
    {
        var plain = string.Concat(text.EnumerateRunes().Select(rune => IsPlain(rune) ? rune.ToString() : $"\\u{{{rune.Value:x}}}"));
        return plain.Length <= MaximumName ? plain : plain[..MaximumName] + "…";
    }

    // Formats turn the writing around, and separators begin lines.
    private static bool IsPlain(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                System.Globalization.UnicodeCategory.Control
                or System.Globalization.UnicodeCategory.Format
                or System.Globalization.UnicodeCategory.LineSeparator
                or System.Globalization.UnicodeCategory.ParagraphSeparator
                or System.Globalization.UnicodeCategory.PrivateUse
                or System.Globalization.UnicodeCategory.OtherNotAssigned
            );
}
