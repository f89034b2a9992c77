namespace Ecoscanner.Packages.Maven;

/// <summary>
/// Reads the text that <c>mvn dependency:tree</c> prints, with or without <c>-Dverbose</c>, before it or in the middle of a build's log, of one module or of
/// many (maven-dependency-plugin, tree).
/// </summary>
public static class MavenTree
{
    // Real trees end before 30.
    private const int MaximumDepth = 300;

    private const string LogPrefix = "[INFO] ";

    // Three characters for each level.
    private const int Step = 3;

    private static readonly string[] Branches = ["+- ", "\\- ", "|  ", "   "];

    /// <summary>Whether a text is such a tree.</summary>
    public static bool Reads(string text)
    {
        var isAfterRoot = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var content = Content(line);
            if (isAfterRoot && (content.StartsWith("+- ") || content.StartsWith("\\- ")))
            {
                return true;
            }

            isAfterRoot = IsRoot(content);
        }

        return false;
    }

    /// <summary>Reads it.</summary>
    /// <param name="name">The file's, for places.</param>
    public static Inventory Read(string text, string name)
    {
        var builder = new InventoryBuilder();
        // What a module is, whichever module asks for it, is the app's own.
        var modules = Modules(text);
        var open = new List<int?>();
        var module = new Dictionary<string, int>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var content = Content(line);
            if (IsRoot(content))
            {
                open = [null];
                module.Clear();
                continue;
            }

            var depth = 0;
            while (content.Length >= Step && IsBranch(content) && depth <= MaximumDepth)
            {
                depth++;
                content = content[Step..];
            }

            if (depth == 0 || open.Count == 0)
            {
                // A blank line or a message of the log ends the module's tree.
                open.Clear();
                continue;
            }

            var node = Node.Of(content);
            if (node is null || depth > open.Count || depth > MaximumDepth)
            {
                builder.Gap(
                    $"{name}:{number}",
                    depth > MaximumDepth ? "it lies too deep, and was left out" : "it is no line of a dependency tree, and was left out"
                );
                continue;
            }

            open.RemoveRange(depth, open.Count - depth);
            var component = Component(builder, module, node, name, modules);
            if (component is { } at)
            {
                var need =
                    node.Scope == "test" ? Need.Development
                    : node.IsOptional ? Need.Optional
                    : Need.Required;
                if (open[^1] is { } parent)
                {
                    builder.Bring(parent, at, need);
                }
                else
                {
                    builder.Root(at, need);
                }
            }

            open.Add(component);
        }

        if (builder.Count == 0)
        {
            builder.Gap(name, "no dependency was found in it; is it what mvn dependency:tree printed?");
        }

        return builder.Build();
    }

    private static int? Component(InventoryBuilder builder, Dictionary<string, int> module, Node node, string name, HashSet<string> modules)
    {
        var key = $"{node.Group}:{node.Artifact}{(node.Classifier is null ? "" : $":{node.Classifier}")}:{node.Version}";
        if (module.TryGetValue(key, out var known))
        {
            return known;
        }

        var placement = node.Scope is "provided" ? Placement.HostProvided : Placement.Bundled;
        var origin = modules.Contains($"{node.Group}:{node.Artifact}") ? "a module of the same build" : null;
        var component = MavenCoordinates.Component(node.Group, node.Artifact, node.Version, placement, $"{name}#{key}", origin);
        if (component is null || builder.Add(component) is not { } at)
        {
            return null;
        }

        return module[key] = at;
    }

    private static HashSet<string> Modules(string text)
    {
        var modules = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var content = Content(line);
            if (IsRoot(content))
            {
                var parts = content.ToString().Split(':');
                modules.Add($"{parts[0]}:{parts[1]}");
            }
        }

        return modules;
    }

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

    private static ReadOnlySpan<char> Content(ReadOnlySpan<char> line) => (line.StartsWith(LogPrefix) ? line[LogPrefix.Length..] : line).TrimEnd();

    /// <summary>group:artifact:type:version, with a classifier perhaps, and nothing else.</summary>
    private static bool IsRoot(ReadOnlySpan<char> content) =>
        content.Count(':') is 3 or 4
        && content.IndexOfAny(" \t/|()") < 0
        && content[0] is not ('[' or ':')
        && !content.Contains("::", StringComparison.Ordinal)
        && content[^1] != ':';

    /// <summary>A line without its branches.</summary>
    private sealed record Node(string Group, string Artifact, string? Classifier, string Version, string? Scope, bool IsOptional)
    {
        public static Node? Of(ReadOnlySpan<char> content)
        {
            // (g:a:jar:1.0:compile - omitted for conflict with 2.0), g:a:jar:1.0:compile (version managed from 0.9) (optional)
            var text = content.Trim().ToString();
            var isOmitted = text.StartsWith('(');
            text = isOmitted ? text[1..].TrimEnd(')') : text;
            var end = text.IndexOf(' ', StringComparison.Ordinal);
            var notes = end < 0 ? "" : text[end..];
            var parts = (end < 0 ? text : text[..end]).Split(':');
            if (parts.Length is < 4 or > 6)
            {
                return null;
            }

            var classifier = parts.Length == 6 ? parts[3] : null;
            var version = parts.Length == 6 ? parts[4] : parts[3];
            var scope = parts.Length > 4 ? parts[^1] : null;
            const string Conflict = "omitted for conflict with ";
            if (notes.IndexOf(Conflict, StringComparison.Ordinal) is >= 0 and var at)
            {
                // What stands here is not taken, but that.
                version = notes[(at + Conflict.Length)..].Split(' ', ';', ')')[0];
            }

            return new Node(parts[0], parts[1], classifier, version, scope, notes.Contains("optional", StringComparison.Ordinal));
        }
    }
}
