using System.CommandLine;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Service;
using Ecoscanner.Service.Access.OpenId;
using Ecoscanner.Service.Mail;
using Microsoft.Extensions.Hosting;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner serve</c>: the platform on this machine.</summary>
internal static class ServeCommand
{
    private const string MarketplaceVariable = "ECOSCANNER_MARKETPLACE_CREDENTIALS";

    public static Command Create(Terminal terminal)
    {
        var data = new Option<string>("--data")
        {
            Description = "the folder of the database, the keys and all that is kept; made where there is none",
            HelpName = "DIR",
            DefaultValueFactory = static _ => "ecoscanner-data",
        };
        var urls = new Option<string>("--urls")
        {
            Description = "where to listen, several separated by ;. Beyond this machine put a proxy with TLS before it",
            HelpName = "URLS",
            DefaultValueFactory = static _ => SiteOptions.UsualUrl,
        };
        var origin = Url("--origin", "where the service is reached from outside: what it sends to apps is signed, with keys that stand there");
        var marketplace = Url("--marketplace", "notice apps and versions of this Marketplace by themselves");
        var api = new Option<int>("--marketplace-api")
        {
            Description = $"2, or 3: with the EMAIL:TOKEN in {MarketplaceVariable}; 3 lists no apps, see --catalogue",
            HelpName = "VERSION",
            DefaultValueFactory = static _ => 2,
        };
        api.AcceptOnlyFromAmong("2", "3");
        var catalogue = new Option<string>("--catalogue")
        {
            Description = "bring the partners and apps of this JSON file into the catalogue; what is there stays",
            HelpName = "FILE",
        };
        var providers = new Option<string>("--providers")
        {
            Description = "people may sign in with the OpenID Connect providers of this JSON file",
            HelpName = "FILE",
        };
        var mail = new Option<string>("--mail")
        {
            Description = "send mail by this server: smtps:// with TLS, smtp:// with STARTTLS; on this machine without. Needs --origin and --mail-from",
            HelpName = "URL",
        };
        var mailFrom = new Option<string>("--mail-from") { Description = "the address that mail comes from", HelpName = "ADDRESS" };
        var mailLogin = new Option<string>("--mail-login")
        {
            Description = "user and password for the mail server stand in this JSON file, which nobody else may read",
            HelpName = "FILE",
        };
        var mailPlain = new Option<bool>("--mail-plain") { Description = "send to smtp:// without TLS: nobody else can read that network" };
        var workers = new Option<int>("--workers")
        {
            Description = "scans at a time",
            HelpName = "COUNT",
            DefaultValueFactory = static _ => 1,
        };
        var clockIsRight = new Option<bool>("--clock-is-right")
        {
            Description = "believe the clock at once, after a long stop or a jump; otherwise nothing is deleted until the service ran for a day",
        };
        var logFormat = new Option<string>("--log-format")
        {
            Description = "text or json",
            HelpName = "FORMAT",
            DefaultValueFactory = static _ => "text",
        };
        logFormat.AcceptOnlyFromAmong("text", "json");
        var command = new Command("serve", "Run the platform: apps scanned on their cadence, findings that become tickets, and the HTTP API.")
        {
            data,
            urls,
            origin,
            marketplace,
            api,
            catalogue,
            providers,
            mail,
            mailFrom,
            mailLogin,
            mailPlain,
            workers,
            clockIsRight,
            logFormat,
        };
        command.SetAction(
            async (arguments, _) =>
            {
                try
                {
                    var options = new SiteOptions
                    {
                        DataFolder = arguments.GetValue(data)!,
                        Urls = arguments.GetValue(urls)!.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                        Origin = arguments.GetValue(origin),
                        Marketplace = arguments.GetValue(marketplace),
                        MarketplaceApi = arguments.GetValue(api),
                        MarketplaceCredentials = Credentials(arguments.GetValue(marketplace)),
                        Catalogue = arguments.GetValue(catalogue),
                        Providers = arguments.GetValue(providers) is { } file ? OpenIdProviderFile.Read(file) : [],
                        Mail = MailServer.Of(
                            arguments.GetValue(mail),
                            arguments.GetValue(mailFrom),
                            arguments.GetValue(mailLogin),
                            arguments.GetValue(mailPlain)
                        ),
                        Workers = arguments.GetValue(workers) is var count and > 0 ? count : throw new SiteException("--workers must be 1 or more"),
                        ClockIsRight = arguments.GetValue(clockIsRight),
                        LogsJson = arguments.GetValue(logFormat) == "json",
                    };
                    await using var site = Site.Create(options);
                    await Site.StartAsync(site);
                    foreach (var url in site.Urls)
                    {
                        terminal.Output.WriteLine($"listening on {ConsoleText.Of(url)}");
                    }

                    if (Site.SetupCode(site) is { } code)
                    {
                        terminal.Output.WriteLine(
                            $"no account is there yet; make the first one with this code, which is good once and until the service stops: {code}"
                        );
                        terminal.Output.WriteLine($"  curl -sS {ConsoleText.Of(site.Urls.First())}/api/v1/setup -H 'Content-Type: application/json' \\");
                        terminal.Output.WriteLine($"    -d '{{\"code\":\"{code}\",\"email\":\"you@example.com\",\"name\":\"You\",\"password\":\"…\"}}'");
                    }

                    await terminal.Output.FlushAsync(CancellationToken.None);
                    await site.WaitForShutdownAsync(CancellationToken.None);
                    terminal.Say("stopped; what was running is scanned again at the next start");
                    return ExitCode.Clean;
                }
                catch (SiteException e)
                {
                    throw new ExitException(ExitCode.Service, e.Message, e);
                }
            }
        );
        return command;
    }

    private static string? Credentials(Uri? marketplace)
    {
        var pair = Environment.GetEnvironmentVariable(MarketplaceVariable) is { Length: > 0 } text ? text : null;
        return pair is null || marketplace is null || marketplace.Scheme == Uri.UriSchemeHttps || marketplace.IsLoopback
            ? pair
            : throw new SiteException($"--marketplace {marketplace.Authority}: {MarketplaceVariable} is not sent over plain http; use https, or unset it");
    }

    private static Option<Uri> Url(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "URL",
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && (url.Scheme is "https" or "http"))
                {
                    return url;
                }

                result.AddError($"{name} must be a URL like https://ecoscanner.example");
                return null;
            },
        };
}
