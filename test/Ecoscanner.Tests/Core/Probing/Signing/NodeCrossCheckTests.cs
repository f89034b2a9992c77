using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Ecoscanner.Probing.Signing;

namespace Ecoscanner.Tests.Core.Probing.Signing;

public sealed class NodeCrossCheckTests : IDisposable
{
    // Builds the signature base by itself, verifies our signature with our published key, and signs anew with our key file: Ed25519 has one answer.
    private const string Script = """
        const crypto = require('crypto'), fs = require('fs');
        const [pem, directory, request] = process.argv.slice(1);
        const { method, uri, headers } = JSON.parse(request);
        const params = headers['Signature-Input'].replace(/^ecoscanner=/, '');
        const value = { '@method': method, '@target-uri': uri, 'content-digest': headers['Content-Digest'], 'x-ecoscanner-run': headers['X-Ecoscanner-Run'] };
        const names = [...params.slice(1, params.indexOf(')')).matchAll(/"([^"]+)"/g)].map(match => match[1]);
        const base = Buffer.from(names.map(name => `"${name}": ${value[name]}\n`).join('') + `"@signature-params": ${params}`);
        const [jwk] = JSON.parse(fs.readFileSync(directory)).keys;
        const signature = headers.Signature.match(/^ecoscanner=:(.*):$/)[1];
        console.log(crypto.verify(null, base, crypto.createPublicKey({ key: jwk, format: 'jwk' }), Buffer.from(signature, 'base64')));
        console.log(crypto.sign(null, base, crypto.createPrivateKey(fs.readFileSync(pem))).toString('base64') === signature);
        console.log(headers['Content-Digest'] === `sha-256=:${crypto.createHash('sha256').update('{"key":"app"}').digest('base64')}:`);
        """;

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Node_makes_and_verifies_the_same_signature()
    {
        var key = SigningKey.Create();
        key.Save(scratch["key.pem"]);
        scratch.Write("directory.json", KeyDirectory.Of(key).ToJson());
        var headers = MessageSigner
            .ForDesk(key, new Clock())
            .Sign("POST", new Uri("https://app.example/installed?a=b"), Captured.RunId, Encoding.UTF8.GetBytes("{\"key\":\"app\"}"))
            .ToDictionary(header => header.Name, header => header.Value);
        headers["X-Ecoscanner-Run"] = Captured.RunId;
        var request = JsonSerializer.Serialize(
            new
            {
                method = "POST",
                uri = "https://app.example/installed?a=b",
                headers,
            }
        );

        Assert.Equal("true\ntrue\ntrue\n", await Node(Script, scratch["key.pem"], scratch["directory.json"], request));
    }

    private static async Task<string> Node(string script, params string[] arguments)
    {
        Process node;
        try
        {
            node = Process.Start(new ProcessStartInfo("node", ["-e", script, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("node is not installed");
            throw;
        }

        using (node)
        {
            var output = await node.StandardOutput.ReadToEndAsync();
            await node.WaitForExitAsync();
            return output;
        }
    }
}
