using System.Text;
using System.Text.Json;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Audit;

public sealed class AuditChainTests : IDisposable
{
    private readonly TestPlatform platform = new();
    private readonly AuditKeys keys;

    public AuditChainTests() => keys = AuditKeys.Open(Path.Combine(platform.Folder, "keys"));

    [Fact]
    public void Every_hour_a_head_is_signed_of_each_chain_that_grew()
    {
        var heads = new AuditHeads(platform.Database, keys);
        Record(TestPlatform.Ours, 3);
        Record(0, 1);
        Assert.Equal(2, heads.SignAll());
        Assert.Equal(0, heads.SignAll());
        Record(TestPlatform.Ours, 2);
        Assert.Equal(1, heads.SignAll());
        Assert.Equal([3, 5], Heads().Select(head => head.Sequence));
        Assert.Equal(new AuditVerdict(null, 5, 5, null), Check(Events(), Heads()));
    }

    [Fact]
    public void A_clock_that_jumps_back_breaks_no_chain()
    {
        Record(TestPlatform.Ours, 2);
        platform.Time.Advance(TimeSpan.FromDays(-400));
        Record(TestPlatform.Ours, 2);
        new AuditHeads(platform.Database, keys).SignAll();
        Assert.Equal(new AuditVerdict(null, 4, 4, null), Check(Events(), Heads()));
    }

    [Fact]
    public void Heads_of_a_key_before_the_last_rotation_still_prove()
    {
        var heads = new AuditHeads(platform.Database, keys);
        Record(TestPlatform.Ours, 1);
        heads.SignAll();
        keys.Rotate();
        Record(TestPlatform.Ours, 1);
        heads.SignAll();
        Assert.Equal(2, keys.PublicKeys.Count);
        Assert.True(Check(Events(), Heads()).IsIntact);
        using var anew = AuditKeys.Open(Path.Combine(platform.Folder, "keys"));
        Assert.Equal(keys.KeyId, anew.KeyId);
    }

    [Fact]
    public void Events_beyond_the_last_head_follow_but_are_not_proven()
    {
        Record(TestPlatform.Ours, 2);
        new AuditHeads(platform.Database, keys).SignAll();
        Record(TestPlatform.Ours, 3);
        Assert.Equal(new AuditVerdict(null, 5, 2, null), Check(Events(), Heads()));
    }

    [Fact]
    public void A_check_goes_on_from_a_head_that_was_proven_before()
    {
        Record(TestPlatform.Ours, 2);
        new AuditHeads(platform.Database, keys).SignAll();
        var anchor = Heads()[^1];
        Record(TestPlatform.Ours, 2);
        new AuditHeads(platform.Database, keys).SignAll();
        var later = Events().Where(audited => audited.Sequence > anchor.Sequence).ToList();
        Assert.Equal(new AuditVerdict(null, 4, 4, null), AuditChain.Check(TestPlatform.Ours, later, Heads(), keys.PublicKeys, anchor));
    }

    [Theory]
    [InlineData("content was changed")]
    [InlineData("not in order")]
    [InlineData("made anew")]
    [InlineData("cut off")]
    [InlineData("another chain")]
    [InlineData("not by key")]
    [InlineData("not among those given")]
    public void Who_changes_the_past_is_found_out(string how)
    {
        Record(TestPlatform.Ours, 5);
        new AuditHeads(platform.Database, keys).SignAll();
        var (events, heads) = (Events().ToList(), Heads().ToList());
        switch (how)
        {
            case "content was changed":
                events[2] = events[2] with { Actor = "somebody else" };
                break;
            case "not in order":
                events.RemoveAt(2);
                break;
            case "made anew":
                events[2] = events[2] with { Actor = "somebody else" };
                for (var i = 2; i < events.Count; i++)
                {
                    var previous = events[i - 1].Hash;
                    events[i] = events[i] with { PreviousHash = previous, Hash = AuditLog.Hash(previous, i + 1, events[i].At, events[i].Entry) };
                }

                break;
            case "cut off":
                events.RemoveAt(4);
                break;
            case "another chain":
                heads[0] = heads[0] with { PartnerId = TestPlatform.Theirs };
                break;
            case "not by key":
                heads[0] = heads[0] with { SignedAt = heads[0].SignedAt + 1 };
                break;
            default:
                heads[0] = heads[0] with { KeyId = "0000000000000000" };
                break;
        }

        var verdict = Check(events, heads);
        Assert.False(verdict.IsIntact);
        Assert.Contains(how, verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_change_of_any_event_is_found_out_and_nothing_throws()
    {
        Record(TestPlatform.Ours, 4);
        new AuditHeads(platform.Database, keys).SignAll();
        var (events, heads, served) = (Events(), Heads(), keys.PublicKeys);
        Fuzz.Run(random =>
        {
            var changed = events.ToList();
            var at = random.Next(changed.Count);
            var one = changed[at];
            changed[at] = random.Next(6) switch
            {
                0 => one with { Actor = Fuzzing.Mutate(one.Actor, random) },
                1 => one with { Object = Fuzzing.Mutate(one.Object, random) },
                2 => one with { At = one.At + random.Next(3) - 1 },
                3 => one with { Hash = Fuzzing.Mutate(one.Hash, random) },
                4 => one with { PreviousHash = Fuzzing.Mutate(one.PreviousHash, random) },
                _ => one with { Detail = Fuzzing.Mutate(one.Detail, random) },
            };
            Assert.Equal(Same(one, changed[at]), Check(changed, heads).IsIntact);
            var mutated = heads[0] with { Signature = Fuzzing.Mutate(heads[0].Signature, random) };
            Assert.Equal(mutated.Signature.AsSpan().SequenceEqual(heads[0].Signature), Check(events, [mutated]).IsIntact);
            AuditChain.Check(TestPlatform.Ours, events, heads, served.ToDictionary(key => key.Key, key => Fuzzing.Mutate(key.Value, random)));
        });

        // An unpaired surrogate is written as the replacement character, as it would be.
        static bool Same(AuditEvent one, AuditEvent other) =>
            (Bytes(one.Actor), Bytes(one.Object), one.At, Bytes(one.Detail)) == (Bytes(other.Actor), Bytes(other.Object), other.At, Bytes(other.Detail))
            && one.Hash.AsSpan().SequenceEqual(other.Hash)
            && one.PreviousHash.AsSpan().SequenceEqual(other.PreviousHash);
        static string Bytes(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public void What_the_partner_kept_is_checked_at_its_desk_and_any_text_is_read_without_harm()
    {
        Record(TestPlatform.Ours, 3);
        new AuditHeads(platform.Database, keys).SignAll();
        var rows = Events()
            .Select(row => new
            {
                sequence = row.Sequence,
                at = "whatever",
                clock = row.At,
                actorKind = row.ActorKind,
                actor = row.Actor,
                action = row.Action,
                @object = row.Object,
                purpose = row.Purpose,
                detail = new { },
                detailText = row.Detail,
                previousHash = Convert.ToHexStringLower(row.PreviousHash),
                hash = Convert.ToHexStringLower(row.Hash),
            })
            .ToList();
        var heads = Heads()
            .Select(head => new
            {
                partner = head.PartnerId,
                sequence = head.Sequence,
                hash = Convert.ToHexStringLower(head.Hash),
                signedAt = head.SignedAt,
                keyId = head.KeyId,
                signature = Convert.ToBase64String(head.Signature),
            });
        // Two parts of the list in one file.
        byte[] events =
        [
            .. JsonSerializer.SerializeToUtf8Bytes(new { items = rows.Take(2), next = "…" }),
            (byte)'\n',
            .. JsonSerializer.SerializeToUtf8Bytes(new { items = rows.Skip(2) }),
        ];
        var kept = JsonSerializer.SerializeToUtf8Bytes(new { items = heads });
        var served = JsonSerializer.SerializeToUtf8Bytes(new { keys = keys.PublicKeys });
        Assert.Equal(new AuditVerdict(null, 3, 3, null), AuditExport.Check(events, kept, served));
        Fuzz.Run(random =>
        {
            foreach (
                var (one, other, last) in new[]
                {
                    (Fuzzing.Mutate(events, random), kept, served),
                    (events, Fuzzing.Mutate(kept, random), served),
                    (events, kept, Fuzzing.Mutate(served, random)),
                }
            )
            {
                try
                {
                    AuditExport.Check(one, other, last);
                }
                catch (FormatException)
                {
                    // Said in words of ours.
                }
            }
        });
    }

    [Fact]
    public void A_partner_sees_everyone_who_can_read_its_findings()
    {
        platform.Database.Write(session =>
        {
            Account(session, "viewer", Role.PartnerViewer, TestPlatform.Ours);
            Account(session, "foreign", Role.PartnerAdmin, TestPlatform.Theirs);
            Account(session, "triager", Role.Triager, 0);
            Account(session, "engineer", Role.Engineer, 0);
            Account(session, "gone", Role.PartnerAdmin, TestPlatform.Ours);
            session.Execute("update account set disabled_at = 1 where id = 'gone'");
            session.Execute(
                """
                insert into break_glass (account_id, partner_id, reason, opened_at, closes_at)
                values ('engineer', 1, 'incident 7', @Clock, @Clock + 1000), ('engineer', 2, 'incident 8', @Clock, @Clock + 1000)
                """,
                new { session.Clock }
            );
            session.Execute(
                """
                insert into api_token (id, prefix, hash, partner_id, app_id, name, capabilities, created_at, created_by, expires_at)
                values ('1', 'eco_1', x'01', 1, 1, 'pipeline', 'upload read-findings', @Clock, '', @Clock + 1000),
                       ('2', 'eco_2', x'01', 1, null, 'upload only', 'upload', @Clock, '', @Clock + 1000)
                """,
                new { session.Clock }
            );
        });
        var readers = platform.Database.Read(session => Readers.List(session, TestPlatform.Ours));
        Assert.Equal(
            ["account viewer partner-viewer", "staff triager triager", "token eco_1 ci-token", "break-glass engineer incident 7"],
            readers.Select(reader => $"{reader.Kind} {reader.Id} {reader.By}")
        );
        platform.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["account", "staff"], platform.Database.Read(session => Readers.List(session, TestPlatform.Ours)).Select(reader => reader.Kind));
    }

    public void Dispose()
    {
        keys.Dispose();
        platform.Dispose();
    }

    private static void Account(Ecoscanner.Service.Storage.Session session, string id, Role role, long partnerId)
    {
        session.Execute("insert into account (id, email, name, created_at) values (@id, @id, @id, @Clock)", new { id, session.Clock });
        session.Execute(
            "insert into account_role (account_id, role, partner_id, granted_at, granted_by) values (@id, @role, @partnerId, @Clock, '')",
            new
            {
                id,
                role = CapabilityWords.Of(role),
                partnerId,
                session.Clock,
            }
        );
    }

    private void Record(long partnerId, int count) =>
        platform.Database.Write(session =>
        {
            for (var i = 0; i < count; i++)
            {
                AuditLog.Record(session, AuditEntry.By(TestPlatform.With(Role.PartnerViewer, partnerId), partnerId, "read", $"finding:{i}"));
            }
        });

    private IReadOnlyList<AuditEvent> Events() => platform.Database.Read(session => AuditEvent.List(session, TestPlatform.Ours, 0, 100));

    private IReadOnlyList<AuditHead> Heads() => platform.Database.Read(session => AuditHeads.List(session, TestPlatform.Ours, 0, 100));

    private AuditVerdict Check(IEnumerable<AuditEvent> events, IEnumerable<AuditHead> heads) =>
        AuditChain.Check(TestPlatform.Ours, events, heads, keys.PublicKeys);
}
