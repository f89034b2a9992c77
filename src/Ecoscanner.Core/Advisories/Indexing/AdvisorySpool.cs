using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>Keeps records in a file of its own while others are read, so that hundreds of thousands need no memory; the file goes with it.</summary>
internal sealed class AdvisorySpool : IDisposable
{
    private const int BufferSize = 256 * 1024;

    private readonly FileStream file;
    private readonly List<(long Start, int Length)> places = [];
    private readonly SectionWriter scratch = new();
    private long written;
    private byte[] buffer = new byte[4096];

    /// <param name="path">A name that is free.</param>
    public AdvisorySpool(string path) =>
        file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferSize, FileOptions.DeleteOnClose);

    /// <summary>The number that it is read by.</summary>
    public int Add(Advisory advisory)
    {
        scratch.Clear();
        scratch.Text(advisory.Id);
        scratch.Number(advisory.IsMalicious ? 1u : 0);
        AdvisoryDetails.Write(advisory, scratch);
        scratch.Number((ulong)advisory.Affected.Length);
        foreach (var affected in advisory.Affected)
        {
            scratch.Number((ulong)affected.Ecosystem);
            scratch.Text(affected.Name);
            AffectedRanges.Write(affected, scratch);
        }

        file.Write(scratch.Written.Span);
        places.Add((written, scratch.Written.Length));
        written += scratch.Written.Length;
        return places.Count - 1;
    }

    public Advisory Read(int number)
    {
        var (start, length) = places[number];
        buffer = length > buffer.Length ? new byte[length] : buffer;
        file.Flush();
        RandomAccess.Read(file.SafeFileHandle, buffer.AsSpan(0, length), start);
        var reader = new BlockReader(buffer.AsSpan(0, length));
        var advisory = AdvisoryDetails.Read(reader.Text(), reader.Number() == 1, ref reader);
        var affected = new AffectedPackage[reader.Count()];
        for (var i = 0; i < affected.Length; i++)
        {
            affected[i] = AffectedRanges.Read((Ecosystem)reader.Number(), reader.Text(), ref reader);
        }

        return advisory with
        {
            Affected = [.. affected],
        };
    }

    public void Dispose() => file.Dispose();
}
