using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>A TLS server of another make, in a process of its own: it offers what .NET no longer does.</summary>
internal sealed class ForeignTlsServer : IDisposable
{
    // Ends with its standard input, so that a crashed test leaves nothing behind.
    private const string NodeScript = """
        const options = JSON.parse(process.argv[1]);
        const server = require('https').createServer(options, (request, response) => response.end());
        server.on('tlsClientError', () => {});
        server.listen(0, '127.0.0.1', () => console.log('PORT ' + server.address().port));
        process.stdin.resume().on('end', () => process.exit());
        """;

    private readonly Process process;
    private readonly string? folder;

    private ForeignTlsServer(Process process, string? folder, int port)
    {
        this.process = process;
        this.folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <summary>A server of Node's <c>https</c> module; <paramref name="options"/> are JSON members such as <c>"minVersion":"TLSv1"</c>.</summary>
    public static async Task<ForeignTlsServer> NodeAsync(X509Certificate2 leaf, string options)
    {
        var pem = System.Text.Json.JsonSerializer.Serialize(leaf.ExportCertificatePem());
        var key = System.Text.Json.JsonSerializer.Serialize(KeyPem(leaf));
        return await StartAsync("node", ["-e", NodeScript, $$"""{"cert":{{pem}},"key":{{key}},{{options}}}"""], null, "PORT ");
    }

    /// <summary>OpenSSL's <c>s_server</c>, stapling this OCSP response.</summary>
    public static async Task<ForeignTlsServer> StaplingAsync(X509Certificate2 leaf, X509Certificate2 issuer, byte[] response)
    {
        var files = Directory.CreateTempSubdirectory("ecoscanner-staple").FullName;
        await File.WriteAllTextAsync(Path.Combine(files, "leaf.pem"), leaf.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(files, "leaf.key"), KeyPem(leaf));
        await File.WriteAllTextAsync(Path.Combine(files, "chain.pem"), issuer.ExportCertificatePem());
        await File.WriteAllBytesAsync(Path.Combine(files, "staple.der"), response);
        return await StartAsync(
            "openssl",
            ["s_server", "-accept", "127.0.0.1:0", "-cert", "leaf.pem", "-key", "leaf.key", "-cert_chain", "chain.pem", "-status_file", "staple.der"],
            files,
            "ACCEPT 127.0.0.1:"
        );
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        if (folder is not null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<ForeignTlsServer> StartAsync(string program, string[] arguments, string? workingFolder, string before)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder ?? "",
        };
        Process started;
        try
        {
            started = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not on this machine");
            throw;
        }

        started.ErrorDataReceived += static (_, _) => { };
        started.BeginErrorReadLine();
        while (await started.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(before, StringComparison.Ordinal))
            {
                // What it says later is thrown away, or its pipe would fill.
                _ = started.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new ForeignTlsServer(started, workingFolder, int.Parse(line[before.Length..]));
            }
        }

        throw new InvalidOperationException($"{program} ended without listening");
    }

    private static string KeyPem(X509Certificate2 leaf) =>
        leaf.GetRSAPrivateKey()?.ExportPkcs8PrivateKeyPem() ?? leaf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();
}
