using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>A request that was sent twice with one <c>Idempotency-Key</c> is done once, and answered twice alike.</summary>
/// <remarks>
/// The answer is kept by the transaction that makes the change: <see cref="Keep(Session, object?)"/> stands before each commit, and keeps the <see cref="Reply"/>
/// that the change answers. So an endpoint that is done once answers its <see cref="Reply"/> out of the one transaction that it makes. Whatever ends the
/// process, there are both or neither.
/// </remarks>
internal sealed class Idempotency(Database database)
{
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 255;

    // Clients give up long before.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<(string Who, string Key), bool> underWay = new();
    private readonly AsyncLocal<Asked?> current = new();

    /// <summary>The key of the request, or null.</summary>
    public static string? KeyOf(HttpContext http) =>
        http.Request.Headers[Header].ToString() switch
        {
            "" => null,
            { Length: <= LongestKey } key when key.All(c => c is > ' ' and <= '~') => key,
            _ => throw ProblemException.Wrong(Header, $"must be 1 to {LongestKey} visible characters"),
        };

    /// <summary>What the request is, beside its key.</summary>
    public static byte[] DigestOf(HttpContext http, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}\n");
        hash.AppendData(head);
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }

    /// <summary>Does it, or answers as it was answered the first time.</summary>
    public async Task<IResult> OnceAsync(HttpContext http, byte[] digest, Func<Task<IResult>> action)
    {
        if (KeyOf(http) is not { } key)
        {
            return await action();
        }

        var who = Caller.Of(http).Name;
        if (!underWay.TryAdd((who, key), true))
        {
            throw new ProblemException(ProblemKind.Conflict, "the first request with this Idempotency-Key is still being done")
            {
                RetryAfter = TimeSpan.FromSeconds(1),
            };
        }

        try
        {
            if (Find(who, key, digest) is { } earlier)
            {
                return earlier;
            }

            var asked = new Asked(who, key, digest);
            current.Value = asked;
            var result = await action();
            // What makes its change in several transactions (a campaign) can be gone on with, and only its last word is kept.
            if (!asked.IsKept && result is Reply { IsSuccess: true } reply)
            {
                database.Write(session => Keep(session, asked, reply));
            }

            return result;
        }
        finally
        {
            current.Value = null;
            underWay.TryRemove((who, key), out _);
        }
    }

    /// <summary>Keeps what a change answers, in its transaction, where it is done for a request with a key.</summary>
    public void Keep(Session session, object? answer)
    {
        if (current.Value is { } asked && answer is Reply { IsSuccess: true } reply)
        {
            Keep(session, asked, reply);
            asked.IsKept = true;
        }
    }

    /// <summary>Forgets those that are a day old; few at a time.</summary>
    public void Forget() =>
        database.Write(session =>
            session.Execute(
                "delete from idempotency_key where (principal, key) in (select principal, key from idempotency_key where at < @Before limit 1000)",
                new { Before = session.Clock - (long)Remembered.TotalMilliseconds }
            )
        );

    private Reply? Find(string who, string key, byte[] digest)
    {
        var row = database.Read(session =>
            session.Find<Row>(
                "select request_digest, status, location, body from idempotency_key where principal = @who and key = @key and at >= @Before",
                new
                {
                    who,
                    key,
                    Before = session.Clock - (long)Remembered.TotalMilliseconds,
                }
            )
        );
        if (row is null)
        {
            return null;
        }

        return CryptographicOperations.FixedTimeEquals(row.RequestDigest, digest)
            ? new Reply((int)row.Status, row.Body) { Location = row.Location }
            : throw new ProblemException(ProblemKind.KeyReused, "another request was sent with this Idempotency-Key; use a new key for a new request");
    }

    private static void Keep(Session session, Asked asked, Reply reply) =>
        session.Execute(
            """
            insert into idempotency_key (principal, key, request_digest, status, location, body, at)
            values (@Who, @Key, @Digest, @Status, @Location, @body, @Clock)
            on conflict (principal, key) do update set
                request_digest = excluded.request_digest, status = excluded.status, location = excluded.location, body = excluded.body, at = excluded.at
            """,
            new
            {
                asked.Who,
                asked.Key,
                asked.Digest,
                reply.Status,
                reply.Location,
                body = (reply.Kept ?? reply.Body).ToArray(),
                session.Clock,
            }
        );

    private sealed record Asked(string Who, string Key, byte[] Digest)
    {
        public bool IsKept { get; set; }
    }

    private sealed record Row(byte[] RequestDigest, long Status, string? Location, byte[] Body);
}
