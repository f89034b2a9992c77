namespace Ecoscanner.Source;

/// <summary>How much of an archive that strangers made is read, all archives in it included. What is beyond ends as a gap, never as a failure.</summary>
public sealed record ArchiveLimits
{
    public static readonly ArchiveLimits Default = new();

    /// <summary>Archives in archives. An OBR with a plugin with a library with a native part has 4; a server image as a WAR in an EAR in a ZIP some 6.</summary>
    public int Depth { get; init; } = 16;

    /// <summary>Entries of one archive. A whole JDK has 30,000, the largest AWS bundle 70,000.</summary>
    public int Entries { get; init; } = 300_000;

    /// <summary>Entries of all archives together.</summary>
    public int TotalEntries { get; init; } = 3_000_000;

    /// <summary>Bytes of one archive's directory. 300,000 entries with names of 150 bytes have 60 MB.</summary>
    public int DirectoryBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Unpacked bytes of one entry: twice the largest app of the Marketplace.</summary>
    public long EntryBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Unpacked bytes of all entries together that are read.</summary>
    public long TotalBytes { get; init; } = 8L * 1024 * 1024 * 1024;

    /// <summary>How many times as large an entry may become. Classes become 2 to 3 times as large, an archive without compression 10 times, tables perhaps 100; DEFLATE ends at 1,032.</summary>
    public int Ratio { get; init; } = 200;

    /// <summary>How long the reading may take. 500 MB take some seconds.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes of archives in archives that are held in memory at a time; those beyond lie in temporary files.</summary>
    public long MemoryBytes { get; init; } = 32L * 1024 * 1024;

    /// <summary>Gaps that are told of one archive by name; the others are counted.</summary>
    public int Problems { get; init; } = 50;
}
