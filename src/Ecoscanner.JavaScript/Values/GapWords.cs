using System.Globalization;
using System.Text;
using Ecoscanner.JavaScript.Syntax.Printing;

namespace Ecoscanner.JavaScript.Values;

/// <summary>What was given up, as the printers say it.</summary>
internal static class GapWords
{
    public static void Print(StringBuilder text, IEnumerable<ValueGap> gaps)
    {
        foreach (var gap in gaps)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"gap: {(gap.Node.Exists ? $"{SourceWords.FullPlace(gap.Node)} " : "")}{SourceWords.Shown(gap.Reason)}\n"
            );
        }
    }

    public static void Write(JsonText json, IEnumerable<ValueGap> gaps)
    {
        json.Name("gaps"u8);
        json.BeginArray();
        foreach (var gap in gaps)
        {
            json.BeginObject();
            SourceWords.Write(json, "kind"u8, gap.Kind.ToString());
            if (gap.Node.Exists)
            {
                SourceWords.WritePlace(json, gap.Node);
            }

            SourceWords.Write(json, "reason"u8, gap.Reason);
            json.EndObject();
        }

        json.EndArray();
    }
}
