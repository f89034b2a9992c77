using System.Security.Cryptography;
using System.Text;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tests.Storage;

public sealed class RetentionTests : IDisposable
{
    private static readonly byte[] Needle = Encoding.UTF8.GetBytes("needle-0c9b7e11-in-an-archive");

    private readonly TestPlatform platform = new();
    private readonly Blobs blobs;
    private readonly Retention retention;

    public RetentionTests()
    {
        blobs = new Blobs(Path.Combine(platform.Folder, "blobs"), platform.Keys, platform.Time);
        retention = new Retention(platform.Database, blobs);
    }

    [Fact]
    public async Task An_archive_is_deleted_after_its_analysis_and_nothing_of_it_stays()
    {
        var blob = await AddAsync("a", Needle);
        var sealedFile = File.ReadAllBytes(Directory.GetFiles(Path.Combine(platform.Folder, "blobs", "1"), "*", SearchOption.AllDirectories).Single());
        Run("r", "a", "running");
        platform.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, retention.Sweep());
        Assert.True(blobs.Contains(TestPlatform.Ours, blob.Digest));

        platform.Database.Write(session => session.Execute("update run set state = 'done', ended_at = @Clock", new { session.Clock }));
        Assert.Equal(1, retention.Sweep());
        Assert.False(blobs.Contains(TestPlatform.Ours, blob.Digest));
        Files.HoldNone(platform.Folder, Needle, sealedFile[BlobFormat.HeadBytes..]);
        Assert.Equal(0, retention.Sweep());
    }

    [Fact]
    public async Task What_was_just_written_is_left_alone_for_its_row_may_be_on_the_way()
    {
        var blob = await AddAsync("a", Needle);
        platform.Time.Advance(Retention.Grace + TimeSpan.FromMinutes(1));
        // The same content again, and its row is not there yet.
        await blobs.WriteAsync(TestPlatform.Ours, new MemoryStream(Needle), 1000, TestContext.Current.CancellationToken);
        Assert.Equal(0, retention.Sweep());
        Assert.True(blobs.Contains(TestPlatform.Ours, blob.Digest));
    }

    [Fact]
    public async Task A_content_that_another_row_names_stays()
    {
        var blob = await AddAsync("a", Needle);
        await AddAsync("b", Needle, keep: TimeSpan.FromDays(1));
        platform.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, retention.Sweep());
        Assert.True(blobs.Contains(TestPlatform.Ours, blob.Digest));
        platform.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, retention.Sweep());
        Assert.False(blobs.Contains(TestPlatform.Ours, blob.Digest));
    }

    [Fact]
    public async Task Reports_go_after_their_time_and_a_partners_own_choice_goes_before_everybodys()
    {
        var blob = (await blobs.WriteAsync(TestPlatform.Ours, new MemoryStream(Needle), 1000, TestContext.Current.CancellationToken))!;
        Run("r", null, "done");
        platform.Database.Write(session => session.Execute("update run set report_digest = @Digest, ended_at = @Clock", new { blob.Digest, session.Clock }));
        platform.Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal(0, retention.Sweep());
        platform.Database.Write(session => Retention.Choose(session, "report", TestPlatform.Theirs, TimeSpan.FromDays(30), "account:x"));
        Assert.Equal(0, retention.Sweep());
        platform.Database.Write(session => Retention.Choose(session, "report", TestPlatform.Ours, TimeSpan.FromDays(30), "account:x"));
        Assert.Equal(1, retention.Sweep());
        Assert.False(blobs.Contains(TestPlatform.Ours, blob.Digest));
        platform.Database.Write(session => Retention.Choose(session, "report", TestPlatform.Ours, null, "account:x"));
        Assert.Equal(TimeSpan.FromDays(730), platform.Database.Read(session => Retention.Of(session, "report", TestPlatform.Ours)));
    }

    [Fact]
    public void Evidence_goes_a_while_after_its_finding_was_closed_unless_another_finding_has_the_same()
    {
        var (alone, shared) = (Evidence("alone"), Evidence("shared"));
        Run("r", null, "done");
        Finding(1, "alone", isClosed: true);
        Finding(2, "shared", isClosed: true);
        Finding(3, "shared", isClosed: false);
        platform.Time.Advance(TimeSpan.FromDays(364));
        Assert.Equal(0, retention.Sweep());
        platform.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, retention.Sweep());
        Assert.Equal(["shared"], platform.Database.Read(session => session.List<string>("select digest from evidence")));
        Files.HoldNone(platform.Folder, alone);
        Assert.NotEmpty(shared);
    }

    [Fact]
    public void The_sweep_reads_indices_and_not_tables()
    {
        platform.Database.Read(session =>
        {
            foreach (
                var sql in new[]
                {
                    "select id from run r where r.report_digest is not null and r.ended_at <= 5 order by r.ended_at limit 5",
                    "select id from finding f where f.closed_at is not null and f.evidence_digest is not null and f.closed_at <= 5 order by f.closed_at limit 5",
                    "select 1 from finding f where f.evidence_digest = 'x' and f.partner_id = 1",
                    "select partner_id from run where partner_id = 1 and report_digest = 'x'",
                }
            )
            {
                var plan = string.Join('\n', session.List<Step>($"explain query plan {sql}").Select(step => step.Detail));
                Assert.Matches("USING (COVERING )?INDEX (run_report|finding_evidence)", plan);
            }

            return true;
        });
    }

    public void Dispose() => platform.Dispose();

    private async Task<Blob> AddAsync(string id, byte[] content, TimeSpan? keep = null)
    {
        var blob = (await blobs.WriteAsync(TestPlatform.Ours, new MemoryStream(content), 1000, TestContext.Current.CancellationToken))!;
        platform.Database.Write(session =>
            session.Execute(
                """
                insert into artifact (id, partner_id, app_id, digest, bytes, name, kind, origin, added_at, added_by, delete_after)
                values (@id, 1, 1, @Digest, @Bytes, 'app.jar', 'archive', 'upload', @Clock, 'test', @after)
                """,
                new
                {
                    id,
                    blob.Digest,
                    blob.Bytes,
                    session.Clock,
                    after = Retention.DeleteAfter(session, "archive", TestPlatform.Ours) + (long)(keep ?? TimeSpan.Zero).TotalMilliseconds,
                }
            )
        );
        return blob;
    }

    private void Run(string id, string? artifact, string state) =>
        platform.Database.Write(session =>
            session.Execute(
                """
                insert into run (id, partner_id, app_id, hosting_id, artifact_id, trigger_key, reason, state, requested_by, queued_at)
                values (@id, 1, 1, 1, @artifact, @id, 'upload', @state, 'test', @Clock)
                """,
                new
                {
                    id,
                    artifact,
                    state,
                    session.Clock,
                }
            )
        );

    private byte[] Evidence(string digest)
    {
        var content = RandomNumberGenerator.GetBytes(64);
        platform.Database.Write(session =>
            session.Execute("insert into evidence (partner_id, digest, sealed, added_at) values (1, @digest, @content, 0)", new { digest, content })
        );
        return content;
    }

    private void Finding(long id, string evidence, bool isClosed) =>
        platform.Database.Write(session =>
            session.Execute(
                """
                insert into finding (id, partner_id, app_id, hosting_id, hosting, rule, family, requirement, fingerprint, severity, cvss, confidence, place, place_identity,
                    raises_tickets, state, scanner, scanner_version, first_run, first_seen_at, changed_at, closed_at, evidence_digest)
                values (@id, 1, 1, 1, 'connect', 'r', 'f', 'q', @id, 1, 1, 1, 'p', 'p', 1, 'fixed', 's', 1, 'r', @Clock, @Clock, @closed, @evidence)
                """,
                new
                {
                    id,
                    session.Clock,
                    closed = isClosed ? session.Clock : (long?)null,
                    evidence,
                }
            )
        );

    private sealed record Step
    {
        public string Detail { get; init; } = "";
    }
}
