using System.Globalization;
using System.Security.Authentication;

namespace Ecoscanner.Probing;

/// <summary>
/// Talks to the one service that a person named, with their token. It asks no app anything, so pace, budgets and transcript do not hold for it; the
/// guard, the limits and the trusted certificate do, and nothing leads elsewhere.
/// </summary>
public sealed class ServiceConnection
{
    private readonly ProbeOptions options;
    private readonly TimeProvider time;
    private readonly Network network;
    private readonly string token;

    /// <param name="service">https; plain http for this machine only, for the token goes with each request.</param>
    /// <exception cref="ArgumentException">It is no such URL.</exception>
    public ServiceConnection(ProbeOptions options, Uri service, string token, TimeProvider time)
    {
        Identification.Check(options);
        Service = service is { Scheme: "https", UserInfo: "", Query: "" } or { Scheme: "http", IsLoopback: true, UserInfo: "", Query: "" }
            ? service
            : throw new ArgumentException(
                "the service's URL begins with https:// and has neither a user name nor a query; plain http is for this machine only"
            );
        this.options = options;
        this.time = time;
        this.token = token;
        network = Network.Machine;
    }

    public Uri Service { get; }

    /// <summary>Sends one request; the answer's body comes as it is read.</summary>
    /// <param name="path">Below the service, with its query.</param>
    /// <param name="patience">How long the answer's head may take after the body is sent.</param>
    /// <exception cref="ProbeException">There is no answer; the failure says why.</exception>
    /// <exception cref="OperationCanceledException">A person stopped it.</exception>
    public async Task<ServiceAnswer> SendAsync(
        string method,
        string path,
        HttpContent? content,
        IReadOnlyList<(string Name, string Value)> headers,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        var url = new Uri(Service, path);
        if (url.Authority != Service.Authority || url.Scheme != Service.Scheme)
        {
            throw new ProbeException(new ProbeFailure(ProbeFailureKind.OutOfScope, $"{url} is not at {Service}, and your token goes nowhere else"));
        }

        var hop = new DownloadHop(options, time, network, url, isNamed: true, isChecked: false);
        using var limit = new CancellationTokenSource(patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), url) { Content = content };
            request.Headers.TryAddWithoutValidation("User-Agent", Identification.UserAgent(options));
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            return new ServiceAnswer(await hop.SendAsync(request, stop.Token), hop);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AuthenticationException or OperationCanceledException)
        {
            hop.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw limit.IsCancellationRequested
                ? new ProbeException(
                    new ProbeFailure(
                        ProbeFailureKind.TimedOut,
                        string.Create(CultureInfo.InvariantCulture, $"{Service} did not answer within {patience.TotalSeconds:0} s")
                    ),
                    e
                )
                : new ProbeException(NetworkFailure.Of(e, Service.GetLeftPart(UriPartial.Authority)), e);
        }
        catch
        {
            hop.Dispose();
            throw;
        }
    }
}

/// <summary>What the service answered; everything in it is a stranger's text.</summary>
public sealed class ServiceAnswer : IDisposable
{
    private readonly HttpResponseMessage response;
    private readonly DownloadHop hop;

    internal ServiceAnswer(HttpResponseMessage response, DownloadHop hop)
    {
        this.response = response;
        this.hop = hop;
    }

    public int Status => (int)response.StatusCode;

    /// <summary>The header's value, or null.</summary>
    public string? Header(string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? values.ToString()
            : null;

    /// <summary>The body as it comes; who reads it has a limit.</summary>
    public Task<Stream> BodyAsync(CancellationToken cancellationToken) => response.Content.ReadAsStreamAsync(cancellationToken);

    /// <summary>The whole body.</summary>
    /// <exception cref="ProbeException">It is longer than allowed, or broke off.</exception>
    public async Task<byte[]> BytesAsync(int maximumBytes, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await BodyAsync(cancellationToken);
            using var bytes = new MemoryStream();
            await BodyReader.ReadAsync(body, bytes, maximumBytes, cancellationToken);
            return bytes.ToArray();
        }
        catch (Exception e) when (e is HttpRequestException or IOException and not ProbeException)
        {
            throw new ProbeException(NetworkFailure.Of(e, "the service"), e);
        }
    }

    public void Dispose()
    {
        response.Dispose();
        hop.Dispose();
    }
}
