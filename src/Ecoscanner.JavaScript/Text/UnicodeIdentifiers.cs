using System.Globalization;
namespace Ecoscanner.JavaScript.Text;
internal static class UnicodeIdentifiers
{
    public static bool IsStart(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint) is <= UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;
    public static bool IsPart(int codePoint) => codePoint is 0x200c or 0x200d || IsStart(codePoint) || CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;
    public static bool IsWhiteSpace(int c) => c == 0xfeff || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator;
}
