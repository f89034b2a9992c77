using System.CommandLine;
using Ecoscanner.Cli.Scans;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner samples</c>: starts the Connect samples for a person to look at, until Ctrl-C, and says where the Forge samples lie.</summary>
internal static class SamplesCommand
{
    private static readonly Argument<string[]> Names = new("NAME") { Description = "which; all where none is named", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("samples", "Say how to scan each sample app; those of Connect are started on this machine, until Ctrl-C.") { Names };
        command.SetAction((arguments, _) => RunAsync(arguments.GetValue(Names) is { Length: > 0 } names ? names : null, terminal));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string>? names, Terminal terminal)
    {
        var forge = SampleFolder.Forge().Where(sample => names?.Contains(sample.Name, StringComparer.Ordinal) ?? true).ToList();
        foreach (var sample in forge)
        {
            terminal.Output.WriteLine($"{sample.Name} (Forge): {sample.Flaw}");
            terminal.Output.WriteLine($"  ecoscanner scan {SampleFolder.Shown(sample)}");
        }

        // Samples of both may have one name; nobody has to say which is meant.
        var connect = names?.Where(name => SampleFolder.IsConnect(name) || forge.TrueForAll(sample => sample.Name != name)).ToList();
        if (connect is { Count: 0 })
        {
            return ExitCode.Clean;
        }

        await terminal.Output.FlushAsync();
        using var interruption = new Interruption(() => terminal.Say("stopping"));
        await using var fleet = await SampleFolder.StartAsync(terminal, connect, interruption.Token);
        foreach (var sample in fleet.Samples)
        {
            var origins = string.Concat(sample.Origins.Select(origin => $" --allow-private {origin.Host}:{origin.Port}"));
            var tenant = sample.TenantFile is null ? "" : $" --tenant {sample.TenantFile} --allow-state-change";
            terminal.Output.WriteLine($"{sample.Name} (Connect): {sample.Expected.Flaw}");
            terminal.Output.WriteLine($"  ecoscanner scan {sample.DescriptorUrl}{origins} --trust {sample.TrustRoot}{tenant}");
        }

        await terminal.Output.FlushAsync();
        terminal.Say($"{fleet.Samples.Count} Connect samples run; Ctrl-C stops them");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, interruption.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        return ExitCode.Clean;
    }
}
