using System.CommandLine;
using Ecoscanner.Cli.Samples;
using Ecoscanner.Cli.Scans;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner samples</c>: starts the Connect samples for a person to look at, until Ctrl-C, says where the Forge samples lie, and packs those of Data Center.</summary>
internal static class SamplesCommand
{
    private static readonly Argument<string[]> Names = new("NAME") { Description = "which; all where none is named", Arity = ArgumentArity.ZeroOrMore };

    private static readonly Option<string> Archives = new("--archives")
    {
        Description = "pack the archives of the Data Center samples into this folder, say how to scan them, and start nothing",
        HelpName = "DIR",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("samples", "Say how to scan each sample app; those of Connect are started on this machine, until Ctrl-C.")
        {
            Names,
            Archives,
        };
        command.SetAction(
            (arguments, _) => RunAsync(arguments.GetValue(Names) is { Length: > 0 } names ? names : null, arguments.GetValue(Archives), terminal)
        );
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string>? names, string? archives, Terminal terminal)
    {
        var files = SampleFolder.Files().Where(sample => names?.Contains(sample.Name, StringComparer.Ordinal) ?? true).ToList();
        if (archives is not null)
        {
            return Pack(files, archives, terminal);
        }

        foreach (var sample in files.Where(sample => sample.Packed is null))
        {
            terminal.Output.WriteLine($"{sample.Name} ({sample.Hosting}): {sample.Flaw}");
            terminal.Output.WriteLine($"  ecoscanner scan {SampleFolder.Shown(sample.Folder)}");
        }

        foreach (var sample in files.Where(sample => sample.Packed is not null))
        {
            terminal.Output.WriteLine($"{sample.Name} ({sample.Hosting}): {sample.Flaw}");
            terminal.Output.WriteLine($"  ecoscanner samples {sample.Name} --archives DIR, then ecoscanner scan DIR/{Path.GetFileName(sample.Packed)}");
        }

        // Samples of both may have one name; nobody has to say which is meant.
        var connect = names?.Where(name => SampleFolder.IsConnect(name) || files.TrueForAll(sample => sample.Name != name)).ToList();
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

    private static int Pack(IEnumerable<FileSample> files, string archives, Terminal terminal)
    {
        try
        {
            foreach (var sample in files.Where(sample => sample.Packed is not null))
            {
                terminal.Output.WriteLine($"{sample.Name} ({sample.Hosting}): {sample.Flaw}");
                terminal.Output.WriteLine($"  ecoscanner scan {SampleArchive.Write(sample.Packed!, archives)}");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExitException(ExitCode.Usage, $"the archives cannot be written: {e.Message.TrimEnd('.')}; name another folder", e);
        }

        return ExitCode.Clean;
    }
}
