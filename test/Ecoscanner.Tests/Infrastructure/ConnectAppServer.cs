using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>A Connect app on loopback whose every answer a test decides, and which counts what it was asked.</summary>
internal sealed class ConnectAppServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private ConnectAppServer(WebApplication app) => this.app = app;

    public string Authority => new Uri(app.Urls.First()).Authority;

    public Uri BaseUrl => new(app.Urls.First());

    public Uri DescriptorUrl => new(BaseUrl, "/atlassian-connect.json");

    /// <summary>Method, path and query of each request but those of the descriptor, in the order of arrival.</summary>
    public ConcurrentQueue<(string Method, string Target, string Body)> Requests { get; } = new();

    /// <summary>Serves a descriptor with these modules and lifecycle, and answers everything else by the delegate.</summary>
    /// <param name="modules">JSON of the descriptor's members beside key, name, baseUrl and authentication.</param>
    public static async Task<ConnectAppServer> StartAsync(string modules, RequestDelegate answer, string authentication = "jwt")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        builder.Services.AddLogging(logging => logging.ClearProviders());
        var application = builder.Build();
        var server = new ConnectAppServer(application);
        application.Run(async context =>
        {
            if (context.Request.Path == "/atlassian-connect.json")
            {
                await context.Response.WriteAsync(
                    $$"""{"key":"test-app","name":"Test","baseUrl":"{{server.BaseUrl.AbsoluteUri.TrimEnd('/')}}","authentication":{"type":"{{authentication}}"},{{modules}}}"""
                );
                return;
            }

            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            server.Requests.Enqueue((context.Request.Method, $"{context.Request.Path}{context.Request.QueryString}", body));
            context.Items["body"] = body;
            await answer(context);
        });
        await application.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
