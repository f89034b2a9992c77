using System.CommandLine;
using System.Globalization;
using Ecoscanner.Cli.Remote;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Sinks;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner tickets</c>: what is to be done, until when, and whose move it is.</summary>
internal static class TicketsCommand
{
    // Pages; who has more uses the service's own lists.
    private const int MostPages = 10;

    public static Command Create(Terminal terminal, TimeProvider time)
    {
        var ticket = new Argument<string?>("TICKET") { Description = "one ticket, such as AMS-12", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--closed") { Description = "closed ones instead of open ones" };
        var app = new Option<string>("--app") { Description = "those of one app", HelpName = "KEY" };
        var service = RemoteService.ServiceOption();
        var trust = RemoteService.TrustOption();
        var command = new Command("tickets", "List tickets by due date, or show one.") { ticket, all, app, service, trust };
        command.SetAction(
            async (arguments, cancellationToken) =>
            {
                var remote = RemoteService.Of(arguments, service, trust, time);
                if (arguments.GetValue(ticket) is { } key)
                {
                    Print(
                        terminal,
                        await remote.GetAsync($"{RemoteService.Root}/tickets/{Uri.EscapeDataString(key)}", RemoteJson.Default.RemoteTicket, cancellationToken)
                    );
                    return ExitCode.Clean;
                }

                var query =
                    $"state={(arguments.GetValue(all) ? "closed" : "open")}{(arguments.GetValue(app) is { } named ? $"&app={Uri.EscapeDataString(named)}" : "")}";
                var next = $"{RemoteService.Root}/tickets?{query}";
                var listed = 0;
                for (var page = 0; page < MostPages && next is not null; page++)
                {
                    var part = await remote.GetAsync(next, RemoteJson.Default.RemoteTickets, cancellationToken);
                    foreach (var item in part.Items)
                    {
                        terminal.Output.WriteLine(Line(item, time.GetUtcNow()));
                    }

                    (listed, next) = (listed + part.Items.Count, part.Next);
                }

                terminal.Say(next is null ? (listed == 1 ? "1 ticket" : $"{listed} tickets") : $"the first {listed} tickets; for those of one app: --app KEY");
                return ExitCode.Clean;
            }
        );
        return command;
    }

    private static string Line(RemoteTicket ticket, DateTimeOffset now)
    {
        var move = ticket.Move switch
        {
            "yours" => "your move",
            "ours" => "our move",
            _ => "",
        };
        return ConsoleText.Of(
            $"{ticket.Key, -9} {Due(ticket.DueAt, now), -24} {ticket.Severity, -8} {move, -9} {ticket.Status, -20} {ticket.App}: {ticket.Title}"
        );
    }

    private static string Due(DateTimeOffset? due, DateTimeOffset now)
    {
        if (due is not { } at)
        {
            return "no due date";
        }

        var days = (int)Math.Floor((at - now).TotalDays);
        var rest = days < 0 ? $"{-days} days over" : $"{days} days";
        return string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd} ({rest})");
    }

    private static void Print(Terminal terminal, RemoteTicket ticket)
    {
        void Write(string line) => terminal.Output.WriteLine(ConsoleText.Of(line));
        Write($"{ticket.Key}  {ticket.Title}");
        Write(string.Create(CultureInfo.InvariantCulture, $"  {ticket.App}  {ticket.Rule}  {ticket.Severity} ({ticket.Cvss:0.0})"));
        Write($"  {ticket.Status}{(ticket.Move == "yours" ? ", your move" : ticket.Move == "ours" ? ", our move" : "")}");
        Write(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  due {(ticket.DueAt is { } due ? due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "never")}: {ticket.DueExplanation}"
            )
        );
        if (ticket.Transitions is { Count: > 0 } next)
        {
            Write($"  you may set it to: {string.Join(", ", next)}");
        }

        foreach (var told in ticket.Events ?? [])
        {
            Write($"  {TicketEventLine.Of(told)}");
        }
    }
}
