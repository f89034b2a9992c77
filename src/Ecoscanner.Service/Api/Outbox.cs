using System.Text;
using System.Text.Json;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Mail;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>
/// What people are to be told by mail: put down with what causes it, sealed, a row for each of them, so that one who cannot be told holds up nobody and sees
/// nobody's address. A row goes when the mail server took it or, where the operator named none, with the file in the folder from which their own program
/// sends. A link in it is a secret: what waits of a link that was taken, revoked or has ended is destroyed.
/// </summary>
public sealed class Outbox(string folder, Database database, PartnerKeys keys)
{
    private const string Purpose = "outbox";
    private const int Batch = 100;

    /// <summary>Times that one mail is tried: with the pauses between them the five days that RFC 5321, 4.5.4.1 asks for.</summary>
    public const int MostAttempts = 36;

    // How long it is known that somebody could not be told; the audit knows it for good.
    private static readonly TimeSpan KnownUndeliverable = TimeSpan.FromDays(30);

    // After the first attempt, the second, …; the last one again and again. A server that greylists wants some minutes.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(4),
    ];

    /// <summary>Puts it down, in the transaction of what causes it.</summary>
    public void Put(Session session, AccessNotice notice)
    {
        var link = Detail.Text(notice.Detail, "token") is { } token ? Secret.Hash(token) : null;
        foreach (var recipient in notice.Recipients.Distinct(StringComparer.Ordinal))
        {
            var alone = JsonSerializer.SerializeToUtf8Bytes(notice with { Recipients = [recipient] }, ApiJson.Default.AccessNotice);
            session.Execute(
                "insert into outbox (at, message_id, sealed, link, due_at) values (@Clock, @id, @box, @link, @Clock)",
                new
                {
                    session.Clock,
                    id = $"{Guid.CreateVersion7(session.Now):N}",
                    box = keys.Seal(PartnerKeys.Platform, Purpose, alone),
                    link,
                }
            );
        }
    }

    /// <summary>Destroys what waits, in rows or as files, of links that were taken, revoked or have ended.</summary>
    public void Clear()
    {
        var now = database.Read(session => session.Now);
        if (database.Read(session => session.Find<long?>($"select id from outbox where {Over} limit 1", Values(now))) is not null)
        {
            database.Write(session => session.Execute($"delete from outbox where {Over}", Values(now)));
        }

        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*-*.json"))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (LinkOf(name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..]) is { } link && !database.Read(session => IsOpen(session, link)))
            {
                KeyFile.Destroy(path);
            }
        }
    }

    /// <summary>Gives what waits to the folder; how many.</summary>
    public int Give()
    {
        var rows = database.Read(session =>
            session.List<Row>($"{Select} where undeliverable_at is null and (link is null or {Open}) order by id limit @Batch", new { session.Clock, Batch })
        );
        foreach (var row in rows)
        {
            // The name of its link, so that the file goes when the link does.
            var name = row.Link is { } link ? $"{row.MessageId}-{Convert.ToHexStringLower(link)}.json" : $"{row.MessageId}.json";
            KeyFile.Write(Path.Combine(folder, name), [.. keys.Open(PartnerKeys.Platform, Purpose, row.Sealed), .. Encoding.UTF8.GetBytes("\n")]);
            Sent(row.Id);
        }

        return rows.Count;
    }

    /// <summary>What is to be sent now, what waits longest first.</summary>
    internal IReadOnlyList<DueMail> Due(Uri origin) =>
        database.Read(session =>
            session
                .List<Row>(
                    // A clock that was ahead keeps nobody waiting.
                    $"""
                    {Select} where undeliverable_at is null and (due_at <= @Clock or due_at > @late) and (link is null or {Open})
                    order by due_at, id limit @Batch
                    """,
                    new
                    {
                        session.Clock,
                        late = session.Clock + (long)Pauses[^1].TotalMilliseconds,
                        Batch,
                    }
                )
                .Select(row => Read(session, row, origin))
                .ToList()
        );

    /// <summary>The mail server took it.</summary>
    internal void Sent(long id) => database.Write(session => session.Execute("delete from outbox where id = @id", new { id }));

    /// <summary>It was tried and is tried again later, after others; true where it was tried often enough, and nobody tries again.</summary>
    internal bool Later(DueMail mail, string why)
    {
        if (mail.Attempts + 1 >= MostAttempts)
        {
            Undeliverable(mail, why);
            return true;
        }

        var pause = Pauses[Math.Min((int)mail.Attempts, Pauses.Length - 1)];
        database.Write(session =>
            session.Execute(
                "update outbox set attempts = attempts + 1, due_at = @due where id = @Id",
                new { mail.Id, due = session.Clock + (long)pause.TotalMilliseconds }
            )
        );
        return false;
    }

    /// <summary>Nobody can be told: it stands in the audit of whom it concerns, and is counted.</summary>
    internal void Undeliverable(DueMail mail, string why) =>
        database.Write(session =>
        {
            session.Execute(
                "update outbox set undeliverable_at = @Clock, sealed = @nothing, link = null where id = @Id",
                new
                {
                    session.Clock,
                    mail.Id,
                    nothing = Array.Empty<byte>(),
                }
            );
            var detail = Detail.Of(("mail", mail.Kind), ("message-id", mail.Mail.Id), ("why", why));
            AuditLog.Record(session, new AccessEvent(mail.PartnerId, Principal.Platform, "mail-undeliverable", $"email:{mail.Mail.Recipient}", detail));
        });

    /// <summary>How many wait, and how many could not be told in the last days.</summary>
    internal static (long Waiting, long Undeliverable) Count(Session session) =>
        (
            session.One<long>("select count(*) from outbox where undeliverable_at is null"),
            session.One<long>("select count(*) from outbox where undeliverable_at is not null")
        );

    private const string Select = "select id, at, message_id, sealed, link, attempts from outbox";

    private const string Open = "exists (select 1 from invitation i where i.token_hash = link and i.used_at is null and i.expires_at > @Clock)";

    private const string Over = $"(link is not null and not {Open}) or undeliverable_at < @old";

    private static object Values(DateTimeOffset now) => new { Clock = now.ToUnixTimeMilliseconds(), old = (now - KnownUndeliverable).ToUnixTimeMilliseconds() };

    private static bool IsOpen(Session session, byte[] link) =>
        session.Find<long?>("select 1 from invitation where token_hash = @link and used_at is null and expires_at > @Clock", new { link, session.Clock })
            is not null;

    private static byte[]? LinkOf(string hex)
    {
        var link = new byte[32];
        return
            Convert.FromHexString(hex, link, out var read, out var written) == System.Buffers.OperationStatus.Done
            && read == hex.Length
            && written == link.Length
            ? link
            : null;
    }

    private DueMail Read(Session session, Row row, Uri origin)
    {
        var notice = JsonSerializer.Deserialize(keys.Open(PartnerKeys.Platform, Purpose, row.Sealed), ApiJson.Default.AccessNotice)!;
        var partner = session.Find<string>("select name from partner where id = @PartnerId", new { notice.PartnerId });
        var at = DateTimeOffset.FromUnixTimeMilliseconds(row.At);
        var told = notice with { Detail = Named(session, notice) };
        var mail = new OutgoingMail(row.MessageId, at, notice.Recipients[0], MailText.Of(told, notice.Recipients[0], partner, origin));
        return new DueMail(row.Id, row.Attempts, notice.PartnerId, notice.Kind, mail);
    }

    // People know each other by their e-mails; whose names and numbers in the platform's staff are no partner's matter.
    private static string Named(Session session, AccessNotice notice)
    {
        const string Account = "account:";
        if (Detail.Text(notice.Detail, "by") is not { } by || !by.StartsWith(Account, StringComparison.Ordinal))
        {
            return notice.Detail;
        }

        var email = session.Find<string>(
            "select a.email from account a join account_role r on r.account_id = a.id where a.id = @id and r.partner_id = @PartnerId limit 1",
            new { id = by[Account.Length..], notice.PartnerId }
        );
        return Detail.Of(
            ("by", email ?? "The platform's staff"),
            ("email", Detail.Text(notice.Detail, "email")),
            ("action", Detail.Text(notice.Detail, "action"))
        );
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public long At { get; init; }
        public string MessageId { get; init; } = "";
        public byte[] Sealed { get; init; } = [];
        public byte[]? Link { get; init; }
        public long Attempts { get; init; }
    }
}

/// <summary>A row that is to be sent now.</summary>
internal sealed record DueMail(long Id, long Attempts, long PartnerId, string Kind, OutgoingMail Mail);
