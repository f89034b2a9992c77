using System.Diagnostics.CodeAnalysis;
using Ecoscanner.Findings;

namespace Ecoscanner.Probing;

/// <summary>What came back: an answer, or why there was none. The body lives here only, never in evidence.</summary>
public sealed record ProbeAnswer(Exchange Exchange)
{
    /// <summary>Why there is no whole answer; null where there is one.</summary>
    public ProbeFailure? Failure { get; init; }

    /// <summary>The HTTP status; 0 where no answer came.</summary>
    public int Status => Exchange.Status ?? 0;

    /// <summary>All response headers in the order of arrival, repeated names repeated.</summary>
    public IReadOnlyList<HeaderField> Headers { get; init; } = [];

    /// <summary>The decompressed body, up to the limit. For comparing only.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>True where a certificate that the trusted roots vouch for stood behind the connection; false on plain HTTP too.</summary>
    public bool Trusted { get; init; }

    [MemberNotNullWhen(false, nameof(Failure))]
    public bool Answered => Failure is null;

    /// <summary>A whole answer with a 2xx status.</summary>
    public bool Succeeded => Answered && Status is >= 200 and < 300;

    /// <summary>Until when the host asked us to wait (Retry-After), as far as that is obeyed; null where it did not ask.</summary>
    public DateTimeOffset? WaitUntil
    {
        get
        {
            var arrived = Exchange.Sent + Exchange.Duration;
            return Status is 429 or 503 && RetryAfter.Of(Headers, arrived) is { } pause
                ? arrived + (pause < Pace.LongestPause ? pause : Pace.LongestPause)
                : null;
        }
    }

    /// <summary>The first value of a header, or null.</summary>
    public string? Header(string name)
    {
        foreach (var header in Headers)
        {
            if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }
}

/// <summary>Why a request got no whole answer.</summary>
/// <param name="Kind">The class of failure.</param>
/// <param name="Message">The thing, the place and the way out, for a person.</param>
public sealed record ProbeFailure(ProbeFailureKind Kind, string Message)
{
    /// <summary>True where we did not ask: scope, guard, budget or deny-list. No byte was sent.</summary>
    public bool Refused => Kind <= ProbeFailureKind.BudgetSpent;
}

/// <summary>The classes of failure; those up to <see cref="BudgetSpent"/> mean that nothing was sent.</summary>
public enum ProbeFailureKind
{
    OutOfScope,
    Denied,
    PrivateAddress,
    BudgetSpent,
    NameNotResolved,
    ConnectionFailed,
    TlsFailed,
    TimedOut,
    TooLarge,
    ConnectionReset,
    ProtocolError,
    AskedToWait,
}

/// <summary>A connection or request that the rules of the way out forbid, or that failed.</summary>
public sealed class ProbeException(ProbeFailure failure, Exception? inner = null) : IOException(failure.Message, inner)
{
    public ProbeFailure Failure { get; } = failure;
}
