using Ecoscanner.Probing.Signing;

namespace Ecoscanner.Tests.Core.Probing.Signing;

public sealed class PlatformKeysTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Scratch scratch = new();
    private readonly Clock clock = new();
    private readonly DateTimeOffset start;

    public PlatformKeysTests() => start = clock.Now;

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void The_first_start_makes_one_key_that_signs_at_once()
    {
        var keys = Open();

        var only = Assert.Single(keys.Published.Keys);
        Assert.Equal(keys.Current.KeyId, only.KeyId);
        Assert.Equal(start, only.NotBefore);
        Assert.Null(only.Expires);
    }

    [Fact]
    public void A_restart_goes_on_with_the_same_key() => Assert.Equal(Open().Current.KeyId, Open().Current.KeyId);

    [Fact]
    public void A_new_key_is_published_before_it_signs_and_the_old_one_until_its_signatures_have_expired()
    {
        var keys = Open();
        var old = keys.Current.KeyId;

        clock.Now = start + PlatformKeys.Period - PlatformKeys.Notice - Second;
        Assert.Equal([old], Names(keys));

        clock.Now += Second;
        var names = Names(keys);
        Assert.Equal(2, names.Count);
        Assert.Equal(old, names[0]);
        Assert.Equal(old, keys.Current.KeyId);

        clock.Now = start + PlatformKeys.Period - Second;
        Assert.Equal(old, keys.Current.KeyId);

        clock.Now += Second;
        Assert.Equal(names[1], keys.Current.KeyId);
        Assert.Equal(names, Names(keys));

        clock.Now += PlatformKeys.Afterwards - Second;
        Assert.Equal(names, Names(keys));

        clock.Now += Second;
        Assert.Equal([names[1]], Names(keys));
        Assert.Single(Directory.GetFiles(scratch.Folder));
    }

    [Fact]
    public void The_directory_says_when_each_key_signs()
    {
        var keys = Open();
        _ = keys.Current;
        clock.Now = start + PlatformKeys.Period - PlatformKeys.Notice;

        var published = keys.Published.Keys;

        Assert.Equal([start, start + PlatformKeys.Period], published.Select(key => key.NotBefore!.Value));
        Assert.Equal([start + PlatformKeys.Period + PlatformKeys.Afterwards, null], published.Select(key => key.Expires));
    }

    [Fact]
    public void After_a_long_stop_the_old_key_signs_until_the_new_one_has_had_its_notice()
    {
        var old = Open().Current.KeyId;
        clock.Now = start + (10 * PlatformKeys.Period);

        var keys = Open();
        Assert.Equal(old, keys.Current.KeyId);
        Assert.Equal(2, keys.Published.Keys.Count);

        clock.Now += PlatformKeys.Notice;
        Assert.NotEqual(old, keys.Current.KeyId);
    }

    [Fact]
    public void At_any_time_the_key_that_signs_has_been_published_for_its_notice_and_stays_for_its_last_signature()
    {
        var keys = Open();
        var first = keys.Current.KeyId;
        var published = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var signed = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        for (; clock.Now < start + (4 * PlatformKeys.Period); clock.Now += TimeSpan.FromMinutes(17))
        {
            var names = Names(keys);
            names.ForEach(name => published.TryAdd(name, clock.Now));
            var current = keys.Current.KeyId;
            Assert.Contains(current, names);
            Assert.True(current == first || clock.Now - published[current] >= PlatformKeys.Notice - TimeSpan.FromMinutes(17));
            Assert.All(signed, last => Assert.True(names.Contains(last.Key) || clock.Now - last.Value >= PlatformKeys.Afterwards));
            signed[current] = clock.Now;
        }

        Assert.Equal(4, signed.Count);
    }

    [Fact]
    public void A_clock_set_back_leaves_the_oldest_key_signing()
    {
        var old = Open().Current.KeyId;
        clock.Now = start - TimeSpan.FromDays(1);

        Assert.Equal(old, Open().Current.KeyId);
    }

    [Fact]
    public void A_file_that_is_not_named_after_a_time_is_refused()
    {
        SigningKey.Create().Save(scratch["mine.pem"]);

        Assert.Contains("mine.pem", Assert.Throws<InvalidDataException>(Open).Message, StringComparison.Ordinal);
    }

    private PlatformKeys Open() => new(scratch.Folder, clock);

    private static List<string> Names(PlatformKeys keys) => [.. keys.Published.Keys.Select(key => key.KeyId)];
}
