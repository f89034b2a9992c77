using System.Net;
using System.Net.Sockets;
using System.Text;
using Ecoscanner.Probing;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Tests.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecoscanner.Service.Tests.Catalogue;

public sealed class OwnershipTests : IDisposable
{
    private readonly Town town = new();

    [Fact]
    public async Task A_text_in_the_DNS_proves_a_host_and_its_apps_until_it_is_gone_for_long()
    {
        var app = Unproven("app", "app.example.com");
        var texts = new List<string> { "v=spf1 -all" };
        using var dns = new FakeDns(texts);
        var proof = Ask("app.example.com");
        Assert.Equal(0, await CheckAsync(dns));
        Assert.Equal("unproven", Ownership(app));
        Assert.Contains(proof.Challenge!, town.One<string>("select failure from ownership_proof"), StringComparison.Ordinal);

        texts.Add(proof.Challenge!);
        town.Time.Advance(OwnershipProofs.Every);
        Assert.Equal(1, await CheckAsync(dns));
        Assert.Equal("proven", Ownership(app));

        texts.Clear();
        town.Time.Advance(OwnershipProofs.Holds - OwnershipProofs.RenewedBefore);
        Assert.Equal(0, await CheckAsync(dns));
        Assert.Equal("proven", Ownership(app));
        town.Time.Advance(OwnershipProofs.RenewedBefore);
        Assert.Equal(0, await CheckAsync(dns));
        Assert.Equal(("unproven", "expired"), (Ownership(app), town.One<string>("select state from ownership_proof")));
    }

    [Fact]
    public async Task What_nobody_answers_to_is_given_up()
    {
        using var dns = new FakeDns([]);
        Ask("app.example.com");
        town.Time.Advance(OwnershipProofs.AnsweredWithin + TimeSpan.FromMinutes(1));
        await CheckAsync(dns);
        Assert.Equal("expired", town.One<string>("select state from ownership_proof"));
        // Asked again, it is another challenge.
        Assert.Equal("pending", Ask("app.example.com").State);
    }

    [Fact]
    public async Task A_page_on_the_host_proves_it()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var site = builder.Build();
        var said = "";
        site.MapGet("/.well-known/ecoscanner-challenge", () => said);
        await site.StartAsync(TestContext.Current.CancellationToken);
        var port = new Uri(site.Urls.First()).Port;
        var proof = town.Database.Write(session => OwnershipProofs.Ask(session, Principal.Platform, town.Partner.Id, "localhost.localdomain", "well-known")!);
        // Only the name of this machine itself leads here.
        town.Database.Write(session => session.Execute("update ownership_proof set subject = 'localhost'"));
        var checks = new OwnershipChecks(
            town.Database,
            new TxtLookup(new IPEndPoint(IPAddress.Loopback, 9), TimeProvider.System),
            TimeProvider.System,
            [$"localhost:{port}"]
        );
        said = "something else";
        Assert.Equal(0, await checks.CheckAsync(TestContext.Current.CancellationToken));
        said = $"{proof.Challenge}\n";
        town.Time.Advance(OwnershipProofs.Every);
        Assert.Equal(1, await checks.CheckAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_proof_takes_no_app_that_somebody_owns_and_an_operators_word_is_more_than_a_proof()
    {
        var other = town.Database.Write(session => Partners.Add(session, Principal.Platform, "other", "Other")!);
        var mine = Unproven("same", "mine.example.com");
        var granted = town.Connect("same", "theirs.example.com", other);
        town.Database.Write(session => OwnershipProofs.Grant(session, Principal.Platform, town.Partner.Id, "mine.example.com", "they said so"));
        Assert.Equal(("unproven", "granted"), (Ownership(mine), Ownership(granted.AppId)));

        var early = Unproven("early", "mine.example.com");
        town.Database.Write(session => OwnershipProofs.Grant(session, Principal.Platform, town.Partner.Id, "mine.example.com", "they said so"));
        Assert.Equal("proven", Ownership(early));
        var right = town.Connect("early", "theirs.example.com", other);
        Assert.Equal(("unproven", "granted"), (Ownership(early), Ownership(right.AppId)));
    }

    [Fact]
    public void A_revoked_proof_ends_what_stood_on_it()
    {
        var app = Unproven("app", "app.example.com");
        var proof = town.Database.Write(session => OwnershipProofs.Grant(session, Principal.Platform, town.Partner.Id, "app.example.com", "a contract")!);
        Assert.Equal("proven", Ownership(app));
        Assert.Throws<CatalogueException>(() => town.Database.Write(session => OwnershipProofs.Revoke(session, Principal.Platform, proof.Id, " ")));
        Assert.NotNull(town.Database.Write(session => OwnershipProofs.Revoke(session, Principal.Platform, proof.Id, "the contract ended")));
        Assert.Null(town.Database.Write(session => OwnershipProofs.Revoke(session, Principal.Platform, proof.Id, "again")));
        Assert.Equal("unproven", Ownership(app));
    }

    [Fact]
    public void Whoever_takes_an_app_away_its_partners_audit_tells_what_it_was_and_why()
    {
        Unproven("proof", "app.example.com");
        var proof = town.Database.Write(session => OwnershipProofs.Grant(session, Principal.Platform, town.Partner.Id, "app.example.com", "a contract")!);
        town.Database.Write(session => OwnershipProofs.Revoke(session, Principal.Platform, proof.Id, "it ended"));
        var granted = town.Connect("grant");
        town.Database.Write(session => AppList.Revoke(session, Principal.Platform, granted.AppId, "it was sold"));
        Unproven("moved", "moved.example.com");
        town.Database.Write(session => OwnershipProofs.Grant(session, Principal.Platform, town.Partner.Id, "moved.example.com", "a contract"));
        var other = town.Database.Write(session => Partners.Add(session, Principal.Platform, "other", "Other")!);
        town.Connect("moved", "theirs.example.com", other);
        Assert.Equal(
            [
                """app:proof {"before":"proven","why":"no proof of app.example.com holds any more"}""",
                """app:grant {"before":"granted","why":"it was sold"}""",
                """app:moved {"before":"proven","why":"granted to another partner"}""",
            ],
            town.Database.Read(session =>
                session.List<string>(
                    "select object || ' ' || detail from audit_event where action = 'app.ownership-lost' and partner_id = @Id order by sequence",
                    town.Partner
                )
            )
        );
    }

    [Fact]
    public void Nobody_asks_or_sees_for_another_partner()
    {
        var other = town.Database.Write(session => Partners.Add(session, Principal.Platform, "other", "Other")!);
        var foreign = new Principal
        {
            Kind = "account",
            Id = "1",
            Grants = [new Grant(Role.PartnerAdmin, other.Id, null)],
            IsFresh = true,
        };
        Ask("app.example.com");
        town.Connect("app");
        town.Database.Write(session =>
        {
            Assert.Null(OwnershipProofs.Ask(session, foreign, town.Partner.Id, "x.example.com", "dns-txt"));
            Assert.Empty(OwnershipProofs.List(session, foreign, town.Partner.Id));
            Assert.Empty(AppList.List(session, foreign, town.Partner.Id, 0, 10));
            Assert.Empty(AppList.List(session, foreign, null, 0, 10));
            Assert.Null(AppList.Find(session, foreign, 1));
            Assert.Null(Partners.Find(session, foreign, "acme"));
            Assert.Equal(["other"], Partners.List(session, foreign, 0, 10).Select(partner => partner.Key));
            Assert.Null(AppList.ForUpload(session, foreign, town.Partner.Id, "app", "App"));
            Assert.Null(AppList.Grant(session, foreign, other.Id, "app2", "App"));
        });
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("a b.example.com")]
    [InlineData("")]
    public void Only_names_of_hosts_are_proven(string host) =>
        Assert.Throws<CatalogueException>(() =>
            town.Database.Write(session => OwnershipProofs.Ask(session, Principal.Platform, town.Partner.Id, host, "dns-txt"))
        );

    [Fact]
    public async Task An_answer_of_the_DNS_to_another_question_or_one_that_ends_early_is_none()
    {
        foreach (
            var broken in new Func<byte[], byte[]>[] { answer => answer[..^3], answer => [(byte)(answer[0] ^ 1), .. answer[1..]], _ => new byte[20], _ => [] }
        )
        {
            using var dns = new FakeDns(["x"]) { Change = broken };
            await Assert.ThrowsAsync<ProbeException>(() =>
                new TxtLookup(dns.Place, TimeProvider.System).AskAsync("app.example.com", TestContext.Current.CancellationToken)
            );
        }

        using var whole = new FakeDns([new string('y', 600), "z"]);
        var texts = await new TxtLookup(whole.Place, TimeProvider.System).AskAsync("app.example.com", TestContext.Current.CancellationToken);
        Assert.Equal([new string('y', 600), "z"], texts);
    }

    public void Dispose() => town.Dispose();

    private ProofRow Ask(string host) => town.Database.Write(session => OwnershipProofs.Ask(session, Principal.Platform, town.Partner.Id, host, "dns-txt")!);

    private Task<int> CheckAsync(FakeDns dns) =>
        new OwnershipChecks(town.Database, new TxtLookup(dns.Place, TimeProvider.System), TimeProvider.System).CheckAsync(
            TestContext.Current.CancellationToken
        );

    private long Unproven(string key, string host) =>
        town.Database.Write(session =>
        {
            var app = AppList.ForUpload(session, Principal.Platform, town.Partner.Id, key, key)!;
            AppList.AddHosting(session, app.Id, "connect", $"https://{host}/atlassian-connect.json");
            return app.Id;
        });

    private string Ownership(long app) => town.One<string>("select ownership from app where id = @app", new { app });

    /// <summary>A resolver on this machine that knows one name's texts.</summary>
    private sealed class FakeDns : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly IReadOnlyList<string> texts;

        public FakeDns(IReadOnlyList<string> texts)
        {
            this.texts = texts;
            listener.Start();
            _ = ServeAsync();
        }

        public Func<byte[], byte[]> Change { get; init; } = static answer => answer;

        public IPEndPoint Place => (IPEndPoint)listener.LocalEndpoint;

        public void Dispose() => listener.Dispose();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    var stream = client.GetStream();
                    var length = new byte[2];
                    await stream.ReadExactlyAsync(length);
                    var question = new byte[(length[0] << 8) | length[1]];
                    await stream.ReadExactlyAsync(question);
                    var answer = Change(Answer(question));
                    await stream.WriteAsync((byte[])[(byte)(answer.Length >> 8), (byte)answer.Length, .. answer]);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
            {
                // The test is over.
            }
        }

        private byte[] Answer(byte[] question)
        {
            List<byte> answer = [.. question];
            (answer[2], answer[3], answer[7]) = (0x81, 0x80, (byte)texts.Count);
            foreach (var text in texts)
            {
                var data = Encoding.ASCII.GetBytes(text).Chunk(255).SelectMany(chunk => (byte[])[(byte)chunk.Length, .. chunk]).ToArray();
                answer.AddRange([0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length, .. data]);
            }

            return [.. answer];
        }
    }
}
