using System.Diagnostics;
using System.Globalization;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tests.Findings;

public sealed class RecoveryTests
{
    // The child is this very program, that runs this one test with the folder given.
    private const string FolderVariable = "ECOSCANNER_RECOVERY_FOLDER";
    private const int Seed = 7;
    private const int Hosts = 60;

    private static int Kills => Environment.GetEnvironmentVariable("ECOSCANNER_SLOW") == "1" ? 200 : 10;

    [Fact]
    public async Task Killed_at_any_moment_no_finding_is_lost_or_doubled_and_the_audit_is_whole()
    {
        var folder = Directory.CreateTempSubdirectory("ecoscanner-");
        try
        {
            var random = new Random(Seed);
            var (told, done) = (new HashSet<int>(), 0);
            for (var kill = 0; kill < Kills; kill++)
            {
                // Every other one while it takes in its first report, or the one that was broken off.
                told.UnionWith(await RunAndKillAsync(folder.FullName, hasTold: kill % 2 == 0, TimeSpan.FromMilliseconds(random.Next(1, 700))));
                done = Check(folder.FullName, told);
            }

            TestContext.Current.SendDiagnosticMessage($"{Kills} kills, {told.Count} runs told, {done} runs done");
            Assert.NotEmpty(told);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Not a test: what the child does until it is killed.</summary>
    [Fact]
    public async Task Takes_reports_in_where_it_is_the_child_of_the_other_test()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { } folder)
        {
            return;
        }

        using var site = new IngestSite(folder, TimeProvider.System);
        // As tickets: something that follows in the same transaction.
        var ingestion = new Ingestion(site.Database, site.Keys, site.Blobs, Tell);
        using var output = new StreamWriter(Path.Combine(folder, $"told-{Environment.ProcessId}"));
        var round = site.Database.Read(session => session.One<long>("select count(*) from run where state = 'done'"));
        while (true)
        {
            var run = site.Database.Write(session =>
            {
                var id = RunLog.Queue(session, new RunRequest(1, string.Create(CultureInfo.InvariantCulture, $"round:{round}"), RunReason.Scheduled, "test"));
                RunLog.Start(session, id);
                return id;
            });
            await ingestion.IngestAsync(run, Report((int)round).Build(), IngestOptions.None, TestContext.Current.CancellationToken);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{round}"));
            await output.FlushAsync(TestContext.Current.CancellationToken);
            round++;
        }
    }

    private static void Tell(Session session, RunRow run, IReadOnlyList<FindingChange> changes)
    {
        foreach (var change in changes)
        {
            session.Execute(
                "insert into finding_event (finding_id, at, kind, run_id, actor, detail) values (@FindingId, @Clock, @kind, @RunId, 'tickets', '{}')",
                new
                {
                    change.FindingId,
                    session.Clock,
                    kind = $"told-{change.Kind}",
                    change.RunId,
                }
            );
        }
    }

    private static async Task<IReadOnlyList<int>> RunAndKillAsync(string folder, bool hasTold, TimeSpan after)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [FolderVariable] = folder },
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(RecoveryTests).Assembly.Location);
        }

        foreach (
            var argument in (string[])["--filter-method", $"*{nameof(Takes_reports_in_where_it_is_the_child_of_the_other_test)}", "--no-progress", "--no-ansi"]
        )
        {
            start.ArgumentList.Add(argument);
        }

        using var child = Process.Start(start)!;
        child.OutputDataReceived += static (_, _) => { };
        child.ErrorDataReceived += static (_, _) => { };
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        var told = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"told-{child.Id}"));
        var patience = Stopwatch.StartNew();
        while (
            !(hasTold ? new FileInfo(told) is { Exists: true, Length: > 0 } : File.Exists(told))
            && !child.HasExited
            && patience.Elapsed < TimeSpan.FromMinutes(2)
        )
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.True(File.Exists(told), "the child did not begin");
        await Task.Delay(after, TestContext.Current.CancellationToken);
        // SIGKILL.
        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        var lines = await File.ReadAllTextAsync(told, TestContext.Current.CancellationToken);
        // The last line may be half of one.
        return
        [
            .. lines[..(lines.LastIndexOf('\n') + 1)]
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => int.Parse(line, CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>Holds what is stored against what the rounds that are done must have left.</summary>
    private static int Check(string folder, HashSet<int> told)
    {
        using var site = new IngestSite(folder, TimeProvider.System);
        return site.Database.Read(session =>
        {
            Assert.Equal("ok", session.One<string>("pragma integrity_check"));
            var done = session
                .List<RunRow>("select * from run where state = 'done'")
                .Select(run => (Run: run, Round: int.Parse(run.TriggerKey["round:".Length..], CultureInfo.InvariantCulture)))
                .OrderBy(pair => pair.Round)
                .ToList();
            // One after the other, each once; all that the child said it took in among them.
            Assert.Equal(Enumerable.Range(0, done.Count), done.Select(pair => pair.Round));
            Assert.Subset(done.Select(pair => pair.Round).ToHashSet(), told);
            CheckFindings(session, done);
            CheckAudit(session, done.Count);
            foreach (var (run, _) in done.TakeLast(3))
            {
                using var report = site.Blobs.Open(run.PartnerId, run.ReportDigest!);
                Assert.NotNull(report);
                report.CopyTo(Stream.Null);
            }

            return done.Count;
        });
    }

    private static void CheckFindings(Session session, List<(RunRow Run, int Round)> done)
    {
        var expected = new Dictionary<string, bool>(StringComparer.Ordinal);
        var (opened, closed) = (0, 0);
        foreach (var (run, round) in done)
        {
            var seen = Report(round).Findings.Select(finding => finding.Location.Identity).ToHashSet(StringComparer.Ordinal);
            var opens = seen.Count(place => !expected.GetValueOrDefault(place));
            var closes = expected.Count(pair => pair.Value && !seen.Contains(pair.Key));
            Assert.Equal((opens, closes), ((int)run.Opened, (int)run.Closed));
            (opened, closed) = (opened + opens, closed + closes);
            foreach (var place in seen.Concat(expected.Keys).Distinct(StringComparer.Ordinal).ToList())
            {
                expected[place] = seen.Contains(place);
            }
        }

        var stored = session.List<(string Place, string State)>("select place_identity, state from finding");
        Assert.Equal(
            expected.Select(pair => (pair.Key, pair.Value ? "confirmed" : "fixed")).OrderBy(pair => pair.Key, StringComparer.Ordinal),
            stored.OrderBy(pair => pair.Place, StringComparer.Ordinal)
        );
        Assert.Equal(opened, session.One<long>("select count(*) from finding_event where kind in ('opened', 'reopened')"));
        Assert.Equal(opened, session.One<long>("select count(*) from finding_event where kind in ('told-Confirmed', 'told-Reopened')"));
        Assert.Equal(closed, session.One<long>("select count(*) from finding_event where kind = 'told-Fixed'"));
        Assert.Equal(0, session.One<long>("select count(*) from finding_event e join run r on r.id = e.run_id where r.state <> 'done'"));
        Assert.Equal(stored.Count, session.One<long>("select count(*) from finding_alias"));
        Assert.Equal(stored.Count, session.One<long>("select count(*) from finding_attribution"));
    }

    private static void CheckAudit(Session session, int runs)
    {
        var events = session.List<AuditRow>("select * from audit_event where partner_id = 1 order by sequence");
        Assert.Equal(runs, events.Count);
        var previous = AuditLog.Beginning;
        foreach (var (row, sequence) in events.Select((row, at) => (row, at + 1L)))
        {
            Assert.Equal(sequence, row.Sequence);
            Assert.Equal(previous, row.PreviousHash);
            var entry = new AuditEntry(1, row.ActorKind, row.Actor, row.Action, row.Object, row.Purpose, row.Detail);
            Assert.Equal(row.Hash, AuditLog.Hash(previous, sequence, row.At, entry));
            previous = row.Hash;
        }
    }

    private static MadeReport Report(int round)
    {
        var random = new Random(Seed + round);
        var hosts = Enumerable.Range(0, Hosts).Select(i => $"host{i}.example.com").ToArray();
        return new MadeReport
        {
            Findings = [.. hosts.Where(_ => random.Next(2) == 0).Select(MadeReport.OfTls)],
            Covered = [.. hosts.Select(host => new Ecoscanner.Findings.CoveredPlace("transport-security", $"https://{host}:443"))],
            Verdicts =
            [
                .. hosts.Select(host => new Ecoscanner.Findings.PlaceVerdict(MadeReport.Tls, Ecoscanner.Findings.Verdict.Pass, $"https://{host}:443", "good")),
            ],
            Scanners = [new MadeReport().Scanners[0]],
        };
    }

    private sealed record AuditRow
    {
        public long Sequence { get; init; }
        public long At { get; init; }
        public string ActorKind { get; init; } = "";
        public string Actor { get; init; } = "";
        public string Action { get; init; } = "";
        public string Object { get; init; } = "";
        public string Purpose { get; init; } = "";
        public string Detail { get; init; } = "";
        public byte[] PreviousHash { get; init; } = [];
        public byte[] Hash { get; init; } = [];
    }
}
