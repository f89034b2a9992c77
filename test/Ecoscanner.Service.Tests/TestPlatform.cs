using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Storage;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests;

/// <summary>A platform in a folder of its own, with a clock that the test moves, two partners and an app of each.</summary>
internal sealed class TestPlatform : IDisposable
{
    public const long Ours = 1;
    public const long Theirs = 2;
    public const string Password = "correct horse battery";

    public TestPlatform()
    {
        Database = Database.Open(Path.Combine(Folder, "platform.db"), Time);
        Keys = PartnerKeys.Open(Path.Combine(Folder, "keys"));
        Sessions = new Sessions(Database, Options);
        SignIn = new SignIn(Database, Keys, Sessions, Options, AuditLog.Record);
        SecondFactor = new SecondFactor(Database, Keys, Sessions, Options, AuditLog.Record);
        Accounts = new Accounts(Database, Options, AuditLog.Record, Tell);
        Invitations = new Invitations(Database, Options, AuditLog.Record, Tell);
        Contacts = new Contacts(Database, Options, AuditLog.Record, Tell);
        BreakGlasses = new BreakGlasses(Database, Options, AuditLog.Record);
        Tokens = new ApiTokens(Database, Options, AuditLog.Record);
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
                session.Execute("insert into app_hosting (id, app_id, hosting, created_at) values (@id, @id, 'connect', @Clock)", new { id, session.Clock });
            }
        });
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("ecoscanner-").FullName;

    public ManualTime Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public Database Database { get; }

    public PartnerKeys Keys { get; }

    public AccessOptions Options { get; } = new() { PasswordIterations = 1000 };

    public Sessions Sessions { get; }

    public SignIn SignIn { get; }

    public SecondFactor SecondFactor { get; }

    public Accounts Accounts { get; }

    public Invitations Invitations { get; }

    public Contacts Contacts { get; }

    public BreakGlasses BreakGlasses { get; }

    public ApiTokens Tokens { get; }

    /// <summary>What people were to be told.</summary>
    public List<AccessNotice> Notices { get; } = [];

    /// <summary>The actions in a chain, in order.</summary>
    public IReadOnlyList<string> Audited(long partnerId) =>
        [.. Database.Read(session => AuditEvent.List(session, partnerId, 0, 1000)).Select(audited => audited.Action)];

    /// <summary>Invites somebody and takes the invitation with the password <see cref="Password"/>; the account's id.</summary>
    public async Task<string> AccountAsync(string email, Role role, long partnerId)
    {
        var invited = Invitations.Invite(Principal.Platform, new InvitationRequest(email, role, partnerId));
        Assert.True(invited.IsDone, invited.Message);
        var accepted = await Invitations.AcceptAsync(invited.Value!.Token, "Somebody", Password, null, TestContext.Current.CancellationToken);
        Assert.True(accepted.IsDone, accepted.Message);
        return accepted.Value!;
    }

    /// <summary>Tries to sign in.</summary>
    public Task<SignInOutcome> TryAsync(string email, string? password = null, string? code = null, string address = "192.0.2.1", string? replaced = null) =>
        SignIn.WithPasswordAsync(new PasswordSignIn(email, password ?? Password, code, address, replaced), TestContext.Current.CancellationToken);

    /// <summary>Signs in; the session's token.</summary>
    public async Task<string> SignInAsync(string email, string? code = null)
    {
        var outcome = await TryAsync(email, code: code);
        Assert.Equal(SignInResult.SignedIn, outcome.Result);
        return outcome.Session!.Token;
    }

    /// <summary>Sets up a second factor for who is signed in; the new session's token and the secret.</summary>
    public (string Token, byte[] Secret) SetUpSecondFactor(string token)
    {
        var who = Sessions.Find(token)!;
        var secret = Base32(SecondFactor.Begin(who).Value!.Secret);
        var confirmed = SecondFactor.Confirm(who, Totp.Code(secret, Totp.StepOf(Time.GetUtcNow())), "192.0.2.1");
        Assert.True(confirmed.IsDone, confirmed.Message);
        Time.Advance(TimeSpan.FromSeconds(30));
        return (confirmed.Value!.Token, secret);
    }

    public static byte[] Base32(string text)
    {
        var bits = string.Concat(
            text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0'))
        );
        return [.. bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => Convert.ToByte(new string(chunk), 2))];
    }

    public static Principal With(Role role, long? partnerId, long? appId = null) =>
        new()
        {
            Kind = "account",
            Id = $"{role}",
            Grants = [new Grant(role, partnerId, appId)],
            IsFresh = true,
        };

    private void Tell(Session session, AccessNotice notice) => Notices.Add(notice);

    public void Dispose()
    {
        Database.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
