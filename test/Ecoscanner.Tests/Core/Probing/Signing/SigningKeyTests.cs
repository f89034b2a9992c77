using System.Buffers.Text;
using System.Runtime.Versioning;
using System.Text;
using Ecoscanner.Probing.Signing;

namespace Ecoscanner.Tests.Core.Probing.Signing;

public sealed class SigningKeyTests : IDisposable
{
    // RFC 8037 appendix A.1 and A.3.
    private const string Seed = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
    private const string Thumbprint = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_key_is_named_by_its_thumbprint() => Assert.Equal(Thumbprint, new SigningKey(Base64Url.DecodeFromChars(Seed)).KeyId);

    [Fact]
    public void A_key_is_the_same_after_it_was_saved()
    {
        var key = SigningKey.Create();
        key.Save(scratch["key.pem"]);

        Assert.Equal(key.KeyId, SigningKey.Load(scratch["key.pem"]).KeyId);
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----\n", File.ReadAllText(scratch["key.pem"]), StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_key_file_and_its_folder_are_their_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes");
        SigningKey.Create().Save(scratch["state/key.pem"]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(scratch["state/key.pem"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(scratch["state"]));
        Assert.Equal(scratch["state/key.pem"], Assert.Single(Directory.GetFiles(scratch["state"])));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_key_that_others_may_read_is_refused_with_the_way_out()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes");
        SigningKey.Create().Save(scratch["key.pem"]);
        File.SetUnixFileMode(scratch["key.pem"], UnixFileMode.UserRead | UnixFileMode.GroupRead);

        var e = Assert.Throws<InvalidDataException>(() => SigningKey.Load(scratch["key.pem"]));
        Assert.Contains("chmod 600", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_is_never_written_over()
    {
        var key = SigningKey.Create();
        key.Save(scratch["key.pem"]);

        Assert.Throws<IOException>(() => SigningKey.Create().Save(scratch["key.pem"]));
        Assert.Equal(key.KeyId, SigningKey.Load(scratch["key.pem"]).KeyId);
    }

    [Fact]
    public async Task Of_many_that_make_a_key_at_once_all_get_the_same_one()
    {
        using var start = new Barrier(16);
        var names = await Task.WhenAll(
            Enumerable
                .Range(0, start.ParticipantCount)
                .Select(_ =>
                    Task.Factory.StartNew(
                        () =>
                        {
                            start.SignalAndWait();
                            return DeskKey.LoadOrCreate(scratch["state"]).KeyId;
                        },
                        CancellationToken.None,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                )
        );

        Assert.Single(names.Distinct());
        Assert.Equal(["desk-key.lock", "desk-key.pem"], Directory.GetFiles(scratch["state"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=\n-----END PUBLIC KEY-----\n")]
    public void A_file_that_is_no_key_is_refused(string content)
    {
        var path = scratch.Write("key.pem", Encoding.ASCII.GetBytes(content));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead);
        }

        var e = Assert.Throws<InvalidDataException>(() => SigningKey.Load(path));
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/var/state", "/var/state/ecoscanner")]
    [InlineData("relative", "{home}/.local/state/ecoscanner")]
    [InlineData(null, "{home}/.local/state/ecoscanner")]
    public void The_desk_key_lives_in_the_users_state_folder(string? variable, string folder)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has %LOCALAPPDATA%");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

        Assert.Equal(folder.Replace("{home}", home, StringComparison.Ordinal), DeskKey.Folder(name => name is "XDG_STATE_HOME" ? variable : null));
    }
}
