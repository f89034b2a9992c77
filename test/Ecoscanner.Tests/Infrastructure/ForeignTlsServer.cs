using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>A server of Node's <c>https</c> module, in a process of its own: it offers what .NET no longer does.</summary>
internal sealed class ForeignTlsServer : IDisposable
{
    // Ends with its standard input, so that a crashed test leaves nothing behind.
    private const string Script = """
        const { staple, ...options } = JSON.parse(process.argv[1]);
        const server = require('https').createServer(options, (request, response) => response.end());
        server.on('tlsClientError', () => {});
        if (staple) {
          server.on('OCSPRequest', (certificate, issuer, answer) => answer(null, Buffer.from(staple, 'base64')));
        }
        server.listen(0, '127.0.0.1', () => console.log(server.address().port));
        process.stdin.resume().on('end', () => process.exit());
        """;

    private readonly Process process;

    private ForeignTlsServer(Process process, int port)
    {
        this.process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Skips the test where there is no Node.</summary>
    /// <param name="options">JSON members of <c>tls.createSecureContext</c>, such as <c>"minVersion":"TLSv1"</c>.</param>
    /// <param name="issuer">Sent after the leaf.</param>
    /// <param name="staple">The OCSP response to staple.</param>
    public static async Task<ForeignTlsServer> StartAsync(X509Certificate2 leaf, string options, X509Certificate2? issuer = null, byte[]? staple = null)
    {
        SampleFleetFixture.SkipWithoutNode();
        var certificates = JsonSerializer.Serialize($"{leaf.ExportCertificatePem()}\n{issuer?.ExportCertificatePem()}");
        var key = JsonSerializer.Serialize(leaf.GetRSAPrivateKey()?.ExportPkcs8PrivateKeyPem() ?? leaf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var stapled = JsonSerializer.Serialize(staple);
        var start = new ProcessStartInfo("node", ["-e", Script, $$"""{"cert":{{certificates}},"key":{{key}},"staple":{{stapled}},{{options}}}"""])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var started = Process.Start(start)!;
        var port = await started.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("node ended without listening");
        return new ForeignTlsServer(started, int.Parse(port));
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
