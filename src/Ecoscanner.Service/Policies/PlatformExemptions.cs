using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Policies;

/// <summary>What the platform or a host forces on partners, beyond packages (those are Core's <c>platform-dependencies.json</c>): dated, ending, with a reason.</summary>
public static class PlatformExemptions
{
    // The thing must be looked at again; Heroku's took a year.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    /// <summary>The one that covers a rule's finding at a place now; null where none does.</summary>
    /// <param name="place">A URL, a host and port, a file.</param>
    public static PlatformExemption? Covering(Session session, string rule, string place)
    {
        var host = Host(place);
        return session
            .List<PlatformExemption>(
                """
                select id, rule, host, reason, owner, from_at, until_at from platform_exemption
                where rule = @rule and from_at <= @Clock and until_at > @Clock and withdrawn_at is null order by until_at desc limit 1000
                """,
                new { rule, session.Clock }
            )
            .FirstOrDefault(row => row.Host is null || (host is not null && IsUnder(host, row.Host)));
    }

    public static IReadOnlyList<PlatformExemption> All(Session session) =>
        session.List<PlatformExemption>(
            "select id, rule, host, reason, owner, from_at, until_at from platform_exemption where withdrawn_at is null order by id desc limit 1000"
        );

    /// <param name="host">The host and all below it; null for every place.</param>
    /// <param name="owner">Who has to act.</param>
    /// <returns>Why it cannot be; null where it was done.</returns>
    public static string? Add(Session session, Principal by, string rule, string? host, string reason, string owner, DateTimeOffset from, DateTimeOffset until)
    {
        if (!by.MayEverywhere(Capability.ManagePolicy))
        {
            return "only who manages policies may exempt what the platform forces";
        }

        if (string.IsNullOrWhiteSpace(rule) || string.IsNullOrWhiteSpace(reason) || string.IsNullOrWhiteSpace(owner))
        {
            return "an exemption needs a rule, a reason, and who has to act";
        }

        if (until <= from || until - from > Longest)
        {
            return $"an exemption ends after it begins, and within {Longest.TotalDays} days; it can be made again";
        }

        session.Execute(
            """
            insert into platform_exemption (rule, host, reason, owner, from_at, until_at, made_by, made_at)
            values (@rule, @host, @reason, @owner, @from, @until, @by, @Clock)
            """,
            new
            {
                rule,
                host = host?.ToLowerInvariant(),
                reason,
                owner,
                from = from.ToUnixTimeMilliseconds(),
                until = until.ToUnixTimeMilliseconds(),
                by = by.Name,
                session.Clock,
            }
        );
        AuditLog.Record(session, new AuditEntry(0, by.Kind, by.Id, "exemption.add", $"rule:{rule}", reason));
        return null;
    }

    /// <returns>Why it cannot be; null where it was done.</returns>
    public static string? Withdraw(Session session, Principal by, long id, string reason)
    {
        if (!by.MayEverywhere(Capability.ManagePolicy))
        {
            return "only who manages policies may withdraw an exemption";
        }

        if (session.Execute("update platform_exemption set withdrawn_at = @Clock where id = @id and withdrawn_at is null", new { id, session.Clock }) == 0)
        {
            return "there is no such exemption";
        }

        AuditLog.Record(session, new AuditEntry(0, by.Kind, by.Id, "exemption.withdraw", $"exemption:{id}", reason));
        return null;
    }

    private static bool IsUnder(string host, string parent) =>
        host.Equals(parent, StringComparison.OrdinalIgnoreCase)
        || (host.Length > parent.Length && host.EndsWith(parent, StringComparison.OrdinalIgnoreCase) && host[^(parent.Length + 1)] == '.');

    private static string? Host(string place) =>
        Uri.TryCreate(place, UriKind.Absolute, out var url) && url.Host.Length > 0 ? url.Host
        : Uri.TryCreate($"https://{place}", UriKind.Absolute, out var bare) ? bare.Host
        : null;
}

/// <param name="Host">The host and all below it; null for every place.</param>
public sealed record PlatformExemption(long Id, string Rule, string? Host, string Reason, string Owner, long FromAt, long UntilAt);
