namespace Ecoscanner.Probing;

/// <summary>Sends HTTP requests: one at a time, in scope, paid for, at the host's pace, signed, and kept in the transcript.</summary>
public sealed class HttpProbe(ProbeOptions options, Scope scope, Dialer dialer, TimeProvider time)
{
    /// <summary>Sends a request once. Redirects are answers. Never throws for what the network or the target does.</summary>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public Task<ProbeAnswer> SendAsync(ProbeRequest request, CancellationToken cancellationToken)
    {
        _ = (options, scope, dialer, time, request, cancellationToken);
        throw new NotSupportedException();
    }
}
