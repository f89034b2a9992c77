using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Access;

/// <summary>A partner's content that staff opened for a reason, for a time.</summary>
/// <param name="ClosesAt">Milliseconds since 1970, UTC.</param>
public sealed record BreakGlass(long Id, string AccountId, long PartnerId, string Reason, long OpenedAt, long ClosesAt);

/// <summary>Break-glass: staff without rights to content opens one partner's, says why, and the partner sees it in its own chain.</summary>
public sealed class BreakGlasses(Database database, AccessOptions options, AccessTold tell)
{
    private const int MinimumReason = 20;
    private const int MaximumReason = 500;

    private const string Select = "select id, account_id, partner_id, reason, opened_at, closes_at from break_glass";

    /// <summary>Opens it; what was opened before by the same person is closed.</summary>
    public Outcome<BreakGlass> Open(SignedIn who, long partnerId, string reason, TimeSpan time) =>
        database.Write<Outcome<BreakGlass>>(session =>
        {
            if (!who.Principal.MayEverywhere(Capability.BreakGlass))
            {
                return Refused.NotFound;
            }

            if (!who.Principal.IsFresh || !who.HasSecondFactor)
            {
                return Refused.SignInAgain;
            }

            if (reason.Trim() is not { Length: >= MinimumReason and <= MaximumReason } why || why.Any(char.IsControl))
            {
                return Refused.Invalid($"say why in {MinimumReason} to {MaximumReason} characters; the partner will read it");
            }

            if (time <= TimeSpan.Zero || time > options.LongestBreakGlass)
            {
                return Refused.Invalid($"it may be open up to {options.LongestBreakGlass.TotalHours:0} hours");
            }

            if (session.Find<long?>("select id from partner where id = @partnerId and offboarded_at is null", new { partnerId }) is null)
            {
                return Refused.NotFound;
            }

            if (Current(session, who.AccountId) is { } earlier)
            {
                Close(session, who, earlier);
            }

            var id = session.One<long>(
                """
                insert into break_glass (account_id, partner_id, reason, opened_at, closes_at) values (@AccountId, @partnerId, @why, @Clock, @closes) returning id
                """,
                new
                {
                    who.AccountId,
                    partnerId,
                    why,
                    session.Clock,
                    closes = session.Clock + (long)time.TotalMilliseconds,
                }
            );
            var opened = Current(session, who.AccountId)!;
            // In the partner's chain, and in the platform's own, where auditors look.
            foreach (var chain in new[] { partnerId, 0 })
            {
                tell(
                    session,
                    new AccessEvent(
                        chain,
                        who.Principal with
                        {
                            Purpose = why,
                        },
                        "break-glass-opened",
                        $"partner:{partnerId}",
                        Detail.Of(("until", Detail.Time(opened.ClosesAt)))
                    )
                );
            }

            return Outcomes.Done(opened with { Id = id });
        });

    /// <summary>Closes what the person has open; false where there is nothing.</summary>
    public bool Close(SignedIn who) =>
        database.Write(session =>
        {
            if (Current(session, who.AccountId) is not { } opened)
            {
                return false;
            }

            Close(session, who, opened);
            return true;
        });

    /// <summary>What a person has open now, or null.</summary>
    internal static BreakGlass? Current(Session session, string accountId) =>
        session.Find<BreakGlass>(
            $"{Select} where account_id = @accountId and closes_at > @Clock and opened_at <= @Clock and closed_at is null order by id desc limit 1",
            new { accountId, session.Clock }
        );

    private void Close(Session session, SignedIn who, BreakGlass opened)
    {
        session.Execute("update break_glass set closed_at = @Clock where id = @Id", new { session.Clock, opened.Id });
        tell(session, new AccessEvent(opened.PartnerId, who.Principal with { Purpose = opened.Reason }, "break-glass-closed", $"partner:{opened.PartnerId}"));
    }
}
