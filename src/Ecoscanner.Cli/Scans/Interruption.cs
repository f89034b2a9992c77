using System.Runtime.InteropServices;

namespace Ecoscanner.Cli.Scans;

/// <summary>Ctrl-C and SIGTERM: the first asks for a clean end, the second ends the process as if nobody had listened.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Action onFirst;
    private int times;

    /// <summary>Listens from now on.</summary>
    /// <param name="onFirst">Tells the person that the scan is ending.</param>
    public Interruption(Action onFirst)
    {
        this.onFirst = onFirst;
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive));
    }

    public CancellationToken Token => stop.Token;

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        stop.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref times) > 1)
        {
            return;
        }

        context.Cancel = true;
        onFirst();
        stop.Cancel();
    }
}
