using System.Buffers;
using Ecoscanner.Findings;

namespace Ecoscanner.Probing;

/// <summary>Sends HTTP requests: in scope, paid for, at the host's pace, signed, and kept in the transcript. Safe for use from several threads.</summary>
public sealed class HttpProbe
{
    /// <summary>Longest <c>Retry-After</c> after which a 429 or 503 is asked once more.</summary>
    private static readonly TimeSpan LongestRetryPause = TimeSpan.FromSeconds(5);

    // RFC 9110, 5.6.2.
    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Headers that are the way out's own business.</summary>
    private static readonly SearchValues<string> Reserved = SearchValues.Create(
        [
            "Host",
            "Connection",
            "Content-Length",
            "Content-Type",
            "Transfer-Encoding",
            "Upgrade",
            "TE",
            "Trailer",
            "Expect",
            "Accept-Encoding",
            "User-Agent",
            Identification.RunHeader,
            "Content-Digest",
            "Signature",
            "Signature-Input",
            "Signature-Agent",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    private readonly ProbeOptions options;
    private readonly Scope scope;
    private readonly Dialer dialer;
    private readonly Toll toll;
    private readonly Pace pace;
    private readonly Transcript transcript;
    private readonly TimeProvider time;
    private readonly CertificateTrust trust;

    internal HttpProbe(ProbeOptions options, Scope scope, Dialer dialer, Toll toll, Pace pace, Transcript transcript, TimeProvider time)
    {
        this.options = options;
        this.scope = scope;
        this.dialer = dialer;
        this.toll = toll;
        this.pace = pace;
        this.transcript = transcript;
        this.time = time;
        trust = new CertificateTrust(options.TrustedRoots, time);
    }

    /// <summary>What the session sent so far and what came back, in the order of sending: whoever needs an answer that another has got need not ask again.</summary>
    public IReadOnlyList<Exchange> Exchanges => transcript.Exchanges;

    /// <summary>Why a URL gets no request whatever is asked, or null where it may: for who has more than one reason to give.</summary>
    public ProbeFailure? Refusal(Uri url) =>
        url switch
        {
            { IsAbsoluteUri: false } or { Scheme: not ("http" or "https") } => new ProbeFailure(
                ProbeFailureKind.OutOfScope,
                "only absolute http and https URLs get requests; correct the URL in the descriptor"
            ),
            { UserInfo.Length: > 0 } => new ProbeFailure(
                ProbeFailureKind.OutOfScope,
                "a URL with a user name or password gets no request; take it out of the descriptor"
            ),
            _ => scope.Refusal(HostName.Of(url) ?? "", url.Port),
        };

    /// <summary>
    /// Sends a request and, where nothing came back or the host asked for a short pause, once more, paid from the same line. Redirects are answers.
    /// Never throws for what the network or the target does.
    /// </summary>
    /// <exception cref="ArgumentException">The request has a method or header that cannot be sent.</exception>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public async Task<ProbeAnswer> SendAsync(ProbeRequest request, CancellationToken cancellationToken)
    {
        Check(request);
        if (Refusal(request.Url) is { } refusal)
        {
            return Unsent(request, refusal);
        }

        request = request with { Url = Canonical(request.Url) };
        var answer = await SendOnceAsync(request, plainVersion: false, cancellationToken);
        if (!MayBeRepeated(request, answer))
        {
            return answer;
        }

        // In the version of HTTP that every server knows.
        var second = await SendOnceAsync(request, plainVersion: true, cancellationToken);
        return second.Exchange.Number == 0 ? answer : second;
    }

    private async Task<ProbeAnswer> SendOnceAsync(ProbeRequest request, bool plainVersion, CancellationToken cancellationToken)
    {
        var (host, port) = (request.Url.IdnHost, request.Url.Port);
        if (await toll.RequestAsync(host, request.Budget, cancellationToken) is { } unpaid)
        {
            return Unsent(request, unpaid);
        }

        Route route;
        try
        {
            route = await dialer.RouteAsync(host, port, cancellationToken);
        }
        catch (ProbeException e)
        {
            return Unsent(request, e.Failure);
        }

        var number = transcript.Begin(HostPort.Of(host, port));
        var (sent, begun) = (time.GetUtcNow(), time.GetTimestamp());
        using var attempt = new HttpAttempt(request, options, dialer, route, trust, plainVersion, time);
        Exchange Kept(ProbeFailure? failure)
        {
            var exchange = Record.Of(request, attempt, failure, plainVersion) with { Number = number, Sent = sent, Duration = time.GetElapsedTime(begun) };
            transcript.Add(exchange, attempt.Sent, attempt.Received);
            return exchange;
        }

        try
        {
            var failure = await attempt.RunAsync(cancellationToken);
            Obey(host, attempt);
            if (options.KeepBodiesIn is { } folder && attempt.Status is not null)
            {
                transcript.Note(await BodyFolder.KeepAsync(folder, options.RunId, number, attempt.Body, cancellationToken));
            }

            return new ProbeAnswer(Kept(failure))
            {
                Failure = failure,
                Headers = attempt.Headers,
                Body = attempt.Body,
                Trusted = attempt.Trusted ?? false,
            };
        }
        catch (OperationCanceledException)
        {
            // It was sent, so it stands in the transcript.
            Kept(new ProbeFailure(ProbeFailureKind.TimedOut, "the scan was cancelled"));
            throw;
        }
    }

    private void Obey(string host, HttpAttempt attempt)
    {
        if (attempt.Status is >= 300 && RetryAfter.Of(attempt.Headers, time.GetUtcNow()) is { } pause)
        {
            pace.Pause(host, pause);
        }
    }

    /// <summary>
    /// Once more where no connection came to be; where it broke before an answer and the method may be repeated (RFC 9110, 9.2.2); and where the host
    /// said itself that a short pause is enough.
    /// </summary>
    private bool MayBeRepeated(ProbeRequest request, ProbeAnswer answer) =>
        answer switch
        {
            { Failure.Kind: ProbeFailureKind.ConnectionFailed } => true,
            { Failure.Kind: ProbeFailureKind.ConnectionReset or ProbeFailureKind.ProtocolError, Status: 0 } => request.Method is "GET" or "HEAD" or "OPTIONS",
            { Status: 429 or 503 } => RetryAfter.Of(answer.Headers, time.GetUtcNow()) <= LongestRetryPause,
            _ => false,
        };

    /// <summary>An answer to a request that never left.</summary>
    private ProbeAnswer Unsent(ProbeRequest request, ProbeFailure failure)
    {
        var place = request.Url is { IsAbsoluteUri: true, Host.Length: > 0 } url ? HostPort.Of(HostName.Of(url) ?? "invalid host", url.Port) : "no host";
        if (failure.Kind != ProbeFailureKind.BudgetSpent)
        {
            transcript.Refuse(place, failure.Message);
        }

        return new ProbeAnswer(Record.Unsent(request, failure, time.GetUtcNow())) { Failure = failure };
    }

    /// <summary>The URL with its host in the form that was judged.</summary>
    private static Uri Canonical(Uri url)
    {
        var host = HostName.Of(url)!;
        return url.Host.Trim('[', ']') == host ? url : new UriBuilder(url) { Host = host }.Uri;
    }

    private static void Check(ProbeRequest request)
    {
        if (request.Method.Length == 0 || request.Method.AsSpan().ContainsAnyExceptInRange('A', 'Z') || request.Method == "CONNECT")
        {
            throw new ArgumentException($"'{request.Method}' is no method that a probe sends; write it in capitals");
        }

        foreach (var header in request.Headers)
        {
            if (
                header.Name.Length == 0
                || header.Name.AsSpan().ContainsAnyExcept(Token)
                || header.Value.AsSpan().ContainsAnyExceptInRange(' ', '~')
                || Reserved.Contains(header.Name)
            )
            {
                throw new ArgumentException($"header '{header.Name}' has a name or value that a probe may not send");
            }
        }
    }
}
