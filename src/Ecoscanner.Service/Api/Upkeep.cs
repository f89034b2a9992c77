namespace Ecoscanner.Service.Api;

/// <summary>What the service does by itself while it is up.</summary>
internal sealed class Upkeep(Idempotency idempotency, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            idempotency.Forget();
        }
    }
}
