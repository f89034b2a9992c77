using Ecoscanner.Service.Access;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Storage;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Scheduling;

/// <summary>A platform's database with partners and apps, and a clock that the test moves.</summary>
internal sealed class Town : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public Town(TimeProvider? time = null)
    {
        Folder = Directory.CreateTempSubdirectory("ecoscanner-").FullName;
        Database = Database.Open(Path.Combine(Folder, "platform.db"), time ?? Time);
        Partner = Database.Write(session => Partners.Add(session, Principal.Platform, "acme", "Acme")!);
    }

    public string Folder { get; }

    public ManualTime Time { get; } = new(Start);

    public Database Database { get; }

    public PartnerRow Partner { get; }

    /// <summary>A Connect app of the partner, on a host.</summary>
    public HostingRow Connect(string key, string host = "app.example.com", PartnerRow? partner = null) =>
        Database.Write(session =>
        {
            var app = AppList.Grant(session, Principal.Platform, (partner ?? Partner).Id, key, key)!;
            return AppList.AddHosting(session, app.Id, "connect", $"https://{host}/atlassian-connect.json");
        });

    public string Order(HostingRow hosting, string trigger, int priority = Priority.Asked) =>
        Database.Write(session => RunOrders.Place(session, new RunOrder(hosting.Id, trigger, "rescan", priority, "account:1")));

    public ClaimedRun? Claim(string worker = "w", int leastUrgent = Priority.Campaign) => Database.Write(session => Leases.Claim(session, worker, leastUrgent));

    public bool Complete(ClaimedRun run, RunOutcomeKind kind, string worker = "w", Action<Session>? ingest = null) =>
        Database.Write(session =>
            Leases.Complete(session, run, worker, new RunOutcome(kind, kind == RunOutcomeKind.Reported ? null : "a reason"), ingest ?? (static _ => { }))
        );

    public T One<T>(string sql, object? values = null) => Database.Read(session => session.One<T>(sql, values));

    public void Dispose()
    {
        Database.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
