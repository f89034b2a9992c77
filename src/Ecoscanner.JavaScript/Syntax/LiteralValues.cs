namespace Ecoscanner.JavaScript.Syntax;

/// <summary>What literals stand for.</summary>
internal static class LiteralValues
{
    public static string Unescape(ReadOnlySpan<char> text) => text.ToString();

    public static bool HasLegacyOctal(ReadOnlySpan<char> literal) => false;

    public static bool HasLoneSurrogate(ReadOnlySpan<char> literal) => false;
}
