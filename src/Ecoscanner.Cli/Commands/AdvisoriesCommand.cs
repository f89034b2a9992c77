using System.CommandLine;
using System.Globalization;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Cli.AdvisoryUpdates;
using Ecoscanner.Cli.Scans;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Packages;
using Ecoscanner.Probing;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Sinks;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner advisories</c>: the known vulnerabilities that libraries are compared with.</summary>
internal static class AdvisoriesCommand
{
    private static readonly Option<string[]> From = new("--from")
    {
        Description =
            "take records from this folder, file (ZIP, JSON lines) or URL instead of the public sources: a mirror, or what was carried in; KEV and EPSS are known by their file names; repeatable",
        HelpName = "PLACE",
    };

    private static readonly Option<string[]> Digest = new("--digest")
    {
        Description = "the file of --from must have this digest, sha256:HEX; one for each --from, in their order",
        HelpName = "DIGEST",
    };

    private static readonly Option<string[]> Trust = new("--trust")
    {
        Description = "trust the root certificates in this PEM file too; repeatable",
        HelpName = "ROOT.pem",
    };
    private static readonly Option<bool> Yes = new("--yes") { Description = "take an update that touches much, without asking" };

    private static readonly Argument<string> Subject = new("ADVISORY")
    {
        Description = "an advisory's id (CVE-…, GHSA-…, MAL-…) or a package (pkg:maven/org.yaml/snakeyaml@1.33)",
    };

    public static Command Create(Terminal terminal)
    {
        var update = new Command("update", "Make the index anew: from the public sources of OSV, CISA and FIRST, or from what --from names.")
        {
            From,
            Digest,
            Trust,
            Yes,
        };
        update.SetAction(
            (arguments, _) =>
            {
                var places = arguments.GetValue(From) ?? [];
                var digests = arguments.GetValue(Digest) ?? [];
                var sources = places.Length + digests.Length > 0 ? FeedSource.Of(places, digests) : FeedSource.Public;
                var options = new ProbeOptions { RunId = "advisories", TrustedRoots = ScanSetup.TrustedRoots(arguments.GetValue(Trust) ?? []) };
                return new IndexUpdate(AdvisoryHome.IndexPath(), arguments.GetValue(Yes), terminal, TimeProvider.System).RunAsync(sources, options);
            }
        );
        var show = new Command("show", "Show an advisory, or what affects a package.") { Subject };
        show.SetAction(arguments => Guarded(index => Show(index, arguments.GetRequiredValue(Subject), terminal)));
        var status = new Command("status", "Say which advisories are there, how old they are and where they are from.");
        status.SetAction(_ => Guarded(index => Status(index, terminal, TimeProvider.System)));
        return new Command("advisories", "Known vulnerabilities of libraries: fetch them, look at them.") { update, show, status };
    }

    private static int Show(AdvisoryIndex index, string subject, Terminal terminal)
    {
        var page = new AdvisoryPage(index, terminal);
        if (subject.StartsWith("pkg:", StringComparison.OrdinalIgnoreCase))
        {
            if (!PackageUrl.TryParse(subject, out var package))
            {
                throw new ExitException(ExitCode.Usage, $"{subject} is no package URL of Maven or npm; write it like pkg:maven/org.yaml/snakeyaml@1.33");
            }

            page.Write(package);
            return ExitCode.Clean;
        }

        if (index.Find(subject) is not { } advisory)
        {
            throw new ExitException(
                ExitCode.NothingToScan,
                $"no advisory of Maven or npm has the id {subject} in snapshot {index.ShortSnapshot} of {Day(index.Built)}; for newer ones: ecoscanner advisories update"
            );
        }

        page.Write(advisory.Read());
        return ExitCode.Clean;
    }

    private static int Status(AdvisoryIndex index, Terminal terminal, TimeProvider time)
    {
        index.Verify();
        var paint = new Paint(terminal.OutputHasColour);
        var age = time.GetUtcNow() - index.Built;
        var invariant = CultureInfo.InvariantCulture;
        terminal.Output.WriteLine($"snapshot    {paint.Bold(index.ShortSnapshot)}");
        terminal.Output.WriteLine($"built       {index.Built.UtcDateTime.ToString("yyyy-MM-dd HH:mm", invariant)} UTC, {Age(age)}");
        terminal.Output.WriteLine(string.Create(invariant, $"advisories  {index.Count:N0} of {index.PackageCount:N0} packages"));
        terminal.Output.WriteLine(
            string.Create(invariant, $"exploited   {index.ExploitedCount:N0} CVEs in CISA's catalogue, {index.PredictedCount:N0} with an EPSS score")
        );
        terminal.Output.WriteLine(string.Create(invariant, $"file        {ConsoleText.Of(index.Path)}, {index.Length / 1048576.0:0.0} MB"));
        terminal.Output.WriteLine("sources");
        foreach (var source in index.Sources)
        {
            var date = source.Date is { } day ? $" of {Day(day)}" : "";
            var licence = source.Licence is { } text ? $", {text}" : "";
            terminal.Output.WriteLine(
                ConsoleText.Of(string.Create(invariant, $"  {source.Name}{date}: {source.Records:N0} records{licence}, from {source.From}"))
            );
        }

        return ExitCode.Clean;
    }

    private static int Guarded(Func<AdvisoryIndex, int> use)
    {
        try
        {
            using var index = AdvisoryIndex.Open(AdvisoryHome.IndexPath());
            return use(index);
        }
        catch (AdvisoryIndexException e)
        {
            throw new ExitException(e.Problem == AdvisoryIndexProblem.Missing ? ExitCode.NothingToScan : ExitCode.Usage, e.Message, e);
        }
    }

    private static string Age(TimeSpan age) =>
        age.TotalDays >= 2 ? $"{(int)age.TotalDays} days ago"
        : age.TotalHours >= 2 ? $"{(int)age.TotalHours} hours ago"
        : "just now";

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
