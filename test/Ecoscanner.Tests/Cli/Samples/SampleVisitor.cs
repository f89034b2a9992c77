using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using Ecoscanner.Cli.Samples;

namespace Ecoscanner.Tests.Cli.Samples;

/// <summary>Sends requests to a sample, and trusts its root.</summary>
internal sealed class SampleVisitor : IDisposable
{
    private readonly HttpClient client;

    /// <summary>Trusts the root of a sample for its name.</summary>
    /// <param name="blindToNames">Takes the certificate of another name where the sample serves one.</param>
    public SampleVisitor(Sample sample, bool blindToNames = true)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPemFile(sample.TrustRoot);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            SslOptions = { CertificateChainPolicy = trust },
        };
        client = new HttpClient(handler) { BaseAddress = sample.Origins[0] };
        if (blindToNames && sample.Name == "wrong-certificate")
        {
            client.DefaultRequestHeaders.Host = "wrong-name.example"; // is what the certificate is compared with
        }
    }

    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? token = null, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"JWT {token}");
        }

        request.Content = body is null ? null : JsonContent.Create(body);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<int> StatusAsync(string method, string path, string? token = null, object? body = null)
    {
        using var answer = await SendAsync(method, path, token, body);
        return (int)answer.StatusCode;
    }

    public async Task<string> TextAsync(string path, string? token = null)
    {
        using var answer = await SendAsync("GET", path, token);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => client.Dispose();
}
