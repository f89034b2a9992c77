using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Access;

/// <summary>A person's account, as it is kept.</summary>
internal sealed record Account(
    string Id,
    string Email,
    string Name,
    string? PasswordHash,
    byte[]? TotpSecret,
    byte[]? TotpPending,
    long TotpLastStep,
    string? Provider,
    string? ProviderSubject,
    long? DisabledAt
)
{
    private const string Select =
        "select id, email, name, password_hash, totp_secret, totp_pending, totp_last_step, provider, provider_subject, disabled_at from account";

    /// <summary>Who did it, for audits; without rights.</summary>
    public Principal Principal =>
        new()
        {
            Kind = "account",
            Id = Id,
            Grants = [],
        };

    public static Account? ByEmail(Session session, string email) => session.Find<Account>($"{Select} where email = @email", new { email });

    public static Account? ById(Session session, string id) => session.Find<Account>($"{Select} where id = @id", new { id });

    public static Account? BySubject(Session session, string provider, string subject) =>
        session.Find<Account>($"{Select} where provider = @provider and provider_subject = @subject", new { provider, subject });

    public static Account Create(Session session, string email, string name, string? passwordHash, string? provider = null, string? subject = null)
    {
        var id = Guid.CreateVersion7(session.Now).ToString();
        session.Execute(
            """
            insert into account (id, email, name, password_hash, provider, provider_subject, created_at)
            values (@id, @email, @name, @passwordHash, @provider, @subject, @Clock)
            """,
            new
            {
                id,
                email,
                name,
                passwordHash,
                provider,
                subject,
                session.Clock,
            }
        );
        return ById(session, id)!;
    }
}
