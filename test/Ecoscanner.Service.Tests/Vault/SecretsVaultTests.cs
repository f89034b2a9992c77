using System.Text;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Vault;

namespace Ecoscanner.Service.Tests.Vault;

public sealed class SecretsVaultTests : IDisposable
{
    private const string Host = "tenant.example";

    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("shared-secret-51a0d7");

    private readonly TestPlatform platform = new();
    private readonly SecretsVault vault;
    private readonly Principal admin = TestPlatform.With(Role.PartnerAdmin, TestPlatform.Ours);

    public SecretsVaultTests()
    {
        vault = new SecretsVault(platform.Database, platform.Keys);
        foreach (var app in new[] { TestPlatform.Ours, TestPlatform.Theirs })
        {
            platform.Database.Write(session =>
                session.Execute(
                    """
                    insert into run (id, partner_id, app_id, hosting_id, trigger_key, reason, state, requested_by, queued_at)
                    values (@id, @app, @app, @app, 't', 'scheduled', 'running', 'test', @Clock)
                    """,
                    new
                    {
                        id = $"run-{app}",
                        app,
                        session.Clock,
                    }
                )
            );
        }
    }

    [Fact]
    public void A_run_gets_its_own_apps_secret_and_each_use_is_audited()
    {
        Put();
        var taken = Assert.Single(vault.Take("run-1", 1, "TENANT.example"));
        Assert.Equal((SecretKind.TestTenant, "tenant"), (taken.Kind, taken.Name));
        Assert.Equal(Secret, taken.Value);
        Assert.DoesNotContain("51a0d7", taken.ToString(), StringComparison.Ordinal);
        taken.Dispose();
        Assert.All(taken.Value, one => Assert.Equal(0, one));
        var used = platform.Database.Read(session => AuditEvent.List(session, TestPlatform.Ours, 0, 10))[^1];
        Assert.Equal(("secret-used", """{"run":"run-1"}"""), (used.Action, used.Detail));
        Assert.NotNull(Assert.Single(List()).UsedAt);
    }

    [Theory]
    [InlineData("run-2", 1, Host)]
    [InlineData("run-2", 2, Host)]
    [InlineData("run-1", 2, Host)]
    [InlineData("run-1", 1, "other.example")]
    [InlineData("run-9", 1, Host)]
    [InlineData("", 1, Host)]
    public void Another_app_host_or_run_gets_nothing(string run, long app, string host)
    {
        Put();
        Assert.Empty(vault.Take(run, app, host));
        Assert.DoesNotContain("secret-used", platform.Audited(TestPlatform.Ours));
    }

    [Fact]
    public void A_run_that_is_over_and_a_secret_that_has_expired_or_was_deleted_give_nothing()
    {
        var id = Put();
        platform.Database.Write(session => session.Execute("update run set state = 'done' where id = 'run-1'"));
        Assert.Empty(vault.Take("run-1", 1, Host));
        platform.Database.Write(session => session.Execute("update run set state = 'running' where id = 'run-1'"));
        Assert.Single(vault.Take("run-1", 1, Host));
        Assert.Equal(Refusal.NotFound, vault.Delete(TestPlatform.With(Role.PartnerAdmin, TestPlatform.Theirs), id).Refusal);
        Assert.True(vault.Delete(admin, id).IsDone);
        Assert.Empty(vault.Take("run-1", 1, Host));
        Assert.Empty(List());

        Put();
        platform.Time.Advance(TimeSpan.FromDays(2));
        Assert.Empty(vault.Take("run-1", 1, Host));
        Assert.Equal(1, vault.Sweep());
        Assert.Equal(0L, platform.Database.Read(session => session.One<long>("select sum(length(sealed)) from vault_secret")));
    }

    [Fact]
    public void Who_can_write_the_database_cannot_move_a_secret_to_another_app_or_host()
    {
        Put();
        platform.Database.Write(session => session.Execute("update vault_secret set host = 'evil.example'"));
        Assert.Throws<SealedException>(() => vault.Take("run-1", 1, "evil.example"));
        platform.Database.Write(session => session.Execute("update vault_secret set host = @Host, app_id = 2, partner_id = 2", new { Host }));
        Assert.Throws<SealedException>(() => vault.Take("run-2", 2, Host));
    }

    [Fact]
    public void It_lies_sealed_and_nobody_reads_it_back()
    {
        Put();
        platform.Database.Scrub();
        Files.HoldNone(platform.Folder, Secret);
        Assert.DoesNotContain(typeof(KeptSecret).GetProperties(), property => property.PropertyType == typeof(byte[]));
        Assert.Empty(
            platform.Database.Read(session =>
                SecretsVault.List(session, TestPlatform.With(Role.PartnerAdmin, TestPlatform.Theirs).ScopeOf(Capability.ManageSecrets), 1, 10)
            )
        );
    }

    [Fact]
    public void What_may_not_be_kept_is_refused_with_the_reason()
    {
        var until = platform.Time.GetUtcNow().AddDays(1);
        Refusal? Try(Principal principal, long app = 1, string host = Host, string name = "x", int bytes = 1, int days = 1) =>
            vault.Put(principal, app, host, SecretKind.SiteToken, name, new byte[bytes], until.AddDays(days - 1)).Refusal;
        Assert.Null(Try(admin));
        Assert.Equal(Refusal.NotFound, Try(admin, app: 2));
        Assert.Equal(Refusal.NotFound, Try(admin, app: 99));
        Assert.Equal(Refusal.NotAllowed, Try(TestPlatform.With(Role.PartnerResponder, TestPlatform.Ours)));
        Assert.Equal(Refusal.SignInAgain, Try(admin with { IsFresh = false }));
        Assert.Equal(Refusal.Invalid, Try(admin, host: "https://tenant.example/"));
        Assert.Equal(Refusal.Invalid, Try(admin, name: "a\nb"));
        Assert.Equal(Refusal.Invalid, Try(admin, bytes: 0));
        Assert.Equal(Refusal.Invalid, Try(admin, bytes: 20_000));
        Assert.Equal(Refusal.Invalid, Try(admin, days: 0));
        Assert.Equal(Refusal.Invalid, Try(admin, days: 1000));
        platform.Database.Write(session => session.Execute("update app set ownership = 'unproven' where id = 1"));
        Assert.Equal(Refusal.Conflict, Try(admin));
        Assert.Empty(vault.Take("run-1", 1, Host));
    }

    public void Dispose() => platform.Dispose();

    private long Put()
    {
        var outcome = vault.Put(admin, 1, Host, SecretKind.TestTenant, "tenant", Secret, platform.Time.GetUtcNow().AddDays(1));
        Assert.True(outcome.IsDone, outcome.Message);
        return outcome.Value;
    }

    private IReadOnlyList<KeptSecret> List() => platform.Database.Read(session => SecretsVault.List(session, admin.ScopeOf(Capability.ManageSecrets), 1, 10));
}
