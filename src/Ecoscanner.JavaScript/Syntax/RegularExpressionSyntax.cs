namespace Ecoscanner.JavaScript.Syntax;
internal readonly record struct RegularExpressionError(int Offset, bool IsInFlags, string Message);
internal static class RegularExpressionSyntax
{
    public static RegularExpressionError? Check(ReadOnlySpan<char> pattern, ReadOnlySpan<char> flags) => null;
}
