using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ecoscanner.Packages.Node;

/// <summary>Walks through YAML that strangers may have written, one event after the other: nothing is kept, aliases are refused, and nesting has an end.</summary>
internal sealed class YamlWalk(TextReader text)
{
    // Lockfiles of pnpm have five levels.
    private const int MaximumDepth = 32;

    private readonly Parser parser = new(new Scanner(text));
    private int depth;

    /// <summary>Whether the walk stands on a mapping.</summary>
    public bool IsMap => parser.Current is MappingStart;

    /// <summary>Calls for each document of the stream.</summary>
    /// <exception cref="YamlException">It is no YAML, or none that a lockfile needs.</exception>
    public void Documents(Action document)
    {
        Next();
        while (Next() is DocumentStart)
        {
            Next();
            document();
        }
    }

    /// <summary>On a mapping, calls for each key with the walk on its value, which has to be read or passed over; anything else is passed over.</summary>
    public void Map(Action<string> property)
    {
        if (parser.Current is not MappingStart)
        {
            Skip();
            return;
        }

        Enter();
        Next();
        while (parser.Current is not MappingEnd)
        {
            var key = Text();
            if (key is null)
            {
                Skip();
            }
            else
            {
                property(key);
            }
        }

        depth--;
        Next();
    }

    /// <summary>A scalar; null for anything else, which is passed over.</summary>
    public string? Text()
    {
        if (parser.Current is Scalar scalar)
        {
            Next();
            return scalar.Value;
        }

        Skip();
        return null;
    }

    /// <summary>The scalars of a list, or the one that stands alone.</summary>
    public List<string> Texts()
    {
        var texts = new List<string>();
        if (parser.Current is not SequenceStart)
        {
            if (Text() is { } only)
            {
                texts.Add(only);
            }

            return texts;
        }

        Enter();
        Next();
        while (parser.Current is not SequenceEnd)
        {
            if (Text() is { } text)
            {
                texts.Add(text);
            }
        }

        depth--;
        Next();
        return texts;
    }

    /// <summary>Passes over a value.</summary>
    public void Skip()
    {
        var open = 0;
        do
        {
            open += parser.Current switch
            {
                MappingStart or SequenceStart => 1,
                MappingEnd or SequenceEnd => -1,
                _ => 0,
            };
            if (open + depth > MaximumDepth)
            {
                throw new YamlException($"it nests deeper than {MaximumDepth} levels");
            }

            Next();
        } while (open > 0);
    }

    private void Enter()
    {
        if (++depth > MaximumDepth)
        {
            throw new YamlException($"it nests deeper than {MaximumDepth} levels");
        }
    }

    private ParsingEvent? Next()
    {
        try
        {
            // An alias can stand for what holds aliases again, and a few lines for gigabytes; no package manager writes one.
            return parser.MoveNext()
                ? parser.Current is AnchorAlias
                    ? throw new YamlException("it has an alias")
                    : parser.Current
                : throw new YamlException("it ends too early");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The library's own mistakes at broken text.
            throw new YamlException(e.Message, e);
        }
    }
}
