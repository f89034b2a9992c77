using System.Collections.Frozen;
using System.Text;

namespace Ecoscanner.Packages.Java;

/// <summary>What <c>META-INF/MANIFEST.MF</c> says (JAR file specification, "JAR manifest"). Written by strangers: any text is one, and nothing of it is believed.</summary>
internal sealed class Manifest
{
    /// <summary>The main section stands first, and large ones have 300 KB of imports; what follows are digests of each class.</summary>
    public const int MaximumBytes = 2 * 1024 * 1024;

    public const string Path = "META-INF/MANIFEST.MF";

    public static readonly Manifest Empty = new(FrozenDictionary<string, string>.Empty, []);

    // Sections of packages are few; those of signed classes say nothing of libraries.
    private const int MaximumSections = 64;

    // No manifest has more headers; each is a text to keep.
    private const int MaximumHeaders = 1000;

    // Names and versions are short; lists of packages are not.
    private const int MaximumNameLength = 1000;

    private Manifest(IReadOnlyDictionary<string, string> main, IReadOnlyList<IReadOnlyDictionary<string, string>> sections)
    {
        Main = main;
        Sections = sections;
        SymbolicName = OsgiHeader.Parse(this["Bundle-SymbolicName"]).Select(clause => clause.Path).FirstOrDefault(name => name.Length > 0);
    }

    /// <summary>The headers of the archive itself, by names whose case does not count.</summary>
    public IReadOnlyDictionary<string, string> Main { get; }

    /// <summary>The headers of single packages, where they name an implementation or a specification; <c>Name</c> is the package's folder.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Sections { get; }

    /// <summary>The bundle's name without its directives; null where it is no bundle.</summary>
    public string? SymbolicName { get; }

    /// <summary>A header of the main section, without the space around it; null where it is absent, empty, or longer than any name.</summary>
    public string? this[string header] =>
        Main.TryGetValue(header, out var value) && value.Length <= MaximumNameLength && value.AsSpan().Trim() is { IsEmpty: false } text
            ? text.ToString()
            : null;

    /// <summary>The clauses of a header of OSGi; null where it is absent.</summary>
    public IEnumerable<OsgiClause>? List(string header) => Main.TryGetValue(header, out var value) ? OsgiHeader.Parse(value) : null;

    public static Manifest Parse(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, MaximumBytes)]).AsSpan();
        Dictionary<string, string>? main = null;
        var sections = new List<IReadOnlyDictionary<string, string>>();
        var section = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var value = new StringBuilder();
        string? name = null;

        void EndHeader()
        {
            if (name is not null && section.Count < MaximumHeaders)
            {
                section.TryAdd(name, value.ToString());
            }

            name = null;
            value.Clear();
        }

        void EndSection()
        {
            EndHeader();
            if (section.Count == 0)
            {
                return;
            }

            if (main is null)
            {
                main = section;
            }
            else if (sections.Count < MaximumSections && section.Keys.Any(IsTelling))
            {
                sections.Add(section);
            }

            section = new(StringComparer.OrdinalIgnoreCase);
        }

        foreach (var line in text.EnumerateLines())
        {
            if (line.IsEmpty)
            {
                EndSection();
            }
            else if (line[0] == ' ')
            {
                value.Append(line[1..]);
            }
            else
            {
                EndHeader();
                var colon = line.IndexOf(':');
                if (colon > 0)
                {
                    name = line[..colon].Trim().ToString();
                    value.Append(line[(colon + 1)..].TrimStart(' '));
                }
            }
        }

        EndSection();
        return main is null ? Empty : new Manifest(main, sections);
    }

    private static bool IsTelling(string header) =>
        header.StartsWith("Implementation-", StringComparison.OrdinalIgnoreCase) || header.StartsWith("Specification-", StringComparison.OrdinalIgnoreCase);
}
