using System.Text.Json.Nodes;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

/// <summary>A Connect app on the loopback that a command can scan: it serves its descriptor and refuses everything else.</summary>
internal sealed class LiveApp : IAsyncDisposable
{
    private readonly LoopbackServer server;

    /// <summary>Starts it.</summary>
    /// <param name="change">Changes the descriptor; null leaves it sound.</param>
    /// <param name="headers">On every answer; null sends HSTS for a year.</param>
    public LiveApp(Action<JsonObject>? change = null, Findings.HeaderField[]? headers = null)
    {
        var shown = headers ?? [new("Strict-Transport-Security", "max-age=31536000; includeSubDomains")];
        server = LoopbackServer.Http(
            request =>
                request.Target == "/atlassian-connect.json"
                    ? new(200, Descriptor(server!.Url("").AbsoluteUri.TrimEnd('/'), change), shown)
                    : new(401, "", shown),
            TestCertificates.Server(TestCertificates.Root.Leaf())
        );
    }

    public Uri DescriptorUrl => server.Url("/atlassian-connect.json");

    /// <summary>Arguments of a scan of it.</summary>
    public string[] Scan(Desk desk, params string[] more)
    {
        desk.Write("root.pem", TestCertificates.Root.Certificate.ExportCertificatePem());
        return ["scan", DescriptorUrl.AbsoluteUri, "--allow-private", $"localhost:{server.Port}", "--trust", "root.pem", "--rate", "100", .. more];
    }

    public IReadOnlyList<LoopbackRequest> Requests => server.Requests;

    public static string Descriptor(string baseUrl, Action<JsonObject>? change = null)
    {
        var descriptor = new JsonObject
        {
            ["key"] = "live-app",
            ["name"] = "Live app",
            ["baseUrl"] = baseUrl,
            ["authentication"] = new JsonObject { ["type"] = "jwt" },
            ["lifecycle"] = new JsonObject { ["installed"] = "/installed" },
            ["modules"] = new JsonObject { ["generalPages"] = new JsonArray(new JsonObject { ["key"] = "page", ["url"] = "/page" }) },
        };
        change?.Invoke(descriptor);
        return descriptor.ToJsonString();
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
