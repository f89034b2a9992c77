using System.CommandLine;
using Ecoscanner.Cli.Scans;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner samples</c>: starts the sample apps for a person to look at, until Ctrl-C.</summary>
internal static class SamplesCommand
{
    private static readonly Argument<string[]> Names = new("NAME")
    {
        Description = "which to start; all where none is named",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("samples", "Start the sample apps on this machine and say how to scan each, until Ctrl-C.") { Names };
        command.SetAction((arguments, _) => RunAsync(arguments.GetValue(Names) is { Length: > 0 } names ? names : null, terminal));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string>? names, Terminal terminal)
    {
        using var interruption = new Interruption(() => terminal.Say("stopping"));
        await using var fleet = await SampleFolder.StartAsync(terminal, names, interruption.Token);
        foreach (var sample in fleet.Samples)
        {
            var origins = string.Concat(sample.Origins.Select(origin => $" --allow-private {origin.Host}:{origin.Port}"));
            var tenant = sample.TenantFile is null ? "" : $" --tenant {sample.TenantFile} --allow-state-change";
            terminal.Output.WriteLine($"{sample.Name}: {sample.Expected.Flaw}");
            terminal.Output.WriteLine($"  ecoscanner scan {sample.DescriptorUrl}{origins} --trust {sample.TrustRoot}{tenant}");
        }

        await terminal.Output.FlushAsync();
        terminal.Say($"{fleet.Samples.Count} samples run; Ctrl-C stops them");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, interruption.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        return ExitCode.Clean;
    }
}
