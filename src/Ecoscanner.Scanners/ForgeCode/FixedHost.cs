using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>Whether what stands before an operand in a text already says which host a URL is of, so that the operand can only choose a path.</summary>
internal static class FixedHost
{
    // Sums of sums: people write ten.
    private const int MaximumDepth = 40;

    // Stands for what is not known. What callers send is not behind it: that would be followed by itself.
    private const char Hole = '\0';

    public static bool IsBefore(AppCode code, Node place, Node operand)
    {
        if (!operand.Exists)
        {
            return false;
        }

        switch (place.Kind)
        {
            case NodeKind.TemplateLiteral:
                var text = "";
                for (var at = 0; at < place.Expressions.Count; at++)
                {
                    text += place.Quasis[at].CookedValue;
                    if (place.Expressions[at].Start <= operand.Start && operand.End <= place.Expressions[at].End)
                    {
                        return IsFixed(text);
                    }

                    text += TextOf(code, place.Expressions[at], MaximumDepth);
                }

                return false;
            case NodeKind.BinaryExpression when operand.Start >= place.Right.Start:
                return IsFixed(TextOf(code, place.Left, MaximumDepth));
            case NodeKind.CallExpression
                when CodePlaces.CalleeName(place) == "concat" && CodePlaces.ReceiverOf(place) is { Exists: true } first && operand.Start > first.End:
                return IsFixed(TextOf(code, first, MaximumDepth));
            default:
                return false;
        }
    }

    /// <summary>Whether a text names a host to its end, or is no URL with a host at all.</summary>
    public static bool IsFixed(string text)
    {
        var begin = text.IndexOf("://", StringComparison.Ordinal);
        if (begin >= 0)
        {
            return text.AsSpan(begin + 3).IndexOfAny('/', '?', '#') > 0;
        }

        return text.Length > 0 && !text.StartsWith("//", StringComparison.Ordinal) && text.AsSpan().IndexOfAny('/', '?', '#') >= 0;
    }

    private static string TextOf(AppCode code, Node node, int depth)
    {
        node = CodePlaces.Plain(node);
        if (depth == 0)
        {
            return Hole.ToString();
        }

        return node.Kind switch
        {
            NodeKind.StringLiteral => node.StringValue,
            NodeKind.BinaryExpression => TextOf(code, node.Left, depth - 1) + TextOf(code, node.Right, depth - 1),
            NodeKind.TemplateLiteral => string.Concat(
                node.Quasis.Select((quasi, at) => quasi.CookedValue + (at < node.Expressions.Count ? TextOf(code, node.Expressions[at], depth - 1) : ""))
            ),
            _ => OfValue(code, node),
        };
    }

    private static string OfValue(AppCode code, Node node)
    {
        var values = code.Program.Values.Of(node);
        // Of several the one that says least.
        return values.Count > 0 && values.All(value => value.Pieces.Count > 0)
            ? values.Select(value => string.Join(Hole, value.Pieces)).MinBy(text => IsFixed(text))!
            : Hole.ToString();
    }
}
