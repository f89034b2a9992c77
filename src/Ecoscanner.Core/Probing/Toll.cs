using System.Globalization;

namespace Ecoscanner.Probing;

/// <summary>What stands before each request and handshake: the host's own wish for a pause, the budget line, the day's budget, the pace.</summary>
internal sealed class Toll(ProbeOptions options, Pace pace, DayLedger ledger)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> spent = new(StringComparer.Ordinal);

    /// <summary>Pays for one request and waits for its turn; why it may not be sent, or null where it may.</summary>
    /// <param name="host">In its canonical form.</param>
    public async Task<ProbeFailure?> RequestAsync(string host, BudgetLine line, CancellationToken cancellationToken)
    {
        if (pace.TooLongPause(host) is { } end)
        {
            return AskedToWait(host, end);
        }

        if (!Pay(line))
        {
            return new ProbeFailure(ProbeFailureKind.BudgetSpent, $"budget '{line.Name}' of {line.Limit} requests is spent");
        }

        return await PassAsync(host, PaceKind.Request, cancellationToken);
    }

    /// <summary>Pays for one handshake without a request from the host's day budget and waits for its turn.</summary>
    public async Task<ProbeFailure?> HandshakeAsync(string host, CancellationToken cancellationToken) =>
        pace.TooLongPause(host) is { } end ? AskedToWait(host, end) : await PassAsync(host, PaceKind.Handshake, cancellationToken);

    private async Task<ProbeFailure?> PassAsync(string host, PaceKind kind, CancellationToken cancellationToken)
    {
        if (await ledger.PayAsync(host, options.HostAndDayLimit, cancellationToken) is { } unpaid)
        {
            return new ProbeFailure(ProbeFailureKind.BudgetSpent, unpaid);
        }

        return await pace.WaitAsync(host, kind, options.Rate, options.Burst, cancellationToken) is { } end ? AskedToWait(host, end) : null;
    }

    private bool Pay(BudgetLine line)
    {
        lock (gate)
        {
            var count = spent.GetValueOrDefault(line.Name);
            if (count >= line.Limit)
            {
                return false;
            }

            spent[line.Name] = count + 1;
            return true;
        }
    }

    private static ProbeFailure AskedToWait(string host, DateTimeOffset end) =>
        new(
            ProbeFailureKind.AskedToWait,
            $"{host} asked us to wait (Retry-After); scan it again after {end.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC"
        );
}
