using Ecoscanner.Packages.Maven;

namespace Ecoscanner.Packages.Gradle;

/// <summary>Reads the text that <c>gradle dependencies</c> prints, of one project or of many (Gradle user manual, viewing dependencies).</summary>
public static class GradleTree
{
    // Real trees end before 30.
    private const int MaximumDepth = 300;

    // Five characters for each level.
    private const int Step = 5;

    private static readonly string[] Branches = ["+--- ", "\\--- ", "|    ", "     "];

    /// <summary>Whether a text is such a tree.</summary>
    public static bool Reads(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("+--- ") || line.StartsWith("\\--- "))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads it.</summary>
    /// <param name="name">The file's, for places.</param>
    public static Inventory Read(string text, string name)
    {
        var builder = new InventoryBuilder();
        var hasRuntime = Configurations(text).Any(GradleConfigurations.IsRuntime);
        var number = 0;
        Configuration? configuration = null;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var content = line.TrimEnd();
            var depth = 0;
            while (content.Length >= Step && IsBranch(content) && depth <= MaximumDepth)
            {
                depth++;
                content = content[Step..];
            }

            if (depth == 0)
            {
                // "runtimeClasspath - Runtime classpath of source set 'main'." begins one, and a blank line ends it.
                configuration = content.IsEmpty ? null : new Configuration(NameOf(content), hasRuntime);
            }
            else if (configuration is null || depth > configuration.Open.Count || depth > MaximumDepth)
            {
                builder.Gap(
                    $"{name}:{number}",
                    depth > MaximumDepth ? "it lies too deep, and was left out" : "it is no line of a dependency tree, and was left out"
                );
            }
            else
            {
                Read(builder, configuration, depth, content.ToString(), name, number);
            }
        }

        if (builder.Count == 0)
        {
            builder.Gap(name, "no dependency was found in it; is it what gradle dependencies printed?");
        }

        return builder.Build();
    }

    private static void Read(InventoryBuilder builder, Configuration configuration, int depth, string text, string name, int number)
    {
        var open = configuration.Open;
        open.RemoveRange(depth, open.Count - depth);
        var parent = open[^1];
        if (text.StartsWith("project ", StringComparison.Ordinal))
        {
            // The app's own: what it asks for, the app asks for.
            open.Add(parent);
            return;
        }

        if (text.EndsWith(" (c)", StringComparison.Ordinal))
        {
            // A constraint brings nothing by itself.
            open.Add(parent);
            return;
        }

        if (text.EndsWith(" FAILED", StringComparison.Ordinal) || text.EndsWith(" (n)", StringComparison.Ordinal))
        {
            // A configuration that is not resolved says what is wanted, and another one says what is taken.
            if (text.EndsWith(" FAILED", StringComparison.Ordinal) && configuration.Kind.Need is not Need.Development)
            {
                builder.Gap($"{name}:{number}", "Gradle could not resolve it, so it is not known what is shipped");
            }

            open.Add(parent);
            return;
        }

        if (Coordinates(text) is not var (group, artifact, version))
        {
            builder.Gap($"{name}:{number}", "it is no line of a dependency tree, and was left out");
            open.Add(parent);
            return;
        }

        var key = $"{group}:{artifact}:{version}";
        if (!configuration.Known.TryGetValue(key, out var at))
        {
            if (
                MavenCoordinates.Component(group, artifact, version, configuration.Kind.Placement, $"{name}#{key}") is not { } component
                || builder.Add(component) is not { } added
            )
            {
                builder.Gap($"{name}:{number}", "its coordinates are none that a repository has");
                open.Add(parent);
                return;
            }

            configuration.Known[key] = at = added;
        }

        if (parent is { } above)
        {
            builder.Bring(above, at);
        }
        else
        {
            builder.Root(at, configuration.Kind.Need);
        }

        open.Add(at);
    }

    /// <summary><c>g:a:1.0</c>, <c>g:a:1.0 -> 2.0 (*)</c>, <c>g:a -> 2.0</c>, <c>g:a:1.0 -> other:b:2.0</c>, <c>g:a:{strictly 1.0} -> 1.0</c>.</summary>
    private static (string Group, string Artifact, string? Version)? Coordinates(string text)
    {
        const string Arrow = " -> ";
        text = text.EndsWith(" (*)", StringComparison.Ordinal) ? text[..^4] : text;
        var arrow = text.IndexOf(Arrow, StringComparison.Ordinal);
        var asked = (arrow < 0 ? text : text[..arrow]).Split(':', 3);
        var taken = arrow < 0 ? null : text[(arrow + Arrow.Length)..];
        if (taken?.StartsWith("project ", StringComparison.Ordinal) == true || asked.Length < 2)
        {
            return null;
        }

        return taken is null ? (asked[0], asked[1], asked.Length == 3 ? asked[2] : null)
            : taken.Split(':') is [var group, var artifact, var version] ? (group, artifact, version)
            : (asked[0], asked[1], taken);
    }

    private static HashSet<string> Configurations(string text)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.IsEmpty && !IsBranch(line))
            {
                names.Add(NameOf(line));
            }
        }

        return names;
    }

    private static string NameOf(ReadOnlySpan<char> line) => (line.IndexOf(' ') is > 0 and var space ? line[..space] : line).ToString();

    private static bool IsBranch(ReadOnlySpan<char> text)
    {
        foreach (var branch in Branches)
        {
            if (text.StartsWith(branch))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Configuration(string name, bool hasRuntime)
    {
        public (Need Need, Placement Placement) Kind { get; } = GradleConfigurations.Of([name], hasRuntime);

        /// <summary>What the next line may stand below; null is the project itself.</summary>
        public List<int?> Open { get; } = [null];

        /// <summary>Components by their coordinates: a repeated one is not printed with what it brings.</summary>
        public Dictionary<string, int> Known { get; } = new(StringComparer.Ordinal);
    }
}
