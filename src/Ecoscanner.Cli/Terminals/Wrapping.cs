namespace Ecoscanner.Cli.Terminals;

/// <summary>Breaks text into lines at spaces.</summary>
internal static class Wrapping
{
    /// <summary>Lines of at most that width; a longer word stands alone on its line, whole.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        var length = 0;
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var wordLength = VisibleLength(word);
            if (length > 0 && length + 1 + wordLength > width)
            {
                yield return line;
                line = "";
                length = 0;
            }

            line = length == 0 ? word : $"{line} {word}";
            length += wordLength + (length == 0 ? 0 : 1);
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }

    /// <summary>Characters without the colours among them.</summary>
    private static int VisibleLength(string word)
    {
        var length = 0;
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] == '\u001b' && word.IndexOf('m', i) is > 0 and var end)
            {
                i = end;
            }
            else
            {
                length++;
            }
        }

        return length;
    }
}
