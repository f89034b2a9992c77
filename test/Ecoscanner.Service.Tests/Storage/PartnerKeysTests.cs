using System.Runtime.Versioning;
using System.Text;
using Ecoscanner.Service.Storage;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Storage;

public sealed class PartnerKeysTests : IDisposable
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("the needle in the haystack");

    private readonly string folder = Directory.CreateTempSubdirectory("ecoscanner-").FullName;

    private string Keys => Path.Combine(folder, "keys");

    [Fact]
    public void What_was_sealed_can_be_opened_after_a_restart()
    {
        var box = PartnerKeys.Open(Keys).Seal(7, "evidence", Secret);
        Assert.Equal(Secret, PartnerKeys.Open(Keys).Open(7, "evidence", box));
    }

    [Fact]
    public void What_was_sealed_for_one_partner_or_purpose_is_none_of_anothers()
    {
        var keys = PartnerKeys.Open(Keys);
        var box = keys.Seal(7, "evidence", Secret);
        keys.Seal(8, "evidence", Secret);
        Assert.Throws<SealedException>(() => keys.Open(8, "evidence", box));
        Assert.Throws<SealedException>(() => keys.Open(7, "report", box));
        Assert.Throws<SealedException>(() => keys.Open(9, "evidence", box));
    }

    [Fact]
    public void Equal_contents_of_two_partners_cannot_be_told_to_be_equal()
    {
        var keys = PartnerKeys.Open(Keys);
        Assert.Equal(keys.Digest(7, Secret), PartnerKeys.Open(Keys).Digest(7, Secret));
        Assert.NotEqual(keys.Digest(7, Secret), keys.Digest(8, Secret));
    }

    [Fact]
    public void Another_key_seals_after_a_rotation_and_what_older_ones_sealed_stays_readable()
    {
        var keys = PartnerKeys.Open(Keys);
        var (before, digest) = (keys.Seal(7, "evidence", Secret), keys.Digest(7, Secret));
        keys.Rotate(7);
        var after = keys.Seal(7, "evidence", Secret);
        Assert.NotEqual(before[..3], after[..3]);
        var anew = PartnerKeys.Open(Keys);
        Assert.Equal(Secret, anew.Open(7, "evidence", before));
        Assert.Equal(Secret, anew.Open(7, "evidence", after));
        Assert.Equal(digest, anew.Digest(7, Secret));
    }

    [Fact]
    public void Keys_of_before_a_rotation_of_the_platforms_are_of_no_use_with_the_new_one()
    {
        var keys = PartnerKeys.Open(Keys);
        var box = keys.Seal(7, "evidence", Secret);
        var file = Path.Combine(Keys, "partner-7.key");
        var old = File.ReadAllBytes(file);
        keys.RotatePlatform();
        Assert.Equal(Secret, PartnerKeys.Open(Keys).Open(7, "evidence", box));
        File.WriteAllBytes(file, old);
        Assert.Throws<SealedException>(() => PartnerKeys.Open(Keys).Open(7, "evidence", box));
    }

    [Fact]
    public void Destroyed_keys_are_gone_for_good_and_no_others_take_their_place()
    {
        var keys = PartnerKeys.Open(Keys);
        var box = keys.Seal(7, "evidence", Secret);
        keys.Destroy(7);
        foreach (var any in new[] { keys, PartnerKeys.Open(Keys) })
        {
            Assert.True(any.IsDestroyed(7));
            Assert.True(Assert.Throws<SealedException>(() => any.Open(7, "evidence", box)).IsDestroyed);
            Assert.True(Assert.Throws<SealedException>(() => any.Seal(7, "evidence", Secret)).IsDestroyed);
        }

        Assert.False(File.Exists(Path.Combine(Keys, "partner-7.key")));
        keys.RotatePlatform();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Key_files_are_their_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes are Unix's");
        var keys = PartnerKeys.Open(Keys);
        keys.Seal(7, "evidence", Secret);
        foreach (var file in Directory.GetFiles(Keys, "*.key"))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        File.SetUnixFileMode(Path.Combine(Keys, "platform.key"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.Throws<SealedException>(() => PartnerKeys.Open(Keys)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_platform_key_is_asked_for_and_not_made_anew()
    {
        PartnerKeys.Open(Keys).Seal(7, "evidence", Secret);
        File.Delete(Path.Combine(Keys, "platform.key"));
        Assert.Contains("backup", Assert.Throws<SealedException>(() => PartnerKeys.Open(Keys)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_who_need_a_partners_first_key_at_once_get_the_same_one()
    {
        var boxes = new byte[8][];
        var (one, other) = (PartnerKeys.Open(Keys), PartnerKeys.Open(Keys));
        Parallel.For(0, boxes.Length, i => boxes[i] = (i % 2 == 0 ? one : other).Seal(7, "evidence", Secret));
        Assert.All(boxes, box => Assert.Equal(Secret, PartnerKeys.Open(Keys).Open(7, "evidence", box)));
    }

    [Fact]
    public void A_box_that_was_changed_in_any_way_is_refused()
    {
        var keys = PartnerKeys.Open(Keys);
        var good = keys.Seal(7, "evidence", Secret);
        Fuzz.Run(random =>
        {
            var changed = Fuzzing.Mutate(good, random);
            if (!changed.AsSpan().SequenceEqual(good))
            {
                Assert.Throws<SealedException>(() => keys.Open(7, "evidence", changed));
            }
        });
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
