using System.Globalization;
using System.Text;

namespace Ecoscanner.Probing.Signing;

/// <summary>A member of a structured field (RFC 8941): an item or an inner list, with parameters. Its text is its canonical form.</summary>
/// <param name="parameters">In order; a value is a <c>long</c>, <c>decimal</c>, <c>string</c>, <see cref="Token"/>, <c>byte[]</c> or <c>bool</c>.</param>
internal abstract class StructuredMember(IReadOnlyList<KeyValuePair<string, object>> parameters)
{
    public IReadOnlyList<KeyValuePair<string, object>> Parameters { get; } = parameters;

    /// <summary>The value of a parameter, or null.</summary>
    public object? this[string key]
    {
        get
        {
            foreach (var parameter in Parameters)
            {
                if (parameter.Key == key)
                {
                    return parameter.Value;
                }
            }

            return null;
        }
    }

    /// <summary>The canonical form (RFC 8941 section 4.1).</summary>
    public sealed override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    internal void Write(StringBuilder text)
    {
        WriteValue(text);
        foreach (var (key, value) in Parameters)
        {
            text.Append(';').Append(key);
            if (value is not true)
            {
                text.Append('=');
                WriteBare(text, value);
            }
        }
    }

    protected abstract void WriteValue(StringBuilder text);

    protected static void WriteBare(StringBuilder text, object value) =>
        _ = value switch
        {
            long number => text.Append(number),
            decimal number => text.Append(number.ToString("0.0##", CultureInfo.InvariantCulture)),
            string words => text.Append('"')
                .Append(words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))
                .Append('"'),
            Token token => text.Append(token.Name),
            byte[] bytes => text.Append(':').Append(Convert.ToBase64String(bytes)).Append(':'),
            bool flag => text.Append(flag ? "?1" : "?0"),
            _ => throw new ArgumentException($"a structured field holds no {value.GetType()}", nameof(value)),
        };
}

/// <summary>An item: one bare value, with parameters.</summary>
internal sealed class StructuredItem(object value, params IReadOnlyList<KeyValuePair<string, object>> parameters) : StructuredMember(parameters)
{
    public object Value { get; } = value;

    protected override void WriteValue(StringBuilder text) => WriteBare(text, Value);
}

/// <summary>An inner list: items in parentheses, with parameters.</summary>
internal sealed class StructuredInnerList(IReadOnlyList<StructuredItem> items, params IReadOnlyList<KeyValuePair<string, object>> parameters)
    : StructuredMember(parameters)
{
    public IReadOnlyList<StructuredItem> Items { get; } = items;

    protected override void WriteValue(StringBuilder text)
    {
        text.Append('(');
        for (var i = 0; i < Items.Count; i++)
        {
            text.Append(i == 0 ? "" : " ");
            Items[i].Write(text);
        }

        text.Append(')');
    }
}

/// <summary>A token: a bare word of a structured field.</summary>
internal readonly record struct Token(string Name);
