namespace Ecoscanner.JavaScript.Values;

/// <summary>Functions on texts whose result can be told from constants alone.</summary>
internal static class TextFunctions
{
    /// <summary>What a function gives; null where that is not worked out.</summary>
    /// <param name="path">The path of the function.</param>
    /// <param name="texts"><c>this</c>, then the arguments; of a function that is no method only these.</param>
    public static string? Apply(string path, IReadOnlyList<string> texts) =>
        (path, texts) switch
        {
            ("String", [var text, ..]) => text,
            ("String.prototype.toString" or "String.prototype.valueOf", [var text, ..]) => text,
            ("String.prototype.toUpperCase", [var text, ..]) when IsAscii(text) => text.ToUpperInvariant(),
            ("String.prototype.toLowerCase", [var text, ..]) when IsAscii(text) => text.ToLowerInvariant(),
            ("String.prototype.trim", [var text, ..]) when IsAscii(text) => text.Trim(),
            ("String.prototype.trimStart", [var text, ..]) when IsAscii(text) => text.TrimStart(),
            ("String.prototype.trimEnd", [var text, ..]) when IsAscii(text) => text.TrimEnd(),
            ("String.prototype.concat", _) => string.Concat(texts),
            _ => null,
        };

    // Beyond it the two languages differ in cases and blanks.
    private static bool IsAscii(string text) => text.All(letter => letter is >= ' ' and <= '~' or '\t' or '\n' or '\r');
}
