using System.Globalization;

namespace Ecoscanner.Probing.Signing;

/// <summary>
/// The platform's keys: made at first start, replaced every <see cref="Period"/>. Each is published, signs, stays published a little longer, and is gone.
/// </summary>
/// <remarks>The folder is the whole state: a key's file is named after the second from which it signs. One process owns the folder.</remarks>
public sealed class PlatformKeys
{
    /// <summary>How long a key signs.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromDays(30);

    /// <summary>How long a key is published before it signs: twice as long as the directory may be cached.</summary>
    public static readonly TimeSpan Notice = 2 * DirectoryResponse.CacheLifetime;

    /// <summary>How long a key stays published after its last signature: until that has expired by every clock.</summary>
    public static readonly TimeSpan Afterwards = SignatureProfile.Lifetime + SignatureVerifier.ClockSkew;

    private const string NameFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const string Extension = ".pem";

    private readonly string folder;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly SortedList<DateTimeOffset, SigningKey> keys = [];

    /// <summary>Reads the keys in this folder, which need not exist yet.</summary>
    /// <exception cref="InvalidDataException">A file is no key, or others may read it.</exception>
    public PlatformKeys(string folder, TimeProvider time)
    {
        this.folder = folder;
        this.time = time;
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var path in Directory.EnumerateFiles(folder, $"*{Extension}"))
        {
            keys.Add(Start(path), SigningKey.Load(path));
        }
    }

    /// <summary>The key that signs now; makes the first one, and the next when it is due.</summary>
    public SigningKey Current
    {
        get
        {
            lock (gate)
            {
                var now = Advance();
                return keys.Values[Math.Max(0, keys.Keys.Count(start => start <= now) - 1)];
            }
        }
    }

    /// <summary>The keys to publish now, the oldest first, each with the time it signs in.</summary>
    public KeyDirectory Published => new([.. Publishable().Select(key => key.Public)]);

    /// <summary>The same keys, each beside its private half.</summary>
    internal IReadOnlyList<(DirectoryKey Public, SigningKey Key)> Publishable()
    {
        lock (gate)
        {
            Advance();
            return
            [
                .. keys.Select(
                    (key, index) =>
                        (
                            DirectoryKey.Of(key.Value) with
                            {
                                NotBefore = key.Key,
                                Expires = index + 1 < keys.Count ? keys.Keys[index + 1] + Afterwards : null,
                            },
                            key.Value
                        )
                ),
            ];
        }
    }

    private DateTimeOffset Advance()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        if (keys.Count == 0)
        {
            Add(now);
        }

        // After a long stop this comes late: the old key then goes on until the new one has had its notice.
        var due = keys.Keys[^1] + Period;
        if (now >= due - Notice)
        {
            Add(now + Notice > due ? now + Notice : due);
        }

        while (keys.Count > 1 && now >= keys.Keys[1] + Afterwards)
        {
            File.Delete(KeyFile(keys.Keys[0]));
            keys.RemoveAt(0);
        }

        return now;
    }

    private void Add(DateTimeOffset start)
    {
        var key = SigningKey.Create();
        key.Save(KeyFile(start));
        keys.Add(start, key);
    }

    private string KeyFile(DateTimeOffset start) => Path.Combine(folder, start.ToString(NameFormat, CultureInfo.InvariantCulture) + Extension);

    private static DateTimeOffset Start(string path) =>
        DateTimeOffset.TryParseExact(
            Path.GetFileNameWithoutExtension(path),
            NameFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var start
        )
            ? start
            : throw new InvalidDataException($"key {path} is not named after the time it signs from, like 20260131T120000Z.pem; rename or remove it");
}
