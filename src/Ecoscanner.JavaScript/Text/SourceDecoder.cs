using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Ecoscanner.JavaScript.Text;

/// <summary>Makes text of the bytes of a file: UTF-8, or UTF-16 with a mark or with the zeros that plain text has in it.</summary>
internal static class SourceDecoder
{
    /// <summary>How many problems are kept; a file with more is in another encoding.</summary>
    public const int MaximumProblems = 20;

    // Zeros beyond these first bytes are looked for no more.
    private const int Sampled = 8_192;

    // A few zeros among text are strange characters; more are no text.
    private const int MaximumZeros = 3;

    private static readonly SearchValues<char> Replacement = SearchValues.Create("\uFFFD");

    public static (string Content, IReadOnlyList<DecodingProblem> Problems) Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            return DecodeUtf8(bytes[3..], 3);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return DecodeUtf16(bytes[2..], isBigEndian: false, 2);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return DecodeUtf16(bytes[2..], isBigEndian: true, 2);
        }

        var sample = bytes[..Math.Min(bytes.Length, Sampled)];
        var zeros = sample.Count((byte)0);
        if (zeros <= MaximumZeros)
        {
            return DecodeUtf8(bytes, 0);
        }

        // ASCII in UTF-16 has a zero in every other place, and always the same.
        var odd = 0;
        for (var at = 1; at < sample.Length; at += 2)
        {
            odd += sample[at] == 0 ? 1 : 0;
        }

        if (zeros > sample.Length / 3 && (odd == zeros || odd == 0))
        {
            return DecodeUtf16(bytes, isBigEndian: odd == 0, 0);
        }

        return ("", [new(DecodingProblemKind.Binary, default, sample.IndexOf((byte)0))]);
    }

    private static (string Content, IReadOnlyList<DecodingProblem> Problems) DecodeUtf8(ReadOnlySpan<byte> bytes, int offset)
    {
        var content = Encoding.UTF8.GetString(bytes);
        return Utf8.IsValid(bytes) ? (content, []) : (content, FindInvalid(bytes, content, offset));
    }

    // Replacement characters that the bytes do not have.
    private static List<DecodingProblem> FindInvalid(ReadOnlySpan<byte> bytes, string content, int offset)
    {
        var problems = new List<DecodingProblem>();
        var from = 0;
        var at = 0;
        while (problems.Count < MaximumProblems && content.AsSpan(from).IndexOfAny(Replacement) is >= 0 and var distance)
        {
            at += Encoding.UTF8.GetByteCount(content.AsSpan(from, distance));
            from += distance;
            var status = Rune.DecodeFromUtf8(bytes[at..], out _, out var consumed);
            if (status != OperationStatus.Done)
            {
                problems.Add(new(DecodingProblemKind.InvalidBytes, new(from, from + 1), offset + at));
            }

            at += consumed;
            from++;
        }

        return problems;
    }

    private static (string Content, IReadOnlyList<DecodingProblem> Problems) DecodeUtf16(ReadOnlySpan<byte> bytes, bool isBigEndian, int offset)
    {
        var problems = new List<DecodingProblem>();
        var content = new StringBuilder(bytes.Length / 2);
        for (var at = 0; at + 1 < bytes.Length; at += 2)
        {
            content.Append((char)(isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..])));
        }

        if (bytes.Length % 2 != 0)
        {
            problems.Add(new(DecodingProblemKind.InvalidBytes, new(content.Length, content.Length + 1), offset + bytes.Length - 1));
            content.Append('\uFFFD');
        }

        var text = content.ToString();
        for (var at = 0; at < text.Length && problems.Count < MaximumProblems; at++)
        {
            if (!char.IsSurrogate(text[at]))
            {
                continue;
            }

            if (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]))
            {
                at++;
                continue;
            }

            problems.Add(new(DecodingProblemKind.LoneSurrogate, new(at, at + 1), offset + (at * 2)));
        }

        return (text, problems);
    }
}
