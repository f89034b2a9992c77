using System.Globalization;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Advisories.Reading;
using Ecoscanner.Cli.Scans;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Probing;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Sinks;

namespace Ecoscanner.Cli.AdvisoryUpdates;

/// <summary>Makes the index anew from its sources, and puts it in the place of the old one where that loses nothing unexpected.</summary>
internal sealed class IndexUpdate(string path, bool isAgreed, Terminal terminal, TimeProvider time)
{
    /// <summary>Sources change by a few records a day; more is a broken feed, or somebody's work.</summary>
    private const double UsualShare = 0.02;

    private const int ShownProblems = 3;

    private string Candidate => $"{path}.candidate";

    public async Task<int> RunAsync(IReadOnlyList<FeedSource> sources, ProbeOptions options)
    {
        using var interruption = new Interruption(() => terminal.Complain("stopping; the index is as it was, and what was fetched is kept"));
        var files = new FeedFiles(Path.Combine(Path.GetDirectoryName(path)!, "downloads"), options, terminal, time);
        var inputs = new List<AdvisoryInput>();
        foreach (var source in sources)
        {
            if (await files.BringAsync(source, interruption.Token) is { } input)
            {
                inputs.Add(input);
            }
        }

        if (IsUpToDate(inputs))
        {
            terminal.Say($"the advisory index is up to date: {Status()}");
            return ExitCode.Clean;
        }

        try
        {
            var outcome = await ImportAsync(inputs, interruption.Token);
            Tell(outcome);
            if (outcome.Advisories == 0)
            {
                throw new ExitException(
                    ExitCode.Usage,
                    "there is no advisory of Maven or npm in it; name a dump of OSV (a ZIP, a folder or JSON lines), or none to fetch the public ones"
                );
            }

            var changes = Compared();
            File.Move(Candidate, path, overwrite: true);
            terminal.Say($"the advisory index is new: {Status()}{changes}");
            return ExitCode.Clean;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TextFiles.Unwritable(path, e);
        }
        finally
        {
            File.Delete(Candidate);
        }
    }

    private async Task<ImportOutcome> ImportAsync(IReadOnlyList<AdvisoryInput> inputs, CancellationToken cancellationToken)
    {
        var progress = new LastRecords();
        await using var line = new ActivityLine(terminal, time, elapsed => $"reading advisories  {progress.Records:N0} records  {elapsed}");
        var import = new AdvisoryImport(AdvisoryOverrides.Shipped, progress, cancellationToken);
        // On a thread of its own: the line is drawn meanwhile.
        return await Task.Run(() => import.Run(inputs, time.GetUtcNow(), Candidate), cancellationToken);
    }

    private void Tell(ImportOutcome outcome)
    {
        foreach (var (record, reason) in outcome.Problems.Take(terminal.IsVerbose ? int.MaxValue : ShownProblems))
        {
            terminal.Say(ConsoleText.Of($"left out: {record}: {reason}"));
        }

        var hidden = outcome.ProblemCount - Math.Min(outcome.ProblemCount, terminal.IsVerbose ? outcome.Problems.Count : ShownProblems);
        if (hidden > 0)
        {
            terminal.Say($"and {hidden} more{(terminal.IsVerbose ? "" : "; -v shows more of them")}");
        }
    }

    // True where each source is the file that the index was made of.
    private bool IsUpToDate(List<AdvisoryInput> inputs)
    {
        try
        {
            using var index = AdvisoryIndex.Open(path);
            index.Verify();
            return inputs.TrueForAll(input => input.Sha256 is not null)
                && index.IsOfThisProgram
                && index.Sources.Select(source => (source.From, source.Sha256)).SequenceEqual(inputs.Select(input => (input.From, input.Sha256)));
        }
        catch (AdvisoryIndexException)
        {
            return false;
        }
    }

    // What changed, in words; asks where it is much.
    private string Compared()
    {
        try
        {
            using var old = AdvisoryIndex.Open(path);
            old.Verify();
            using var candidate = AdvisoryIndex.Open(Candidate);
            var changes = IndexChanges.Between(old, candidate);
            var words = string.Create(
                CultureInfo.InvariantCulture,
                $"{changes.Number(AdvisoryChangeKind.Added):N0} added, {changes.Number(AdvisoryChangeKind.Changed):N0} changed, {changes.Number(AdvisoryChangeKind.Withdrawn):N0} withdrawn, {changes.Number(AdvisoryChangeKind.Removed):N0} gone, {changes.Number(AdvisoryChangeKind.Reinstated):N0} back"
            );
            if (changes.ShareOfOld > UsualShare && !isAgreed)
            {
                Ask(words, changes.ShareOfOld);
            }

            return $"; {words}";
        }
        catch (AdvisoryIndexException e)
        {
            // The old one answers nothing, so nothing can be lost.
            if (e.Problem != AdvisoryIndexProblem.Missing)
            {
                terminal.Say(ConsoleText.Of($"the old one is replaced without comparing: {e.Message}"));
            }

            return "";
        }
    }

    private void Ask(string words, double share)
    {
        var much = string.Create(
            CultureInfo.InvariantCulture,
            $"this update touches {share:0.0%} of the old records ({words}); usual are {UsualShare:0%} at most"
        );
        if (Console.IsInputRedirected || !terminal.ErrorIsTerminal)
        {
            throw new ExitException(
                ExitCode.Incomplete,
                [$"{much}, and nobody is there to ask", "the index is as it was; look at the sources, then: ecoscanner advisories update --yes"]
            );
        }

        terminal.Say(much);
        if (!new Questions(terminal).Line("take it? y/N ").StartsWith("y", StringComparison.OrdinalIgnoreCase))
        {
            throw new ExitException(ExitCode.Incomplete, "the index is as it was");
        }
    }

    private string Status()
    {
        using var index = AdvisoryIndex.Open(path);
        return string.Create(CultureInfo.InvariantCulture, $"snapshot {index.ShortSnapshot}, {index.Count:N0} advisories of {index.PackageCount:N0} packages");
    }

    private sealed class LastRecords : IProgress<FeedProgress>
    {
        private long records;

        public long Records => Interlocked.Read(ref records);

        public void Report(FeedProgress value) => Interlocked.Exchange(ref records, value.Records);
    }
}
