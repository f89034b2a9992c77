using System.CommandLine;
using Ecoscanner.Apps;
using Ecoscanner.Cli.Configuration;
using Ecoscanner.Cli.Scans;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner connect token</c>: a genuinely signed token of the test tenant, for the curl lines that reports show.</summary>
internal static class ConnectCommand
{
    // The words that evidence uses, and what they make.
    private static readonly (string Word, TenantTokenKind Kind)[] Kinds =
    [
        ("request", TenantTokenKind.Request),
        ("expired", TenantTokenKind.Expired),
        ("other-url", TenantTokenKind.OtherUrl),
        ("context", TenantTokenKind.Context),
        ("wrong-secret", TenantTokenKind.WrongSecret),
        ("unsigned", TenantTokenKind.Unsigned),
    ];

    private static readonly Option<string> Tenant = new("--tenant")
    {
        Description = $"the test tenant's credentials: a file, or - to be asked (default: {Settings.Tenant.Variable}, then ECOSCANNER_TENANT_APP and its like)",
        HelpName = "FILE|-",
    };

    private static readonly Option<string> Method = new("--method")
    {
        Description = "method of the request it is for",
        HelpName = "METHOD",
        DefaultValueFactory = static _ => "GET",
    };

    private static readonly Option<string> Url = new("--url")
    {
        Description = "URL of the request it is for, without the token",
        HelpName = "URL",
        Required = true,
    };

    private static readonly Option<string> Base = new("--base") { Description = "the app's base URL (default: the origin of --url)", HelpName = "URL" };

    private static readonly Option<string> Kind = new("--kind")
    {
        Description = $"what is right or wrong in it: {string.Join(", ", Kinds.Select(kind => kind.Word))}",
        HelpName = "KIND",
        DefaultValueFactory = static _ => Kinds[0].Word,
    };

    private static readonly Option<string> Sub = new("--sub")
    {
        Description = "account id of the user (default: the tenant's administrator)",
        HelpName = "ACCOUNT",
    };
    private static readonly Option<bool> Second = new("--second") { Description = "of the second test tenant" };

    public static Command Create(Terminal terminal)
    {
        Kind.AcceptOnlyFromAmong([.. Kinds.Select(kind => kind.Word)]);
        Method.AcceptOnlyFromAmong("GET", "POST", "PUT", "DELETE");
        var token = new Command("token", "Print a token of the test tenant, signed for one request.") { Tenant, Method, Url, Base, Kind, Sub, Second };
        token.SetAction(arguments =>
        {
            terminal.Output.WriteLine(Token(arguments, terminal));
            return ExitCode.Clean;
        });
        return new Command("connect", "Help with Connect's protocol.") { token };
    }

    private static string Token(ParseResult arguments, Terminal terminal)
    {
        var source = arguments.GetValue(Tenant) ?? Environment.GetEnvironmentVariable(Settings.Tenant.Variable);
        var tenant =
            Credentials.Read(source, terminal)
            ?? throw new ExitException(ExitCode.Usage, $"no test tenant is known; name its file with --tenant, or set {Settings.Tenant.Variable} to it");
        var url = Absolute(arguments.GetRequiredValue(Url), "--url");
        var baseUrl = arguments.GetValue(Base) is { } text ? Absolute(text, "--base") : new Uri(url.GetLeftPart(UriPartial.Authority));

        // The credentials are bound to one host: a report's command must not sign for another.
        if (!url.IdnHost.Equals(tenant.Host, StringComparison.OrdinalIgnoreCase))
        {
            throw new ExitException(
                ExitCode.Usage,
                $"--url is on {url.IdnHost}, and the test tenant's credentials are for {tenant.Host} only; use that host's URL"
            );
        }

        var method = arguments.GetRequiredValue(Method);
        var tokens = new TenantTokens(baseUrl, tenant, TimeProvider.System);
        if (!arguments.GetValue(Second))
        {
            return tokens.Make(Kinds.First(kind => kind.Word == arguments.GetValue(Kind)).Kind, method, url, arguments.GetValue(Sub));
        }

        return tenant.Second is null
            ? throw new ExitException(ExitCode.Usage, "the test tenant's file names no second tenant; add \"second\" to it")
            : tokens.MakeForSecond(method, url);
    }

    private static Uri Absolute(string text, string option) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
            ? url!
            : throw new ExitException(ExitCode.Usage, $"{option} \"{text}\" is no URL; write it whole, such as https://app.example.com/page");
}
