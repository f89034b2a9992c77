using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Storage;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Findings;

/// <summary>A platform in a folder of its own, with one partner, one app and its hosting, and a clock that is moved by hand.</summary>
internal sealed class IngestSite : IDisposable
{
    public const string AppKey = "com.example.app";

    public const string DescriptorUrl = "https://app.example.com/atlassian-connect.json";

    private readonly string folder;
    private readonly bool isOwner;
    private int triggers;

    public IngestSite(string? folder = null, TimeProvider? time = null)
    {
        isOwner = folder is null;
        this.folder = folder ?? Directory.CreateTempSubdirectory("ecoscanner-").FullName;
        Database = Database.Open(Path.Combine(this.folder, "platform.db"), time ?? Time);
        Keys = PartnerKeys.Open(Path.Combine(this.folder, "keys"));
        Blobs = new Blobs(Path.Combine(this.folder, "blobs"), Keys, Time);
        Ingestion = new Ingestion(Database, Keys, Blobs, (_, run, changes) => Changes.AddRange(changes));
        if (Database.Read(session => session.One<long>("select count(*) from partner")) == 0)
        {
            HostingId = Database.Write(session => AddApp(session, AddPartner(session, "acme"), AppKey));
        }
    }

    public ManualTime Time { get; } = new(new DateTimeOffset(2026, 11, 27, 0, 0, 0, TimeSpan.Zero));

    public Database Database { get; }

    public PartnerKeys Keys { get; }

    public Blobs Blobs { get; }

    public Ingestion Ingestion { get; }

    public string Folder => folder;

    public long HostingId { get; init; } = 1;

    public List<FindingChange> Changes { get; } = [];

    public IReadOnlyList<FindingChangeKind> Kinds => [.. Changes.Select(change => change.Kind)];

    public static long AddPartner(Session session, string key) =>
        session.One<long>("insert into partner (key, name, created_at) values (@key, @key, @Clock) returning id", new { key, session.Clock });

    public static long AddApp(Session session, long partner, string key, string ownership = "granted", string hosting = "connect")
    {
        var app = session.One<long>(
            "insert into app (partner_id, key, name, ownership, created_at) values (@partner, @key, @key, @ownership, @Clock) returning id",
            new
            {
                partner,
                key,
                ownership,
                session.Clock,
            }
        );
        return session.One<long>(
            "insert into app_hosting (app_id, hosting, descriptor_url, created_at) values (@app, @hosting, @url, @Clock) returning id",
            new
            {
                app,
                hosting,
                url = hosting == "connect" ? DescriptorUrl : null,
                session.Clock,
            }
        );
    }

    public string Queue(Func<RunRequest, RunRequest>? change = null)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        var request = new RunRequest(HostingId, $"test:{++triggers}:{Guid.NewGuid()}", RunReason.Scheduled, "test");
        return Database.Write(session =>
        {
            var id = RunLog.Queue(session, change?.Invoke(request) ?? request);
            RunLog.Start(session, id);
            return id;
        });
    }

    public IngestResult Ingest(MadeReport report, Func<RunRequest, RunRequest>? change = null) =>
        Ingestion.IngestAsync(Queue(change), report.Build(), IngestOptions.None, TestContext.Current.CancellationToken).GetAwaiter().GetResult();

    public IReadOnlyList<string> States() => Database.Read(session => session.List<string>("select state from finding order by id"));

    public string State() => Assert.Single(States());

    public long Count(string table) => Database.Read(session => session.One<long>($"select count(*) from {table}"));

    public void Dispose()
    {
        Database.Dispose();
        if (isOwner)
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
