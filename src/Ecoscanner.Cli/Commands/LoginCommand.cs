using System.CommandLine;
using Ecoscanner.Cli.Remote;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Sinks;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner login</c> and <c>whoami</c>: which service, and as whom.</summary>
internal static class LoginCommand
{
    public static Command Create(Terminal terminal, TimeProvider time)
    {
        var service = RemoteService.ServiceOption();
        service.Required = true;
        var trust = RemoteService.TrustOption();
        var command = new Command("login", "Keep a token of a service, for upload, verify and tickets.") { service, trust };
        command.SetAction(
            async (arguments, cancellationToken) =>
            {
                var url = arguments.GetValue(service)!;
                var token = new Questions(terminal).Secret($"Token of {ConsoleText.Of(url)} (its partner page or POST /api/v1/tokens makes one): ");
                var account = new Account(url, token);
                var caller = await Caller(new RemoteService(account, arguments.GetValue(trust) ?? [], time), cancellationToken);
                account.Keep();
                Print(terminal, url, caller);
                terminal.Say($"kept in {ConsoleText.Of(Account.FilePath)}");
                return ExitCode.Clean;
            }
        );
        return command;
    }

    public static Command CreateWhoami(Terminal terminal, TimeProvider time)
    {
        var service = RemoteService.ServiceOption();
        var trust = RemoteService.TrustOption();
        var command = new Command("whoami", "Say which service is used, and what the token may do there.") { service, trust };
        command.SetAction(
            async (arguments, cancellationToken) =>
            {
                var account = Account.Current(arguments.GetValue(service));
                Print(terminal, account.Service, await Caller(new RemoteService(account, arguments.GetValue(trust) ?? [], time), cancellationToken));
                return ExitCode.Clean;
            }
        );
        return command;
    }

    private static Task<RemoteCaller> Caller(RemoteService service, CancellationToken cancellationToken) =>
        service.GetAsync($"{RemoteService.Root}/me", RemoteJson.Default.RemoteCaller, cancellationToken);

    private static void Print(Terminal terminal, string service, RemoteCaller caller)
    {
        terminal.Output.WriteLine(ConsoleText.Of($"{service}: {caller.Kind} {caller.Id}"));
        foreach (var grant in caller.Grants)
        {
            var where = grant.Partner is null ? "everywhere" : $"for {grant.Partner}{(grant.App is null ? "" : $", app {grant.App}")}";
            var what = grant.Capabilities is { Count: > 0 } words ? $": {string.Join(", ", words)}" : "";
            terminal.Output.WriteLine(ConsoleText.Of($"  {grant.Role} {where}{what}"));
        }
    }
}
