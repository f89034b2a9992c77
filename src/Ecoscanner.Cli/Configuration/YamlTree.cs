using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ecoscanner.Cli.Configuration;

/// <summary>Reads one YAML document into a tree with line numbers. What makes YAML dangerous (anchors, aliases, tags, depth, size) is refused.</summary>
internal sealed class YamlTree
{
    /// <summary>Room for some thousand ignores.</summary>
    public const int MaximumCharacters = 512 * 1024;

    // A list of ignores is three deep.
    private const int MaximumDepth = 8;

    private readonly IParser parser;
    private int lastLine = 1;

    private YamlTree(IParser parser) => this.parser = parser;

    /// <summary>The document's value; null where there is only white space and comments.</summary>
    /// <exception cref="YamlProblem">It is no YAML, or YAML of a kind that is refused.</exception>
    public static YamlNode? Read(string text)
    {
        if (text.Length > MaximumCharacters)
        {
            throw new YamlProblem(1, $"is longer than {MaximumCharacters / 1024} KiB; shorten it");
        }

        var scanner = new Scanner(new StringReader(text));
        var tree = new YamlTree(new Parser(scanner));
        try
        {
            return tree.Document();
        }
        catch (YamlException e)
        {
            throw new YamlProblem((int)e.Start.Line, $"is no YAML: {FirstSentence(e.Message)}", e);
        }
        catch (InvalidOperationException e)
        {
            // The library's own mistake (16.3.0): a bracket that stays open with `key: value` in the next line.
            throw new YamlProblem((int)scanner.CurrentPosition.Line, "is no YAML: a bracket may be open, or a key may stand inside a value", e);
        }
    }

    private YamlNode? Document()
    {
        parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out _))
        {
            return null;
        }

        parser.Consume<DocumentStart>();
        var root = Node(depth: 0);
        parser.Consume<DocumentEnd>();
        return parser.TryConsume<StreamEnd>(out _) ? root : throw new YamlProblem(Line(parser.Current!), "holds a second document; keep one");
    }

    private YamlNode Node(int depth)
    {
        var start = parser.Consume<ParsingEvent>();
        if (start is AnchorAlias || start is NodeEvent { Anchor.IsEmpty: false })
        {
            throw new YamlProblem(Line(start), "uses an anchor or alias; write the value out");
        }

        if (start is NodeEvent { Tag.IsEmpty: false })
        {
            throw new YamlProblem(Line(start), "uses a tag; leave it out");
        }

        if (depth > MaximumDepth)
        {
            throw new YamlProblem(Line(start), $"is nested deeper than {MaximumDepth} levels; no key needs that");
        }

        lastLine = Math.Max(lastLine, LastLine(start));
        return start switch
        {
            Scalar scalar => new YamlText(scalar.Value, Line(scalar)),
            SequenceStart sequence => List(sequence, depth),
            MappingStart mapping => Map(mapping, depth),
            _ => throw new YamlProblem(Line(start), "holds something that is neither text, list nor mapping"),
        };
    }

    private YamlList List(SequenceStart start, int depth)
    {
        var items = new List<YamlNode>();
        lastLine = Line(start);
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return new YamlList(items, start.Style == SequenceStyle.Flow, Line(start), (int)start.Start.Column, lastLine);
    }

    private YamlMap Map(MappingStart start, int depth)
    {
        var entries = new List<YamlEntry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(depth + 1) is not YamlText key)
            {
                throw new YamlProblem(Line(start), "has a key that is no text");
            }

            if (!lines.TryAdd(key.Text, key.Line))
            {
                throw new YamlProblem(
                    key.Line,
                    string.Create(CultureInfo.InvariantCulture, $"has \"{key.Text}\" twice, first in line {lines[key.Text]}; keep one")
                );
            }

            entries.Add(new YamlEntry(key.Text, Node(depth + 1), key.Line));
        }

        return new YamlMap(entries, Line(start));
    }

    private static int Line(ParsingEvent parsed) => (int)parsed.Start.Line;

    // A block scalar ends at the start of the line after it.
    private static int LastLine(ParsingEvent parsed) =>
        parsed.End.Column == 1 && parsed.End.Line > parsed.Start.Line ? (int)parsed.End.Line - 1 : (int)parsed.End.Line;

    private static string FirstSentence(string message) => message.ReplaceLineEndings(" ").Split(". ")[0].TrimEnd('.');
}

/// <summary>What is wrong with a YAML file, and in which line.</summary>
internal sealed class YamlProblem(int line, string reason, Exception? inner = null) : Exception(reason, inner)
{
    public int Line { get; } = line;
}
