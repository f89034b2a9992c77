using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Ecoscanner.Findings;

namespace Ecoscanner.Probing;

/// <summary>
/// One request on a connection of its own. Nothing is shared with other requests, so the address that was judged, the certificate that was seen and the
/// number of requests that a server counts are exactly those of this request.
/// </summary>
internal sealed class HttpAttempt(
    ProbeRequest request,
    ProbeOptions options,
    Dialer dialer,
    Route route,
    CertificateTrust trust,
    bool plainVersion,
    TimeProvider time
) : IDisposable
{
    /// <summary>Status line and headers together.</summary>
    public const int MaximumHeaderKilobytes = 64;

    /// <summary>Header lines.</summary>
    private const int MaximumHeaders = 256;

    /// <summary>Bytes beside the body: headers, TLS records and handshake, frames, 1xx answers.</summary>
    private const int MaximumOverhead = 1024 * 1024;

    private readonly string place = $"{request.Url.Scheme}://{HostPort.Of(request.Url.IdnHost, request.Url.Port)}";
    private readonly MemoryStream body = new();
    private readonly List<HeaderField> headers = [];
    private MeteredStream? connection;
    private int connections;
    private int transmissions;

    /// <summary>Null where no answer began.</summary>
    public int? Status { get; private set; }

    public IReadOnlyList<HeaderField> Headers => headers;

    /// <summary>The decoded body, as far as it was read.</summary>
    public ReadOnlyMemory<byte> Body => body.GetBuffer().AsMemory(0, (int)body.Length);

    /// <summary>Null on plain HTTP or before the handshake; otherwise whether the certificate is vouched for.</summary>
    public bool? Trusted { get; private set; }

    /// <summary>True where the system's roots do not vouch for the certificate: a program that knows nothing of ours would stop there.</summary>
    public bool IsStrange { get; private set; }

    public long Sent => connection?.Sent ?? 0;

    public long Received => connection?.Received ?? 0;

    /// <summary>Sends the request and reads the whole answer, within the request's time.</summary>
    /// <returns>Why there is no whole answer, or null.</returns>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public async Task<ProbeFailure?> RunAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.RequestTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await ExchangeAsync(stop.Token);
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or AuthenticationException or OperationCanceledException)
        {
            // Some stops come as a failure of the stream.
            cancellationToken.ThrowIfCancellationRequested();
            return limit.IsCancellationRequested
                ? new ProbeFailure(ProbeFailureKind.TimedOut, $"{place}: no whole answer within {options.RequestTimeout.TotalSeconds:0.#} s")
                : NetworkFailure.Of(e, place);
        }
    }

    /// <summary>Ends whatever still goes on: a handshake outlives the request that waited for it.</summary>
    public void Dispose()
    {
        connection?.Dispose();
        body.Dispose();
    }

    private async Task ExchangeAsync(CancellationToken stop)
    {
        using var handler = Handler(stop);
        using var invoker = new HttpMessageInvoker(handler);
        using var message = Message();
        using var response = await invoker.SendAsync(message, stop);
        Status = (int)response.StatusCode;
        Keep(response);
        await ReadBodyAsync(response.Content, stop);
    }

#pragma warning disable RS0030 // The one place.
    private SocketsHttpHandler Handler(CancellationToken stop) =>
        new()
        {
            UseProxy = false,
            // Otherwise the trace ids of our own service would go to the target.
            ActivityHeadersPropagator = null,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = MaximumHeaderKilobytes,
            MaxResponseDrainSize = 0,
            ConnectCallback = (_, _) => ConnectAsync(stop),
            RequestHeaderEncodingSelector = CountTransmissions,
            SslOptions = TlsOptions(),
        };
#pragma warning restore RS0030

    private SslClientAuthenticationOptions TlsOptions()
    {
        var tls = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = trust.SystemPolicy(),
            AllowTlsResume = false,
            AllowRenegotiation = false,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                var refusal = trust.Refusal(certificate, chain, errors);
                Trusted = refusal is null;
                IsStrange = errors != SslPolicyErrors.None;
                return refusal is null || !request.NeedsTrust
                    ? true
                    : throw Failed(
                        ProbeFailureKind.TlsFailed,
                        $"{place}: genuine credentials were not sent, because the certificate is not trusted: {refusal}; name its root with --trust ROOT.pem"
                    );
            },
        };
        if (!request.NeedsTrust && OperatingSystem.IsLinux())
        {
            // An app with outdated TLS is to be probed all the same. OpenSSL speaks TLS 1.0 and 1.1 at security level 0 only, and this obsolete policy
            // is the platform's one way to it.
#pragma warning disable SYSLIB0040, SYSLIB0039, CA5397, CA5398
            tls.EncryptionPolicy = EncryptionPolicy.AllowNoEncryption;
            tls.EnabledSslProtocols = SslProtocols.Tls | SslProtocols.Tls11 | SslProtocols.Tls12 | SslProtocols.Tls13;
#pragma warning restore SYSLIB0040, SYSLIB0039, CA5397, CA5398
        }

        return tls;
    }

    private async ValueTask<Stream> ConnectAsync(CancellationToken stop)
    {
        // The handler would try again by itself, unpaid.
        if (Interlocked.Increment(ref connections) > 1)
        {
            throw Failed(ProbeFailureKind.ConnectionReset, $"{place} closed the connection without an answer");
        }

        var (stream, address) = await dialer.ConnectAsync(route, stop);
        if (request.NeedsTrust && request.Url.Scheme == Uri.UriSchemeHttp && !IPAddress.IsLoopback(address))
        {
            await stream.DisposeAsync();
            throw Failed(ProbeFailureKind.TlsFailed, $"{place}: genuine credentials are not sent over plain HTTP; use the app's https URL");
        }

        return connection = new MeteredStream(stream, 2L * options.MaximumBodyBytes + MaximumOverhead);
    }

    /// <summary>The handler asks this for each header it writes: the second time for the same one, it is repeating the request, unpaid.</summary>
    private System.Text.Encoding? CountTransmissions(string name, HttpRequestMessage message) =>
        name == Identification.RunHeader && Interlocked.Increment(ref transmissions) > 1
            ? throw Failed(ProbeFailureKind.ConnectionReset, $"{place} closed the connection without an answer")
            : null;

    private HttpRequestMessage Message()
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Url)
        {
            Version = plainVersion ? HttpVersion.Version11 : HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.ConnectionClose = true;
        if (request.Body.Length > 0 || request.Method is "POST" or "PUT" or "PATCH")
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
            if (request.ContentType is { } type)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }
        }

        foreach (var header in Identification.Headers(options, request).Concat(request.Headers))
        {
            message.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        if (!message.Headers.NonValidated.Contains("Accept"))
        {
            message.Headers.TryAddWithoutValidation("Accept", "*/*");
        }

        message.Headers.TryAddWithoutValidation("Accept-Encoding", BodyReader.AcceptedCodings);
        return message;
    }

    private void Keep(HttpResponseMessage response)
    {
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            foreach (var value in values)
            {
                if (headers.Count == MaximumHeaders)
                {
                    throw Failed(ProbeFailureKind.TooLarge, $"{place}: the answer has more than {MaximumHeaders} headers");
                }

                headers.Add(new HeaderField(name, value));
            }
        }
    }

    private async Task ReadBodyAsync(HttpContent content, CancellationToken stop)
    {
        var coding = content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values) ? values.ToString() : null;
        await using var wire = await content.ReadAsStreamAsync(stop);
        if (string.IsNullOrEmpty(coding))
        {
            await BodyReader.ReadAsync(wire, body, options.MaximumBodyBytes, stop);
            return;
        }

        using var raw = new MemoryStream();
        await BodyReader.ReadAsync(wire, raw, options.MaximumBodyBytes, stop);
        if (raw.Length > 0)
        {
            await using var decoded = BodyReader.Decoded(raw, coding);
            try
            {
                await BodyReader.ReadAsync(decoded, body, options.MaximumBodyBytes, stop);
            }
            // BrotliStream's word for it.
            catch (InvalidOperationException e)
            {
                throw new InvalidDataException(e.Message, e);
            }
        }
    }

    private static ProbeException Failed(ProbeFailureKind kind, string message) => new(new ProbeFailure(kind, message));
}
