using System.Net;
using System.Net.Sockets;
using System.Text;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Access;

/// <summary>Counts attempts to sign in, for each account and each address, whether there is such an account or not.</summary>
internal sealed class SignInLimits(PartnerKeys keys, AccessOptions options)
{
    /// <summary>From where an account signed in within that time, it is known.</summary>
    public static readonly TimeSpan KnownFor = TimeSpan.FromDays(30);

    /// <summary>Enters an attempt, as failed until it succeeds, so that many at once are all counted.</summary>
    /// <returns>Its number, or null and how long to wait.</returns>
    public (long? Attempt, TimeSpan Wait) Enter(Session session, string email, string address)
    {
        var (subject, place) = (Named("subject", email), Named("address", Network(address)));
        var since = session.Clock - (long)options.AttemptWindow.TotalMilliseconds;
        var values = new
        {
            subject,
            place,
            since,
            session.Clock,
            known = session.Clock - (long)KnownFor.TotalMilliseconds,
        };
        // What a clock that went ahead wrote is not counted: nobody is locked out until it is as late again.
        var fromThere = session.One<long>(
            "select count(*) from sign_in_attempt where address = @place and at > @since and at <= @Clock and succeeded = 0",
            values
        );

        // Somebody who only knows an e-mail address must not be able to lock its owner out where they usually are.
        var isKnown =
            session.One<long>(
                "select count(*) from (select 1 from sign_in_attempt where subject = @subject and at > @known and address = @place and succeeded = 1 limit 1) as k",
                values
            ) > 0;
        var ofThem = session.One<long>(
            "select count(*) from sign_in_attempt where subject = @subject and at > @since and at <= @Clock and succeeded = 0"
                + (isKnown ? " and address = @place" : ""),
            values
        );
        if (fromThere >= options.FailuresPerAddress || ofThem >= options.FailuresPerAccount)
        {
            return (null, options.AttemptWindow);
        }

        return (
            session.One<long>("insert into sign_in_attempt (at, subject, address, succeeded) values (@Clock, @subject, @place, 0) returning id", values),
            TimeSpan.Zero
        );
    }

    public static void Succeeded(Session session, long attempt) =>
        session.Execute("update sign_in_attempt set succeeded = 1 where id = @attempt", new { attempt });

    public static void Forget(Session session, long attempt) => session.Execute("delete from sign_in_attempt where id = @attempt", new { attempt });

    // Who signed in from where is nobody's business: only whether it is the same is kept.
    private string Named(string kind, string text) => keys.Digest(PartnerKeys.Platform, Encoding.UTF8.GetBytes($"sign-in {kind} {text}"));

    /// <summary>A household or server has one IPv4 address, or 2^64 of IPv6.</summary>
    private static string Network(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed))
        {
            return "unknown";
        }

        if (parsed.IsIPv4MappedToIPv6)
        {
            parsed = parsed.MapToIPv4();
        }

        return parsed.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(parsed.GetAddressBytes().AsSpan(0, 8)) : parsed.ToString();
    }
}
