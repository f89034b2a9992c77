using System.Security.Cryptography;
using System.Text;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Api;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Tests.Findings;
using Ecoscanner.Service.Tickets;
using Ecoscanner.Service.Vault;

namespace Ecoscanner.Service.Tests.Api;

/// <summary>Two partners on one service; one of them has one of everything, whose names all hold <see cref="Mark"/>.</summary>
internal sealed record Neighbours(
    long Partner,
    long App,
    string Scan,
    string Artifact,
    long Finding,
    string Ticket,
    string Gate,
    string Token,
    long Contact,
    long Secret,
    string Account,
    long Proof,
    long Other
)
{
    public const string Mark = "victim";

    public static async Task<Neighbours> MoveInAsync(ApiSite site)
    {
        var platform = site.Platform;
        var (partner, app) = site.Partner(Mark, IngestSite.AppKey, "connect");
        var (other, _) = site.Partner("neighbour", "com.example.neighbour");
        var admin = TestPlatform.With(Role.PartnerAdmin, partner);
        var blob = await platform.Blobs.WriteAsync(partner, new MemoryStream(Encoding.UTF8.GetBytes(Mark)), 1000, ApiSite.Stop);
        var (hosting, artifact) = platform.Database.Write(session =>
        {
            var row = AppList.Hosting(session, app, "connect")!;
            var added = ArtifactList.Add(
                session,
                admin,
                new NewArtifact(partner, app, blob!.Digest, blob.Bytes, $"{Mark}.jar", "upload"),
                TimeSpan.FromDays(1)
            )!;
            return (row.Id, added.Id);
        });
        var run = platform.Database.Write(session =>
        {
            var id = RunLog.Queue(session, new RunRequest(hosting, Mark, RunReason.Scheduled, Mark));
            RunLog.Start(session, id);
            return id;
        });
        await platform.Ingestion.IngestAsync(run, new MadeReport().With(MadeReport.OfTls($"{Mark}.example.com")).Build(), IngestOptions.None, ApiSite.Stop);
        var (finding, ticket) = platform.Database.Read(session =>
            (session.One<long>("select id from finding"), session.Find<string>("select key from ticket"))
        );
        ticket ??= MadeTicket(platform, hosting, finding);
        var envelope = Encoding.UTF8.GetString(
            Reply.Bytes(
                new DsseEnvelope(
                    "text/plain",
                    Convert.ToBase64String(Reply.Bytes(new GateStatement(Mark, "connect", null, run, null, null, "high", "held", Mark, null, default))),
                    []
                )
            )
        );
        var gate = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        platform.Database.Write(session =>
            session.Execute(
                "insert into gate (id, partner_id, app_id, run_id, result, envelope, at, made_by) values (@gate, @partner, @app, @run, 'held', @envelope, 0, 'test')",
                new
                {
                    gate,
                    partner,
                    app,
                    run,
                    envelope,
                }
            )
        );
        var token = platform.Tokens.Create(admin, new TokenRequest(partner, null, Mark)).Value!;
        var contact = platform.Contacts.Add(admin, partner, $"{Mark}@example.org", Mark);
        Assert.True(contact.IsDone, contact.Message);
        var secret = platform.Vault.Put(admin, app, $"{Mark}.example.com", SecretKind.TestTenant, Mark, "hidden"u8.ToArray(), DateTimeOffset.UtcNow.AddDays(3));
        Assert.True(secret.IsDone, secret.Message);
        var invited = platform.Invitations.Invite(Principal.Platform, new InvitationRequest($"admin@{Mark}.example.org", Role.PartnerAdmin, partner)).Value!;
        var account = (await platform.Invitations.AcceptAsync(invited.Token, Mark, ApiSite.Password, null, ApiSite.Stop)).Value!;
        var proof = platform.Database.Write(session => OwnershipProofs.Ask(session, admin, partner, $"{Mark}.example.com", "dns-txt")!);
        return new Neighbours(partner, app, run, artifact, finding, ticket, gate, token.Id, contact.Value, secret.Value, account, proof.Id, other);
    }

    private static string MadeTicket(Ecoscanner.Service.Api.Platform platform, long hosting, long finding) =>
        platform.Database.Write(session =>
            Assert
                .IsType<TransitionOutcome.Done>(
                    platform.Reports.Create(
                        session,
                        TestPlatform.With(Role.Triager, null),
                        new SecurityReport(
                            hosting,
                            "pentest",
                            Mark,
                            "Connect 3",
                            null,
                            "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N",
                            session.Now.AddHours(-1),
                            Mark,
                            [finding]
                        )
                    )
                )
                .Ticket.Key
        );
}
