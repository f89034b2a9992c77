using System.Net;
using System.Net.Security;

namespace Ecoscanner.Probing;

/// <summary>One request of a download on a connection of its own: to the host that was named or redirected to, and to no other.</summary>
internal sealed class DownloadHop : IDisposable
{
    private readonly HttpMessageInvoker invoker;
    private readonly DayLedger ledger;
    private readonly Uri url;
    private readonly bool isChecked;
    private readonly Dialer dialer;

    /// <param name="isNamed">True for the operator's own URL, which may lie in a private network; a redirect leads to none.</param>
    /// <param name="isChecked">True where a digest vouches for the file.</param>
    public DownloadHop(ProbeOptions options, TimeProvider time, Network network, Uri url, bool isNamed, bool isChecked)
    {
        if (url is not { Scheme: "http" or "https", UserInfo: "" } || HostName.Of(url) is not { } host)
        {
            throw Failed(ProbeFailureKind.OutOfScope, "files are fetched from http and https URLs without a user name; correct the URL");
        }

        this.url = url;
        this.isChecked = isChecked;
        var place = HostPort.Of(host, url.Port);
        var allowed = options with { ApprovedHosts = [place], AllowedPrivate = isNamed ? [place] : [] };
        var transcript = new Transcript();
        ledger = new DayLedger(null, time, transcript.Note);
        // The dialer's own requests are not paced or counted, and there are none.
        dialer = new Dialer(new Scope(allowed), new Toll(allowed, new Pace(time), ledger), transcript, time, network);
        var trust = new CertificateTrust(options.TrustedRoots, time);
#pragma warning disable RS0030 // The other place, beside HttpAttempt.
        invoker = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                UseProxy = false,
                ActivityHeadersPropagator = null,
                UseCookies = false,
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.None,
                MaxResponseHeadersLength = HttpAttempt.MaximumHeaderKilobytes,
                ConnectCallback = async (_, stop) => await ConnectAsync(stop),
                SslOptions = new SslClientAuthenticationOptions
                {
                    CertificateChainPolicy = trust.SystemPolicy(),
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                        trust.Refusal(certificate, chain, errors) is { } refusal
                            ? throw Failed(
                                ProbeFailureKind.TlsFailed,
                                $"https://{url.Authority}: the certificate is not trusted: {refusal}; name its root with --trust ROOT.pem"
                            )
                            : true,
                },
            }
        );
#pragma warning restore RS0030
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        invoker.SendAsync(request, cancellationToken);

    public void Dispose()
    {
        invoker.Dispose();
        ledger.Dispose();
    }

    private async Task<Stream> ConnectAsync(CancellationToken stop)
    {
        var route = await dialer.RouteAsync(HostName.Of(url)!, url.Port, stop);
        var (stream, address) = await dialer.ConnectAsync(route, stop);
        if (url.Scheme == Uri.UriSchemeHttps || isChecked || IPAddress.IsLoopback(address))
        {
            return stream;
        }

        await stream.DisposeAsync();
        throw Failed(
            ProbeFailureKind.TlsFailed,
            $"http://{url.Authority}: nobody vouches for what comes over plain http; use https, or give the file's digest: --digest sha256:HEX"
        );
    }

    private static ProbeException Failed(ProbeFailureKind kind, string message) => new(new ProbeFailure(kind, message));
}
