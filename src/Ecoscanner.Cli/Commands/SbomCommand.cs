using System.Buffers;
using System.CommandLine;
using Ecoscanner.Cli.Help;
using Ecoscanner.Cli.Inventories;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Packages.Sbom;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner sbom</c>: writes the libraries that an app ships as a bill of materials.</summary>
internal static class SbomCommand
{
    private static readonly Option<string> Output = new("--output", "-o") { Description = "the file to write; standard output without it", HelpName = "FILE" };

    private static readonly Option<string> Format = new("--format", "-f")
    {
        Description = "cyclonedx: CycloneDX 1.6; spdx: SPDX 2.3; both as JSON",
        HelpName = "FORMAT",
        DefaultValueFactory = static _ => "cyclonedx",
    };

    public static Command Create(Terminal terminal, TimeProvider time)
    {
        Format.AcceptOnlyFromAmong("cyclonedx", "spdx");
        var command = new Command("sbom", "Write the libraries that an app ships as a bill of materials (SBOM).")
        {
            DependenciesCommand.Target,
            Output,
            Format,
        };
        command.SetAction(
            (arguments, cancellation) =>
            {
                var read = InventoryTarget.Read(arguments.GetRequiredValue(DependenciesCommand.Target), cancellation);
                var subject = new SbomSubject(read.Name, read.Version, VersionLine.Version, time.GetUtcNow());
                var document = new ArrayBufferWriter<byte>();
                if (arguments.GetValue(Format) == "spdx")
                {
                    SpdxWriter.Write(document, subject, read.Inventory);
                }
                else
                {
                    CycloneDxWriter.Write(document, subject, read.Inventory, []);
                }

                Write(document.WrittenMemory, arguments.GetValue(Output), terminal);
                return Task.FromResult(DependenciesCommand.Gaps(read.Inventory, terminal));
            }
        );
        return command;
    }

    private static void Write(ReadOnlyMemory<byte> document, string? file, Terminal terminal)
    {
        if (file is null)
        {
            terminal.OutputStream.Write(document.Span);
            terminal.OutputStream.Write("\n"u8);
            return;
        }

        try
        {
            using var stream = File.Create(file);
            stream.Write(document.Span);
            stream.Write("\n"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TextFiles.Unwritable(file, e);
        }
    }
}
