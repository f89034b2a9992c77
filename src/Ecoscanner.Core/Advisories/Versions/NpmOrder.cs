using System.Buffers;

namespace Ecoscanner.Advisories.Versions;

/// <summary>Precedence of Semantic Versioning 2.0.0, clause 11, with what npm lets pass: <c>v1.2.3</c>, <c>=1.2.3</c>, <c>1.2</c>, <c>1.2.3beta</c>, a fourth number.</summary>
internal sealed class NpmOrder : VersionOrder
{
    private const int Numbers = 3;

    // First bytes after the three numbers, in their order; further numbers come after them.
    private const byte PreRelease = 0x20;
    private const byte Release = 0x40;

    // First bytes of an identifier of a pre-release, in their order; numbers come between.
    private const byte PreReleaseEnd = 0x01;
    private const byte Word = 0xf0;

    private static readonly SearchValues<char> VersionCharacters = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-+_~");

    private protected override bool TryWrite(scoped ReadOnlySpan<char> version, ref KeyWriter writer)
    {
        version = version.Trim().TrimStart("=vV ");

        // As advisories write the first pre-release there can be.
        var isFirst = version.EndsWith("-*", StringComparison.Ordinal);
        version = isFirst ? version[..^2] : version;
        if (version.ContainsAnyExcept(VersionCharacters))
        {
            return false;
        }

        // Build metadata has no precedence.
        var build = version.IndexOf('+');
        version = build < 0 ? version : version[..build];
        if (!TryWriteNumbers(version, out var length, ref writer))
        {
            return false;
        }

        if (!isFirst)
        {
            return TryWritePreRelease(version[length..], ref writer);
        }

        writer.Byte(PreRelease);
        writer.Byte(PreReleaseEnd);
        return length == version.Length;
    }

    private static bool TryWriteNumbers(scoped ReadOnlySpan<char> version, out int length, ref KeyWriter writer)
    {
        length = 0;
        var count = 0;
        var zeros = 0;
        while (true)
        {
            var rest = version[length..];
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            var number = digits < 0 ? rest : rest[..digits];
            if (number.IsEmpty)
            {
                return false;
            }

            // Past the third, zeros at the end are as nothing.
            if (count >= Numbers && !number.ContainsAnyExcept('0'))
            {
                zeros++;
            }
            else
            {
                for (; zeros > 0; zeros--)
                {
                    writer.Number("0");
                }

                writer.Number(number);
            }

            count++;
            length += number.Length;
            if (version[length..] is not ['.', >= '0' and <= '9', ..])
            {
                break;
            }

            length++;
        }

        // A word of hexadecimal digits is a commit, not a version.
        var isVersion = count > 1 || version[length..] is [] or ['-', ..];
        for (; count < Numbers; count++)
        {
            writer.Number("0");
        }

        return isVersion;
    }

    private static bool TryWritePreRelease(scoped ReadOnlySpan<char> rest, ref KeyWriter writer)
    {
        // 1.x is a range.
        if (rest is ['.', 'x' or 'X'] or ['.', 'x' or 'X', '.', ..])
        {
            return false;
        }

        var identifiers = rest is ['-' or '.', ..] ? rest[1..] : rest;
        if (identifiers.IsEmpty)
        {
            writer.Byte(Release);
            return true;
        }

        writer.Byte(PreRelease);
        foreach (var range in identifiers.Split('.'))
        {
            var identifier = identifiers[range];
            if (identifier.IsEmpty)
            {
                continue;
            }

            if (identifier.ContainsAnyExceptInRange('0', '9'))
            {
                writer.Byte(Word);
                writer.Text(identifier);
            }
            else
            {
                writer.Number(identifier);
            }
        }

        writer.Byte(PreReleaseEnd);
        return true;
    }
}
