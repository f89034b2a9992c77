using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests;

/// <summary>A platform in a folder of its own, with a clock that the test moves, two partners and an app of each.</summary>
internal sealed class Platform : IDisposable
{
    public const long Ours = 1;
    public const long Theirs = 2;

    public Platform()
    {
        Database = Database.Open(Path.Combine(Folder, "platform.db"), Time);
        Keys = PartnerKeys.Open(Path.Combine(Folder, "keys"));
        Database.Write(session =>
        {
            foreach (var (id, key) in new[] { (Ours, "ours"), (Theirs, "theirs") })
            {
                session.Execute(
                    "insert into partner (id, key, name, created_at) values (@id, @key, @key, @Clock)",
                    new
                    {
                        id,
                        key,
                        session.Clock,
                    }
                );
                session.Execute(
                    "insert into app (id, partner_id, key, name, ownership, created_at) values (@id, @id, @key, @key, 'proven', @Clock)",
                    new
                    {
                        id,
                        key,
                        session.Clock,
                    }
                );
                session.Execute(
                    "insert into app_hosting (id, app_id, hosting, created_at) values (@id, @id, 'connect', @Clock)",
                    new { id, session.Clock }
                );
            }
        });
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("ecoscanner-").FullName;

    public ManualTime Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public Database Database { get; }

    public PartnerKeys Keys { get; }

    public static Principal With(Role role, long? partnerId, long? appId = null) =>
        new()
        {
            Kind = "account",
            Id = $"{role}",
            Grants = [new Grant(role, partnerId, appId)],
            IsFresh = true,
        };

    public void Dispose()
    {
        Database.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
