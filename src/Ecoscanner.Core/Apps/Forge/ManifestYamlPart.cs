using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ecoscanner.Apps.Forge;

/// <summary>Reads one stretch of YAML. A mapping or list is kept before it is filled, so that a break loses only what follows.</summary>
internal sealed class ManifestYamlPart(IParser parser, int linesBefore, ManifestBudget budget, ManifestProblems problems)
{
    // The deepest module of the schema, a form of a connector, is twelve deep.
    private const int MaximumDepth = 64;

    // Names of anchors and keys stand in every message about them.
    private const int MaximumKeyLength = 256;

    private readonly Dictionary<string, Anchored> anchors = new(StringComparer.Ordinal);
    private readonly HashSet<string> open = new(StringComparer.Ordinal);

    /// <summary>1-based, of the last value that was begun, counted from the start of the file.</summary>
    public int LastLine { get; private set; } = linesBefore + 1;

    /// <summary>Reads the first document; what else there is becomes a problem.</summary>
    public void Document(List<ManifestEntry> entries)
    {
        parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out _))
        {
            problems.Add(ManifestProblemKind.NotRead, ManifestPlace.Start, "the manifest is empty; it needs at least app and modules");
            return;
        }

        parser.Consume<DocumentStart>();
        var root = parser.Current;
        if (root is MappingStart)
        {
            Node(depth: 0, node => { }, entries);
        }
        else
        {
            Node(depth: 0, node => { });
            problems.Add(ManifestProblemKind.NotRead, Place(root!), "the manifest is no mapping; it begins with keys such as app: and modules:");
        }

        parser.Consume<DocumentEnd>();
        if (!parser.TryConsume<StreamEnd>(out _))
        {
            problems.Add(ManifestProblemKind.NotRead, Place(parser.Current!), "a second document begins here and was not read; Forge takes one");
        }
    }

    /// <summary>Says that a key stands twice.</summary>
    public static void ReportTwice(ManifestText key, ManifestPlace first, ManifestProblems problems) =>
        problems.Add(ManifestProblemKind.Duplicate, key.Place, $"{Quoted.Of(key.Value)} stands twice, first at {first}; Forge refuses it: keep one");

    /// <returns>How deep it is in itself.</returns>
    private int Node(int depth, Action<ManifestNode> keep, List<ManifestEntry>? entries = null)
    {
        var start = parser.Consume<ParsingEvent>();
        var place = Place(start);
        LastLine = Math.Max(LastLine, place.Line);
        if (start is AnchorAlias alias)
        {
            return Alias(alias.Value.Value, place, depth, keep);
        }

        if (depth > MaximumDepth)
        {
            throw Stop(place, $"more than {MaximumDepth} levels of nesting; no manifest needs them, and what follows was left out: flatten it");
        }

        if (++budget.Used > ManifestBudget.MaximumNodes)
        {
            throw Stop(place, $"more than {ManifestBudget.MaximumNodes} values, and what follows was left out; no manifest needs so many: shorten it");
        }

        var anchor = start is NodeEvent { Anchor.IsEmpty: false } anchored ? anchored.Anchor.Value : null;
        var used = budget.Used;
        if (anchor is not null)
        {
            open.Add(anchor);
        }

        ManifestNode? made = null;
        var height = Fill(start, place, depth, node => keep(made = node), entries);
        if (anchor is not null && made is not null)
        {
            open.Remove(anchor);
            anchors[anchor] = new Anchored(made, budget.Used - used + 1, height);
        }

        return height;
    }

    private int Fill(ParsingEvent start, ManifestPlace place, int depth, Action<ManifestNode> keep, List<ManifestEntry>? entries)
    {
        // A node event that is none of these does not exist; the tag that quotes imply is "!".
        if (start is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } })
        {
            problems.Add(ManifestProblemKind.Invalid, place, "a YAML tag stands here and is ignored; leave it out");
        }

        switch (start)
        {
            case Scalar scalar:
                keep(new ManifestText(scalar.Value, scalar.Style is ScalarStyle.Plain, place));
                return 0;
            case SequenceStart:
                var items = new List<ManifestNode>();
                keep(new ManifestList(items, place));
                return List(items, depth);
            case MappingStart:
                entries ??= [];
                keep(new ManifestMap(entries, place));
                return Map(entries, depth);
            default:
                throw Stop(place, "something that is neither text nor list nor mapping stands here, and what follows was left out");
        }
    }

    private int List(List<ManifestNode> items, int depth)
    {
        var height = 0;
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            height = Math.Max(height, 1 + Node(depth + 1, items.Add));
        }

        return height;
    }

    private int Map(List<ManifestEntry> entries, int depth)
    {
        var height = 0;
        var places = depth == 0 ? null : new Dictionary<string, ManifestPlace>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var place = Place(parser.Current!);
            ManifestNode? key = null;
            Node(depth + 1, node => key = node);
            if (key is not ManifestText { Value.Length: <= MaximumKeyLength } text)
            {
                problems.Add(ManifestProblemKind.NotRead, place, "a key stands here that is no short text, and it was left out with its value; write a word");
                height = Math.Max(height, 1 + Node(depth + 1, node => { }));
                continue;
            }

            // A key that an alias gives stands where the alias stands.
            text = text with
            {
                Place = place,
            };
            if (text.Value == "<<" && text.IsPlain)
            {
                problems.Add(ManifestProblemKind.Invalid, place, "Forge does not merge what << names; write the values out");
            }

            if (places is not null && !places.TryAdd(text.Value, place))
            {
                ReportTwice(text, places[text.Value], problems);
            }

            height = Math.Max(height, 1 + Node(depth + 1, node => entries.Add(new ManifestEntry(text, node))));
        }

        return height;
    }

    private int Alias(string name, ManifestPlace place, int depth, Action<ManifestNode> keep)
    {
        if (Refusal(name, depth) is { } refusal)
        {
            problems.Add(ManifestProblemKind.NotRead, place, $"the alias {Quoted.Of(name)} {refusal}; write the value out");
            keep(new ManifestText("", IsPlain: true, place));
            return 0;
        }

        var (node, weight, height) = anchors[name];
        budget.Used += weight;
        keep(node);
        return height;
    }

    private string? Refusal(string name, int depth) =>
        open.Contains(name) ? "stands inside what it names and was left out"
        : !anchors.TryGetValue(name, out var anchored) ? "names no anchor before it and was left out"
        : anchored.Weight > ManifestBudget.MaximumNodes - budget.Used
            ? $"would make more than {ManifestBudget.MaximumNodes} values of the manifest and was left out"
        : anchored.Height > MaximumDepth - depth ? $"would nest deeper than {MaximumDepth} levels and was left out"
        : null;

    private StopException Stop(ManifestPlace place, string why)
    {
        problems.Add(ManifestProblemKind.NotRead, place, why);
        return new StopException(place);
    }

    private ManifestPlace Place(ParsingEvent parsed) => new((int)parsed.Start.Line + linesBefore, (int)parsed.Start.Column);

    /// <param name="Weight">How many values it stands for, itself and what aliases in it stand for included.</param>
    /// <param name="Height">How deep it is in itself.</param>
    private sealed record Anchored(ManifestNode Node, int Weight, int Height);

    /// <summary>Reading ends here; the problem is told already.</summary>
    internal sealed class StopException(ManifestPlace place) : Exception
    {
        public ManifestPlace Place { get; } = place;
    }
}
