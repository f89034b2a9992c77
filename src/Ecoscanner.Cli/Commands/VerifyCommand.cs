using System.CommandLine;
using Ecoscanner.Cli.Remote;
using Ecoscanner.Cli.Scans;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Sinks;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner verify</c>: says that a ticket is repaired, and waits until the service has looked.</summary>
internal static class VerifyCommand
{
    // Whatever of both it is, the partner has done what they could.
    private static readonly IReadOnlyList<string> Gone = ["verified", "removed"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Command Create(Terminal terminal, TimeProvider time)
    {
        var ticket = new Argument<string>("TICKET") { Description = "such as AMS-12" };
        var service = RemoteService.ServiceOption();
        var trust = RemoteService.TrustOption();
        var command = new Command("verify", "Have a ticket's flaw looked for again, and say whether it is gone.") { ticket, service, trust };
        command.SetAction(
            async (arguments, _) =>
            {
                using var interruption = new Interruption(() => terminal.Say("stopping; the scan goes on"));
                var remote = RemoteService.Of(arguments, service, trust, time);
                var path = $"{RemoteService.Root}/tickets/{Uri.EscapeDataString(arguments.GetValue(ticket)!)}";
                string tag;
                using (var seen = await remote.SendAsync("GET", path, null, [], Patience, interruption.Token))
                {
                    tag = seen.Header("ETag") ?? "";
                }

                using var asked = await remote.SendAsync("POST", $"{path}/verification", null, [("If-Match", tag)], Patience, interruption.Token);
                var begun = await remote.ReadAsync(asked, RemoteJson.Default.RemoteScan, interruption.Token);
                var scan = await ScanWatch.FollowAsync(remote, $"{RemoteService.Root}/scans/{begun.Id}", terminal, time, interruption.Token);
                var judged = await remote.GetAsync(path, RemoteJson.Default.RemoteTicket, interruption.Token);
                return Say(terminal, judged, scan);
            }
        );
        return command;
    }

    private static int Say(Terminal terminal, RemoteTicket ticket, RemoteScan scan)
    {
        terminal.Output.WriteLine(ConsoleText.Of($"{ticket.Key} {ticket.Status}: {ticket.Title}"));
        if (Gone.Contains(ticket.Status, StringComparer.Ordinal))
        {
            return ExitCode.Clean;
        }

        var why =
            scan.Failure
            ?? ticket.Events?.LastOrDefault(told => told.Text is { Length: > 0 })?.Text
            ?? (scan.Findings > 0 ? "it was found again" : "the run does not prove that it is gone");
        terminal.Output.WriteLine(ConsoleText.Of($"  not verified: {why}"));
        return scan is { State: "done", Complete: true, Findings: > 0 } ? ExitCode.Findings : ExitCode.Incomplete;
    }
}
