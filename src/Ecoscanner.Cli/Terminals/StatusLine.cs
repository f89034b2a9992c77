using Ecoscanner.Scanning;

namespace Ecoscanner.Cli.Terminals;

/// <summary>Says what a scan is doing while it runs.</summary>
internal sealed class StatusLine : IProgress<ScanProgress>, IAsyncDisposable
{
    private readonly ActivityLine line;
    private volatile string doing = "starting";

    /// <summary>Says it from now on, until disposed of.</summary>
    /// <param name="app">What is scanned.</param>
    /// <param name="planned">The most requests the scan sends.</param>
    /// <param name="sent">Requests sent so far.</param>
    public StatusLine(Terminal terminal, string app, int planned, Func<int> sent, TimeProvider time) =>
        line = new ActivityLine(terminal, time, elapsed => $"{app}  {sent()} of at most {planned} requests  {elapsed}  {doing}");

    public void Report(ScanProgress value) => doing = $"{value.Scanner}: {value.What}";

    public ValueTask DisposeAsync() => line.DisposeAsync();
}
