using System.Net.Sockets;
using Ecoscanner.Service.Api;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Configuration;

namespace Ecoscanner.Service;

/// <summary>The service as it ships: everything that is there, put together.</summary>
public static class Site
{
    // What is being answered may end; what a person waits for takes no longer.
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(25);

    /// <inheritdoc cref="Create(SiteOptions)"/>
    public static WebApplication Create(params string[] args) => Create(SiteOptions.Parse(args));

    /// <summary>The service, its data opened, not yet listening.</summary>
    /// <exception cref="SiteException">It cannot be opened, or another service has it.</exception>
    public static WebApplication Create(SiteOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(
            // Neither files nor variables of the surroundings configure it: what is in force was said.
            new WebApplicationOptions
            {
                Args = [],
                ContentRootPath = AppContext.BaseDirectory,
                EnvironmentName = Environments.Production,
            }
        );
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.WebHost.UseUrls([.. options.Urls]).ConfigureKestrel(server => Limits.Apply(server, options.Patience));
        var hasStarted = false;
        Logs(builder.Logging, options, () => hasStarted);
        builder.Host.ConfigureHostOptions(host => host.ShutdownTimeout = StopWithin);

        var platform = Platform.Open(options);
        if (options.Catalogue is { } catalogue)
        {
            platform.BringIn(catalogue);
        }

        var services = builder.Services;
        services.AddSingleton(_ => platform);
        services.AddSingleton(options.Time);
        services.AddSingleton(platform.Database);
        services.AddSingleton(platform.Idempotency);
        services.AddRateLimiter(limiter => Limits.Apply(limiter, options.Rates));
        services.Configure<JsonOptions>(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        services.AddApiDocument();
        services.AddHostedService<Works>();
        services.AddHostedService<Upkeep>();
        services.AddHostedService<MailDelivery>();
        services.AddHostedService<Watches>();

        var site = builder.Build();
        site.Lifetime.ApplicationStarted.Register(() => hasStarted = true);
        // Opened here, so closed with the rest.
        _ = site.Services.GetRequiredService<Platform>();
        site.UseMiddleware<RequestLog>();
        site.UseMiddleware<Fence>();
        site.UseRouting();
        site.UseMiddleware<Authentication>();
        site.UseRateLimiter();
        Endpoints.Map(site);
        return site;
    }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="SiteException">It cannot listen there.</exception>
    public static async Task StartAsync(WebApplication site)
    {
        try
        {
            await site.StartAsync();
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new SiteException(
                $"{string.Join(", ", site.Urls)}: another program listens there; stop it, or name another port: --urls http://127.0.0.1:PORT",
                e
            );
        }
        catch (SocketException e)
        {
            throw new SiteException($"{string.Join(", ", site.Urls)}: {e.Message}; name an address of this machine and a port above 1023 with --urls", e);
        }
        catch (FormatException e)
        {
            throw new SiteException($"{e.Message}; write --urls like {SiteOptions.UsualUrl}", e);
        }
    }

    /// <summary>What makes the first account, once; null where there is one.</summary>
    public static string? SetupCode(WebApplication site) => site.Services.GetRequiredService<Platform>().SetupCode;

    private static void Logs(ILoggingBuilder logging, SiteOptions options, Func<bool> hasStarted)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Information);
        // They quote paths with their values.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.None);
        // Why it cannot start is told to a person in a sentence, without the host's stack.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && hasStarted());
        if (options.LogsJson)
        {
            logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        }
        else
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
                console.ColorBehavior = Microsoft.Extensions.Logging.Console.LoggerColorBehavior.Disabled;
            });
        }

        // Standard output is for what was asked for.
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
