using System.CommandLine;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Packages.Java.Classes;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Sinks;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner fingerprints</c>: the class fingerprints that identify code of libraries without metadata.</summary>
internal static class FingerprintsCommand
{
    private static readonly Argument<string[]> Jars = new("JAR")
    {
        Description = "a library's jar, named by its pom.properties; GROUP:ARTIFACT:VERSION=JAR where it has none",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> Output = new("--output", "-o")
    {
        Description = "where to write the fingerprint file",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<string> Source = new("--source")
    {
        Description = "where the jars come from and when, for those who read it later",
        HelpName = "TEXT",
        DefaultValueFactory = static _ => "",
    };

    private static readonly Argument<string?> Library = new("LIBRARY")
    {
        Description = "GROUP:ARTIFACT or a part of it; all where none is named",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> From = new("--from")
    {
        Description = "a fingerprint file; the program's own where none is named",
        HelpName = "FILE",
    };

    public static Command Create(Terminal terminal) =>
        new("fingerprints", "Make and show the class fingerprints that identify code of libraries without metadata.") { Build(terminal), Show(terminal) };

    private static Command Build(Terminal terminal)
    {
        var command = new Command("build", "Make a fingerprint file from the jars of libraries.") { Jars, Output, Source };
        command.SetAction(arguments =>
        {
            var fingerprinter = new ClassFingerprinter();
            var builder = new FingerprintBuilder();
            foreach (var named in arguments.GetRequiredValue(Jars))
            {
                var jar = LibraryJar.Read(named, fingerprinter);
                foreach (var gap in jar.Classes.Gaps)
                {
                    terminal.Say(ConsoleText.Of($"{gap.Place}: {gap.Reason}"));
                }

                if (!builder.Add(jar.Library, jar.Version, jar.Classes.Classes))
                {
                    terminal.Say(ConsoleText.Of($"{named} adds nothing: it has no classes, or {jar.Library}:{jar.Version} is there already"));
                }
            }

            var path = arguments.GetRequiredValue(Output);
            try
            {
                using var file = File.Create(path);
                builder.Write(file, arguments.GetRequiredValue(Source));
                terminal.Say(ConsoleText.Of($"{path}: {builder.ReleaseCount} releases, {file.Length / 1024} KiB"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw TextFiles.Unwritable(path, e);
            }

            return ExitCode.Clean;
        });
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        var command = new Command("show", "Print which releases of which libraries a fingerprint file knows.") { Library, From };
        command.SetAction(arguments =>
        {
            var index = Read(arguments.GetValue(From));
            var wanted = arguments.GetValue(Library) ?? "";
            if (wanted.Length == 0)
            {
                terminal.Output.WriteLine(
                    ConsoleText.Of(
                        $"{index.Libraries.Count} libraries, {index.Releases.Count} releases, {index.ClassCount} classes with {index.VariantCount} fingerprints"
                    )
                );
                terminal.Output.WriteLine(ConsoleText.Of($"from {index.Source}"));
                terminal.Output.WriteLine();
            }

            foreach (var releases in index.Releases.GroupBy(release => index.Libraries[release.Library], StringComparer.Ordinal))
            {
                if (releases.Key.Contains(wanted, StringComparison.Ordinal))
                {
                    terminal.Output.WriteLine(
                        ConsoleText.Of($"{releases.Key}  {string.Join(", ", releases.Select(release => $"{release.Version} ({release.Classes} classes)"))}")
                    );
                }
            }

            return ExitCode.Clean;
        });
        return command;
    }

    private static FingerprintIndex Read(string? path)
    {
        if (path is null)
        {
            return FingerprintIndex.Shipped;
        }

        try
        {
            using var file = File.OpenRead(path);
            return FingerprintIndex.Read(file);
        }
        catch (InvalidDataException e)
        {
            throw new ExitException(ExitCode.Usage, $"{path} cannot be used: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TextFiles.Unreadable(path, e);
        }
    }
}
