using System.Diagnostics;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tests.Audit;

[Collection(nameof(Alone))]
public sealed class ReadAuditTests : IDisposable
{
    private readonly TestPlatform platform = new();

    [Fact]
    public async Task A_read_stands_in_the_chain_before_the_answer_is_given_and_its_reason_with_the_partner_it_is_about()
    {
        var reader = TestPlatform.With(Role.BreakGlass, TestPlatform.Ours) with { Purpose = "incident 7" };
        await new ReadAudit(platform.Database).RecordAsync(reader, [TestPlatform.Ours, TestPlatform.Theirs, TestPlatform.Ours], "read", "list:findings");
        foreach (var partnerId in new[] { TestPlatform.Ours, TestPlatform.Theirs })
        {
            var read = Assert.Single(platform.Database.Read(session => AuditEvent.List(session, partnerId, 0, 10)));
            var why = partnerId == TestPlatform.Ours ? "incident 7" : "";
            Assert.Equal(("read", "list:findings", why, reader.Id), (read.Action, read.Object, read.Purpose, read.Actor));
        }
    }

    [Fact]
    public async Task A_read_that_cannot_be_recorded_gets_no_answer_and_the_next_one_can()
    {
        var audit = new ReadAudit(platform.Database);
        platform.Database.Write(session => session.Execute("alter table audit_event rename to elsewhere"));
        var reader = TestPlatform.With(Role.Triager, null);
        await Assert.ThrowsAsync<DatabaseException>(() => audit.RecordAsync(reader, [TestPlatform.Ours], "read", "finding:1"));
        platform.Database.Write(session => session.Execute("alter table elsewhere rename to audit_event"));
        await audit.RecordAsync(reader, [TestPlatform.Ours], "read", "finding:1");
    }

    [Fact]
    public async Task Twenty_readers_at_once_wait_together_and_the_chains_hold()
    {
        const int Readers = 20;
        const int Each = 50;
        var audit = new ReadAudit(platform.Database);
        var waits = new double[Readers * Each];
        await Task.WhenAll(
            Enumerable
                .Range(0, Readers)
                .Select(reader =>
                    Task.Run(async () =>
                    {
                        var who = TestPlatform.With(Role.PartnerViewer, TestPlatform.Ours) with { Id = $"{reader}" };
                        for (var i = 0; i < Each; i++)
                        {
                            var begun = Stopwatch.GetTimestamp();
                            await audit.RecordAsync(who, [reader % 2 == 0 ? TestPlatform.Ours : TestPlatform.Theirs], "read", $"finding:{i}");
                            waits[reader * Each + i] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
                        }
                    })
                )
        );
        Array.Sort(waits);
        TestContext.Current.TestOutputHelper?.WriteLine($"median {waits[waits.Length / 2]:0.0} ms, p99 {waits[^(waits.Length / 100)]:0.0} ms");
        foreach (var partnerId in new[] { TestPlatform.Ours, TestPlatform.Theirs })
        {
            var events = platform.Database.Read(session => AuditEvent.List(session, partnerId, 0, Readers * Each));
            Assert.Equal(Readers * Each / 2, events.Count);
            Assert.True(AuditChain.Check(partnerId, events, [], new Dictionary<string, string>()).IsIntact);
        }

        // Generous: the machine may be busy.
        Assert.InRange(waits[waits.Length / 2], 0, 100);
    }

    public void Dispose() => platform.Dispose();
}
