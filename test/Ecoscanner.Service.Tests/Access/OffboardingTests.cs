using System.Text;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Vault;

namespace Ecoscanner.Service.Tests.Access;

public sealed class OffboardingTests : IDisposable
{
    private static readonly byte[] Needle = Encoding.UTF8.GetBytes("needle-7d1f6a2c-of-the-partner");

    private readonly TestPlatform platform = new();
    private readonly Blobs blobs;
    private readonly Principal staff = TestPlatform.With(Role.Engineer, null);

    public OffboardingTests() => blobs = new Blobs(Path.Combine(platform.Folder, "blobs"), platform.Keys, platform.Time);

    [Fact]
    public async Task After_a_partner_left_nothing_of_its_content_can_be_read_anywhere()
    {
        var box = platform.Keys.Seal(TestPlatform.Ours, "evidence", Needle);
        platform.Database.Write(session =>
            session.Execute("insert into evidence (partner_id, digest, sealed, added_at) values (1, 'd', @box, 0), (2, 'd', x'01', 0)", new { box })
        );
        var blob = await blobs.WriteAsync(TestPlatform.Ours, new MemoryStream(Needle), 1000, TestContext.Current.CancellationToken);
        var sealedFile = File.ReadAllBytes(Directory.GetFiles(Path.Combine(platform.Folder, "blobs", "1"), "*", SearchOption.AllDirectories).Single());
        var vault = new SecretsVault(platform.Database, platform.Keys);
        var until = platform.Time.GetUtcNow().AddDays(1);
        Assert.True(vault.Put(TestPlatform.With(Role.PartnerAdmin, TestPlatform.Ours), 1, "app.example", SecretKind.SiteToken, "x", Needle, until).IsDone);
        await platform.AccountAsync("admin@example.org", Role.PartnerAdmin, TestPlatform.Ours);
        var both = await platform.AccountAsync("both@example.org", Role.PartnerViewer, TestPlatform.Ours);
        platform.Database.Write(session => Accounts.Grant(session, both, Role.PartnerViewer, TestPlatform.Theirs, "test"));
        var session = await platform.SignInAsync("admin@example.org");
        var token = platform.Tokens.Create(platform.Sessions.Find(session)!.Principal, new TokenRequest(TestPlatform.Ours, null, "x")).Value!;

        // What a backup of the database and the blobs holds is of no use either.
        var outcome = new Offboarding(platform.Database, platform.Keys, blobs, AuditLog.Record).Offboard(staff, TestPlatform.Ours, "ours", "contract ended");
        Assert.True(outcome.IsDone, outcome.Message);

        Assert.False(blobs.Contains(TestPlatform.Ours, blob!.Digest));
        Assert.True(Assert.Throws<SealedException>(() => PartnerKeys.Open(Path.Combine(platform.Folder, "keys")).Open(1, "evidence", box)).IsDestroyed);
        Assert.Equal(1, platform.Database.Read(read => read.One<long>("select count(*) from evidence")));
        Assert.Null(platform.Sessions.Find(session));
        Assert.Null(platform.Tokens.Find(token.Text));
        Assert.Equal(SignInResult.Refused, (await platform.TryAsync("admin@example.org")).Result);
        Assert.True(platform.Sessions.Find(await platform.SignInAsync("both@example.org"))!.Principal.May(Capability.ReadApps, TestPlatform.Theirs));
        Assert.Equal(["offboarded", "keys-destroyed"], platform.Audited(TestPlatform.Ours).TakeLast(2));

        // Neither plain nor sealed, neither in the database, its log, the blobs nor temporary files.
        Files.HoldNone(platform.Folder, Needle, box[PartnerKeys.Overhead..], sealedFile[BlobFormat.HeadBytes..]);
    }

    [Fact]
    public void It_takes_staff_a_fresh_sign_in_and_the_partners_key_typed_out()
    {
        var offboarding = new Offboarding(platform.Database, platform.Keys, blobs, AuditLog.Record);
        Assert.Equal(Refusal.NotFound, offboarding.Offboard(TestPlatform.With(Role.PartnerAdmin, TestPlatform.Ours), TestPlatform.Ours, "ours", "x").Refusal);
        Assert.Equal(Refusal.SignInAgain, offboarding.Offboard(staff with { IsFresh = false }, TestPlatform.Ours, "ours", "x").Refusal);
        Assert.Equal(Refusal.Invalid, offboarding.Offboard(staff, TestPlatform.Ours, "theirs", "x").Refusal);
        Assert.Equal(Refusal.Invalid, offboarding.Offboard(staff, TestPlatform.Ours, "ours", " ").Refusal);
        Assert.False(platform.Keys.IsDestroyed(TestPlatform.Ours));
        Assert.True(offboarding.Offboard(staff, TestPlatform.Ours, "ours", "x").IsDone);
        Assert.True(offboarding.Offboard(staff, TestPlatform.Ours, "ours", "x").IsDone);
    }

    public void Dispose() => platform.Dispose();
}
