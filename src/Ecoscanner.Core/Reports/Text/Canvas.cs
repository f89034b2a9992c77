using Ecoscanner.Reports.Sinks;

namespace Ecoscanner.Reports.Text;

/// <summary>Writes lines for a terminal; everything that is put on it is encoded.</summary>
internal sealed class Canvas(TextWriter output, TextStyle style)
{
    // A narrower column of words is worse to read than a line that the terminal breaks.
    private const int NarrowestText = 30;

    public Canvas Put(string? text, Ink ink = Ink.None)
    {
        var safe = ConsoleText.Of(text);
        output.Write(style.Colour && ink != Ink.None && safe.Length > 0 ? $"\u001b[{(int)ink}m{safe}\u001b[0m" : safe);
        return this;
    }

    /// <summary>Text in a column of its own: as wide at least, two spaces after it.</summary>
    public Canvas Cell(string text, int width, Ink ink = Ink.None) => Put(text, ink).Space(width - Columns.Of(ConsoleText.Of(text)) + 2);

    public Canvas Space(int count)
    {
        output.Write(new string(' ', Math.Max(0, count)));
        return this;
    }

    /// <summary>A place: a link where it is a plain web address and the terminal knows links.</summary>
    public Canvas Place(string place)
    {
        var isLink =
            style.Links
            && place.All(char.IsAscii)
            && Visible.Of(place) == place
            && Uri.TryCreate(place, UriKind.Absolute, out var url)
            && url.Scheme is "https" or "http";
        if (!isLink)
        {
            return Put(place);
        }

        output.Write($"\u001b]8;;{place}\u001b\\");
        Put(place);
        output.Write("\u001b]8;;\u001b\\");
        return this;
    }

    public void End() => output.Write('\n');

    public void Heading(string words)
    {
        End();
        Put(words, Ink.Bold).End();
    }

    /// <summary>Text broken into lines, all of them that far in; the first continues what was put before.</summary>
    public void Wrapped(int indent, string? text)
    {
        var first = true;
        foreach (var line in Columns.Wrap(ConsoleText.Of(text), Math.Max(NarrowestText, style.Width - indent)))
        {
            if (!first)
            {
                Space(indent);
            }

            output.Write(line);
            End();
            first = false;
        }

        if (first)
        {
            End();
        }
    }

    /// <summary>A name and its text: <c>  Observed  no header</c>.</summary>
    public void Field(int indent, string name, string? text)
    {
        const int NameWidth = 8;
        Space(indent).Cell(name, NameWidth, Ink.Faint);
        Wrapped(indent + NameWidth + 2, text);
    }

    /// <summary>A name and a command to copy, on one line whatever its length.</summary>
    public void Command(int indent, string name, string command) => Space(indent).Cell(name, 8, Ink.Faint).Put(command).End();
}
