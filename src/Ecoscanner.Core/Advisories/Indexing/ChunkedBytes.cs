namespace Ecoscanner.Advisories.Indexing;

/// <summary>Keeps many small pieces of bytes without an object for each.</summary>
internal sealed class ChunkedBytes
{
    private const int ChunkSize = 1024 * 1024;

    private readonly List<byte[]> chunks = [];
    private int used;

    public Piece Add(ReadOnlySpan<byte> bytes)
    {
        if (chunks.Count == 0 || bytes.Length > chunks[^1].Length - used)
        {
            chunks.Add(new byte[Math.Max(ChunkSize, bytes.Length)]);
            used = 0;
        }

        bytes.CopyTo(chunks[^1].AsSpan(used));
        used += bytes.Length;
        return new Piece(chunks.Count - 1, used - bytes.Length, bytes.Length);
    }

    public ReadOnlyMemory<byte> this[Piece piece] => chunks[piece.Chunk].AsMemory(piece.Start, piece.Length);

    public readonly record struct Piece(int Chunk, int Start, int Length);
}
