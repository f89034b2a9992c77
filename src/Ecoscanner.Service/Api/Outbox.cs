using System.Text;
using System.Text.Json;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>
/// What people are to be told by mail: put down with what causes it, sealed, and then given, one file each, to the folder from which the operator's own
/// program sends. A link in it is a secret, so the row goes with the file.
/// </summary>
public sealed class Outbox(string folder, Database database, PartnerKeys keys)
{
    private const string Purpose = "outbox";
    private const int Batch = 100;

    /// <summary>Puts it down, in the transaction of what causes it.</summary>
    public void Put(Session session, AccessNotice notice) =>
        session.Execute(
            "insert into outbox (at, sealed) values (@Clock, @box)",
            new { session.Clock, box = keys.Seal(PartnerKeys.Platform, Purpose, JsonSerializer.SerializeToUtf8Bytes(notice, ApiJson.Default.AccessNotice)) }
        );

    /// <summary>Gives what waits to the folder; how many.</summary>
    public int Give()
    {
        var rows = database.Read(session => session.List<Row>("select id, sealed from outbox order by id limit @Batch", new { Batch }));
        foreach (var row in rows)
        {
            var path = Path.Combine(folder, $"{row.Id:D10}.json");
            KeyFile.Write(path, [.. keys.Open(PartnerKeys.Platform, Purpose, row.Sealed), .. Encoding.UTF8.GetBytes("\n")]);
            database.Write(session => session.Execute("delete from outbox where id = @Id", new { row.Id }));
        }

        return rows.Count;
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public byte[] Sealed { get; init; } = [];
    }
}
