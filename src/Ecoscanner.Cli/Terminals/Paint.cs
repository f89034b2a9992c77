namespace Ecoscanner.Cli.Terminals;

/// <summary>Colours for a stream that has them; text unchanged for one that has not. Never the only sign of anything.</summary>
internal readonly struct Paint(bool hasColour)
{
    public bool HasColour { get; } = hasColour;

    private const string Escape = "\u001b[";

    public string Bold(string text) => With("1", text);

    public string Faint(string text) => With("2", text);

    public string Red(string text) => With("31", text);

    public string Green(string text) => With("32", text);

    public string Yellow(string text) => With("33", text);

    public string Cyan(string text) => With("36", text);

    private string With(string code, string text) => HasColour ? $"{Escape}{code}m{text}{Escape}0m" : text;
}
