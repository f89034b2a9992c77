using System.Globalization;

namespace Ecoscanner.Probing;

/// <summary>
/// Counts what each host got today (UTC). With a folder, the count is kept between runs and shared by processes: a file a day and host that holds one dot
/// for each request, locked while it is written. A crash can lose nothing but the last dot.
/// </summary>
internal sealed class DayLedger(string? folder, TimeProvider time, Action<string> note) : IDisposable
{
    private const byte Dot = (byte)'.';
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Days that are kept; older folders are deleted.</summary>
    private const int DaysKept = 7;

    /// <summary>How often a file that another process has locked is tried.</summary>
    private const int LockAttempts = 500;

    private static readonly TimeSpan LockWait = TimeSpan.FromMilliseconds(10);

    private readonly SemaphoreSlim turn = new(1);
    private readonly Dictionary<(string Day, string Host), int> counts = [];

    /// <summary>Counts one more for the host. Null where it may be sent; otherwise why not.</summary>
    public async Task<string?> PayAsync(string host, int limit, CancellationToken cancellationToken)
    {
        var day = time.GetUtcNow().ToString(DayFormat, CultureInfo.InvariantCulture);
        await turn.WaitAsync(cancellationToken);
        try
        {
            var paid = folder is null ? PayInMemory(day, host, limit) : await PayInFileAsync(folder, day, host, limit, cancellationToken);
            return paid ? null : $"{host} got its {limit} requests of {day}; scan it again tomorrow";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"requests to {host} cannot be counted in {folder}, so none is sent: {e.Message}; make the folder writable";
        }
        finally
        {
            turn.Release();
        }
    }

    private bool PayInMemory(string day, string host, int limit)
    {
        var count = counts.GetValueOrDefault((day, host));
        counts[(day, host)] = Math.Min(count + 1, limit);
        return count < limit;
    }

    private async Task<bool> PayInFileAsync(string root, string day, string host, int limit, CancellationToken cancellationToken)
    {
        Prepare(root, day);
        // An IPv6 address has colons, which Windows forbids in names.
        var path = Path.Combine(root, day, host.Replace(':', '_'));
        await using var file = await LockedAsync(path, cancellationToken);
        var dots = new byte[Math.Min(file.Length, limit + 1L)];
        await file.ReadExactlyAsync(dots, cancellationToken);
        if (dots.AsSpan().ContainsAnyExcept(Dot))
        {
            note($"{path} was damaged: the count of today's requests to {host} starts anew");
            file.SetLength(0);
            dots = [];
        }

        if (dots.Length >= limit)
        {
            return false;
        }

        file.Seek(0, SeekOrigin.End);
        file.WriteByte(Dot);
        return true;
    }

    private static async Task<FileStream> LockedAsync(string path, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException) when (attempt < LockAttempts && File.Exists(path))
            {
                // Another process works in real time.
                await Task.Delay(LockWait, TimeProvider.System, cancellationToken);
            }
        }
    }

    private static void Prepare(string root, string day)
    {
        if (Directory.Exists(Path.Combine(root, day)))
        {
            return;
        }

        Directory.CreateDirectory(Path.Combine(root, day));
        var oldest = DateOnly.ParseExact(day, DayFormat, CultureInfo.InvariantCulture).AddDays(-DaysKept);
        foreach (var old in Directory.EnumerateDirectories(root))
        {
            if (DateOnly.TryParseExact(Path.GetFileName(old), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date < oldest)
            {
                Directory.Delete(old, recursive: true);
            }
        }
    }

    public void Dispose() => turn.Dispose();
}
