using System.Buffers;
using System.Text.RegularExpressions;

namespace Ecoscanner.Packages.Maven;

/// <summary>
/// Reads the text that <c>mvn dependency:tree</c> prints, with or without <c>-Dverbose</c>, before it or in the middle of a build's log, of one module or of
/// many (maven-dependency-plugin, tree).
/// </summary>
public static partial class MavenTree
{
    // Real trees end before 30.
    private const int MaximumDepth = 300;

    private const string LogPrefix = "[INFO] ";

    // A line of coordinates has 200 characters; the colours of a longer one are not looked for.
    private const int MaximumLine = 4096;

    private const int MaximumTime = 64;

    // Three characters for each level.
    private const int Step = 3;

    private static readonly SearchValues<char> NotInRoot = SearchValues.Create(" \t/|()");

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
        var lines = Lines(text, name, builder);
        // What a module is, whichever module asks for it, is the app's own.
        var own = lines.Where(line => line.Node is null).Select(line => line.Module).ToHashSet(StringComparer.Ordinal);
        // What is taken says for what; where it was left out, the scope is that of the place.
        var scopes = new Dictionary<(int Tree, string Key), string?>();
        foreach (var (tree, node) in lines.Where(line => line.Node is { IsOmitted: false }).Select(line => (line.Tree, line.Node!)))
        {
            scopes.TryAdd((tree, node.Key), node.Scope);
        }

        var known = new Dictionary<(int Tree, string Key), int?>();
        var open = new List<int?>();
        foreach (var line in lines)
        {
            if (line.Node is not { } node)
            {
                open = [null];
                continue;
            }

            open.RemoveRange(line.Depth, open.Count - line.Depth);
            if (!known.TryGetValue((line.Tree, node.Key), out var component))
            {
                known[(line.Tree, node.Key)] = component = Component(node, scopes.GetValueOrDefault((line.Tree, node.Key), node.Scope), own, name) is { } made
                    ? builder.Add(made)
                    : null;
            }

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

        if (builder.Count == 0 && own.Count == 0)
        {
            builder.Gap(name, "no dependency was found in it; is it what mvn dependency:tree printed?");
        }

        return builder.Build();
    }

    private static Component? Component(Node node, string? scope, HashSet<string> own, string name) =>
        MavenCoordinates.Component(
            node.Group,
            node.Artifact,
            node.Version,
            scope is "provided" ? Placement.HostProvided : Placement.Bundled,
            $"{name}#{node.Key}",
            own.Contains($"{node.Group}:{node.Artifact}") ? "a module of the same build" : null
        );

    /// <summary>The lines of the trees: a module without a node, or a node below the line before it.</summary>
    private static List<Line> Lines(string text, string name, InventoryBuilder builder)
    {
        var lines = new List<Line>();
        var (number, tree, depthBefore) = (0, 0, -1);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var content = Content(line);
            if (IsRoot(content))
            {
                var parts = content.ToString().Split(':');
                lines.Add(new Line(++tree, 0, $"{parts[0]}:{parts[1]}", null));
                depthBefore = 0;
                continue;
            }

            var depth = 0;
            while (content.Length >= Step && depth <= MaximumDepth && IsBranch(content))
            {
                depth++;
                content = content[Step..];
            }

            if (depth == 0 || depthBefore < 0)
            {
                // A blank line or a message of the log ends the module's tree.
                depthBefore = -1;
            }
            else if (depth > MaximumDepth)
            {
                builder.Gap($"{name}:{number}", "it lies too deep, and was left out");
            }
            else if (depth > depthBefore + 1 || Node.Of(content) is not { } node)
            {
                builder.Gap($"{name}:{number}", "it is no line of a dependency tree, and was left out");
            }
            else
            {
                lines.Add(new Line(tree, depth, "", node));
                depthBefore = depth;
            }
        }

        return lines;
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

    /// <summary>A line without what logs put before it and without colours.</summary>
    private static ReadOnlySpan<char> Content(ReadOnlySpan<char> line)
    {
        var text = line.Contains('\u001b') ? Colour().Replace(line[..Math.Min(line.Length, MaximumLine)].ToString(), "") : line;
        // Logs of servers put the time before it.
        var prefix = text[..Math.Min(text.Length, MaximumTime)].IndexOf(LogPrefix);
        return (prefix < 0 ? text : text[(prefix + LogPrefix.Length)..]).TrimEnd();
    }

    [GeneratedRegex(@"\u001b\[[0-9;]{0,20}m", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Colour();

    /// <summary>group:artifact:type:version, with a classifier perhaps, and nothing else.</summary>
    private static bool IsRoot(ReadOnlySpan<char> content) =>
        content.Count(':') is 3 or 4
        && !content.ContainsAny(NotInRoot)
        && content[0] is not ('[' or ':')
        && !content.Contains("::", StringComparison.Ordinal)
        && content[^1] != ':';

    private sealed record Line(int Tree, int Depth, string Module, Node? Node);

    /// <summary>What stands behind the branches.</summary>
    private sealed record Node(string Group, string Artifact, string? Classifier, string Version, string? Scope, bool IsOptional, bool IsOmitted)
    {
        public string Key { get; } = $"{Group}:{Artifact}{(Classifier is null ? "" : $":{Classifier}")}:{Version}";

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

            return new Node(parts[0], parts[1], classifier, version, scope, notes.Contains("optional", StringComparison.Ordinal), isOmitted);
        }
    }
}
