using System.Text;

namespace Ecoscanner.Probing.Signing;

/// <summary>The bytes that a signature is made over (RFC 9421 section 2.5).</summary>
internal static class SignatureBase
{
    /// <summary>The base for these components and parameters.</summary>
    /// <param name="input">The covered components and the signature's parameters.</param>
    /// <param name="valueOf">Gives a component's value; throws <see cref="FormatException"/> for one that the message has not.</param>
    /// <exception cref="FormatException">A component is repeated, absent, or has a value that cannot be signed.</exception>
    public static byte[] Of(StructuredInnerList input, Func<StructuredItem, string> valueOf)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var lines = new StringBuilder();
        foreach (var component in input.Items)
        {
            var identifier = component.ToString();
            if (!seen.Add(identifier))
            {
                throw new FormatException($"component {identifier} is repeated");
            }

            var value = valueOf(component);
            if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                // A line feed would let one component pose as two (RFC 9421 section 7.5.6).
                throw new FormatException($"component {identifier} is not printable ASCII");
            }

            lines.Append(identifier).Append(": ").Append(value).Append('\n');
        }

        lines.Append("\"@signature-params\": ").Append(input);
        return Encoding.ASCII.GetBytes(lines.ToString());
    }
}
