using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Audit;

/// <summary>
/// Records who reads findings, before they get them: an answer whose reading could not be recorded is not given. Readers that come while others are being
/// recorded wait together for the next transaction, so that many cost one. Safe for use from several threads.
/// </summary>
public sealed class ReadAudit(Database database)
{
    // So that no transaction gets long, whatever comes at once.
    private const int MostInOne = 256;

    private readonly Lock gate = new();
    private readonly Queue<Waiting> queue = [];
    private bool isRecording;

    /// <summary>Records that somebody reads something, of each of the partners whose it is.</summary>
    /// <param name="object">Such as <c>finding:12</c> or <c>list:findings?state=open</c>.</param>
    /// <param name="detail">JSON, without content of findings.</param>
    /// <exception cref="DatabaseException">It could not be recorded; the answer is not to be given.</exception>
    public Task RecordAsync(Principal reader, IEnumerable<long> partnerIds, string action, string @object, string detail = "{}") =>
        RecordAsync([.. partnerIds.Distinct().Order().Select(partnerId => AuditEntry.By(reader, partnerId, action, @object, detail))]);

    /// <summary>Ends when all of them are on the disk.</summary>
    /// <exception cref="DatabaseException">They could not be recorded; the answer is not to be given.</exception>
    public Task RecordAsync(IReadOnlyList<AuditEntry> entries)
    {
        if (entries.Count == 0)
        {
            return Task.CompletedTask;
        }

        var waiting = new Waiting(entries);
        lock (gate)
        {
            queue.Enqueue(waiting);
            if (isRecording)
            {
                return waiting.Recorded.Task;
            }

            isRecording = true;
        }

        _ = Task.Run(RecordAll);
        return waiting.Recorded.Task;
    }

    private void RecordAll()
    {
        while (Next() is { Count: > 0 } batch)
        {
            try
            {
                database.Write(session =>
                {
                    foreach (var entry in batch.SelectMany(waiting => waiting.Entries))
                    {
                        AuditLog.Record(session, entry);
                    }
                });
                batch.ForEach(waiting => waiting.Recorded.SetResult());
            }
            // Whatever it is, who waits has to know, or they wait for ever.
#pragma warning disable CA1031
            catch (Exception e)
#pragma warning restore CA1031
            {
                batch.ForEach(waiting => waiting.Recorded.SetException(e));
            }
        }
    }

    private List<Waiting> Next()
    {
        lock (gate)
        {
            var (batch, entries) = (new List<Waiting>(), 0);
            while (entries < MostInOne && queue.TryDequeue(out var waiting))
            {
                batch.Add(waiting);
                entries += waiting.Entries.Count;
            }

            isRecording = batch.Count > 0;
            return batch;
        }
    }

    private sealed record Waiting(IReadOnlyList<AuditEntry> Entries)
    {
        public TaskCompletionSource Recorded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
