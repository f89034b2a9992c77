using System.Buffers;
using System.CommandLine;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Advisories.Review;
using Ecoscanner.Cli.Help;
using Ecoscanner.Cli.Inventories;
using Ecoscanner.Cli.Scans;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Packages;
using Ecoscanner.Packages.Sbom;
using Ecoscanner.Packages.Vex;
using Ecoscanner.Reports;

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

    private static readonly Option<bool> Vulnerabilities = new("--vulnerabilities")
    {
        Description = "list what is known of them too, with what is claimed of it; CycloneDX alone has a place for that",
    };

    private static readonly Option<string[]> Vex = new("--vex")
    {
        Description = "take what this OpenVEX or CycloneDX file claims of vulnerabilities; repeatable",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = false,
    };

    public static Command Create(Terminal terminal, TimeProvider time)
    {
        Format.AcceptOnlyFromAmong("cyclonedx", "spdx");
        var command = new Command("sbom", "Write the libraries that an app ships as a bill of materials (SBOM).")
        {
            DependenciesCommand.Target,
            Output,
            Format,
            Vulnerabilities,
            Vex,
        };
        command.SetAction(
            (arguments, cancellation) =>
            {
                var advisories = AdvisorySource.Open();
                var read = InventoryTarget.Read(arguments.GetRequiredValue(DependenciesCommand.Target), advisories.Index, cancellation);
                var claims = VexFiles.Read(arguments.GetValue(Vex) ?? [], terminal);
                var known = arguments.GetValue(Vulnerabilities) || claims.Count > 0 ? Known(read.Inventory, advisories, claims, time, cancellation) : [];
                var subject = new SbomSubject(read.Name, read.Version, VersionLine.Version, time.GetUtcNow());
                var document = new ArrayBufferWriter<byte>();
                if (arguments.GetValue(Format) == "spdx")
                {
                    SpdxWriter.Write(document, subject, read.Inventory);
                }
                else
                {
                    CycloneDxWriter.Write(document, subject, read.Inventory, known);
                }

                Write(document.WrittenMemory, arguments.GetValue(Output), terminal);
                return Task.FromResult(DependenciesCommand.Gaps(read.Inventory, terminal));
            }
        );
        return command;
    }

    private static IReadOnlyList<SbomVulnerability> Known(
        Inventory inventory,
        AdvisorySource advisories,
        IReadOnlyList<VexStatement> claims,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (advisories.Index is not { } index)
        {
            throw new ExitException(
                ExitCode.Incomplete,
                advisories.Problem ?? "there are no advisories on this machine, so no vulnerabilities can be listed; get them with ecoscanner advisories update"
            );
        }

        var now = time.GetUtcNow();
        try
        {
            var review = new InventoryReview(index, PlatformDependencies.All, DateOnly.FromDateTime(now.UtcDateTime)).Of(inventory, cancellation);
            return SbomFindings.Of(review, claims, now);
        }
        catch (AdvisoryIndexException e)
        {
            throw new ExitException(ExitCode.Incomplete, e.Message, e);
        }
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
