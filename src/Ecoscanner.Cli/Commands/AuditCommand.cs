using System.CommandLine;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Service.Audit;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner audit check</c>: whether a partner's chain of audits is whole, from what it fetched and kept, asking nobody.</summary>
internal static class AuditCommand
{
    // A million events take some 600 MB.
    private const int MaximumBytes = 1024 * 1024 * 1024;

    public static Command Create(Terminal terminal)
    {
        var events = File("EVENTS", "the answers of /api/v1/audit/events, one after the other");
        var heads = File("HEADS", "the answers of /api/v1/audit/heads, as they were kept");
        var keys = File("KEYS", "the answer of /api/v1/keys");
        var check = new Command("check", "Check events against signed heads that you kept, without asking the platform.") { events, heads, keys };
        check.SetAction(arguments =>
        {
            ReadOnlyMemory<byte> Read(Argument<string> file) => Bytes(arguments.GetRequiredValue(file));
            try
            {
                return Say(terminal, AuditExport.Check(Read(events).Span, Read(heads).Span, Read(keys).Span));
            }
            catch (FormatException e)
            {
                throw new ExitException(ExitCode.Usage, e.Message, e);
            }
        });
        return new Command("audit", "Check who read findings.") { check };
    }

    private static int Say(Terminal terminal, AuditVerdict verdict)
    {
        terminal.Output.WriteLine(
            ConsoleText.Of(
                verdict.BrokenAt is { } at ? $"broken at event {at}: {verdict.Reason}"
                : verdict.Proven == verdict.Last ? $"whole: {verdict.Last} events, all proven by signed heads"
                : $"whole: {verdict.Last} events, proven by signed heads up to event {verdict.Proven}; those after it follow each other"
            )
        );
        return verdict.IsIntact ? ExitCode.Clean : ExitCode.Findings;
    }

    private static Argument<string> File(string name, string description) => new(name) { Description = description };

    private static ReadOnlyMemory<byte> Bytes(string path)
    {
        try
        {
            return TextFiles.Bytes(path, MaximumBytes) is { Length: <= MaximumBytes } bytes
                ? bytes
                : throw new ExitException(ExitCode.Usage, $"{path} is larger than {MaximumBytes / (1024 * 1024)} MB; check it in parts");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TextFiles.Unreadable(path, e);
        }
    }
}
