using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecoscanner.Bench;

/// <summary>An app on loopback with many pages that counts every request it gets.</summary>
internal sealed class TargetServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private TargetServer(WebApplication app) => this.app = app;

    public ConcurrentDictionary<string, int> ByPath { get; } = new(StringComparer.Ordinal);

    public int Requests => ByPath.Values.Sum();

    public Uri BaseUrl => new(app.Urls.First());

    public string Descriptor => new Uri(BaseUrl, "/atlassian-connect.json").AbsoluteUri;

    public static async Task<TargetServer> StartAsync(int links, RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Services.AddLogging(logging => logging.ClearProviders());
        var application = builder.Build();
        var server = new TargetServer(application);
        application.Run(async context =>
        {
            server.ByPath.AddOrUpdate($"{context.Request.Method} {context.Request.Path}", 1, (_, count) => count + 1);
            if (context.Request.Path == "/atlassian-connect.json")
            {
                var pages = string.Join(',', Enumerable.Range(0, links).Select(i => $$$"""{"key":"p{{{i}}}","url":"/page/p{{{i}}}x","name":{"value":"P"}}"""));
                await context.Response.WriteAsync(
                    $$$"""{"key":"bench","name":"Bench","baseUrl":"{{{server.BaseUrl.AbsoluteUri.TrimEnd('/')}}}","authentication":{"type":"jwt"},"modules":{"generalPages":[{{{pages}}}]}}"""
                );
                return;
            }

            await answer(context);
        });
        await application.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
