namespace Ecoscanner.Service.Scheduling;

/// <summary>What the process of a run may take before it is ended.</summary>
public sealed record RunLimits
{
    /// <summary>The managed heap. The largest archives of real apps need half of it.</summary>
    public long HeapBytes { get; init; } = 1536L * 1024 * 1024;

    /// <summary>
    /// Address space: the runtime reserves several times its heap, and maps the advisories, before it uses anything; what is beyond is native memory run wild.
    /// </summary>
    public long AddressBytes { get; init; } = 24L * 1024 * 1024 * 1024;

    /// <summary>Time of processors.</summary>
    public TimeSpan Processor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>From start to end. Scanners of descriptors wait for the pace of hosts, so this is longer.</summary>
    public TimeSpan Wall { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>One file that it writes; the largest report is 128 MB.</summary>
    public long FileBytes { get; init; } = 192L * 1024 * 1024;

    /// <summary>Everything on its standard output: some thousand lines of progress, and of requests to be signed.</summary>
    public int OutputBytes { get; init; } = 8 * 1024 * 1024;
}

/// <summary>The program that is started for a run: this one.</summary>
/// <param name="File">An executable.</param>
/// <param name="Arguments">Such as <c>run-worker</c>.</param>
public sealed record RunProgram(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>Set in its environment beside what every run gets; tests alone need it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
