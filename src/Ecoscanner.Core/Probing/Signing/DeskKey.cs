namespace Ecoscanner.Probing.Signing;

/// <summary>The key of one installation at a desk: made at first use, kept in the user's state folder, vouched for by nobody else.</summary>
public static class DeskKey
{
    private const string FileName = "desk-key.pem";
    private const string LockName = "desk-key.lock";

    // The spinning soon sleeps a millisecond each time; a key is made in a few.
    private const int LockAttempts = 5_000;

    /// <summary>The installation's key, made where there is none yet. Of several processes that make it at once, all get the same one.</summary>
    /// <param name="folder">Where it is kept: <see cref="Folder()"/> but in tests.</param>
    /// <exception cref="InvalidDataException">The file is no key, or others may read it.</exception>
    public static SigningKey LoadOrCreate(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path))
        {
            return SigningKey.Load(path);
        }

        SigningKey.MakeFolder(folder);
        using var turn = Turn(Path.Combine(folder, LockName));
        if (File.Exists(path))
        {
            return SigningKey.Load(path);
        }

        var key = SigningKey.Create();
        key.Save(path);
        return key;
    }

    /// <summary>The user's state folder: <c>%LOCALAPPDATA%</c> on Windows, else <c>$XDG_STATE_HOME</c> or <c>~/.local/state</c>; below it <c>ecoscanner</c>.</summary>
    public static string Folder() => Folder(Environment.GetEnvironmentVariable);

    internal static string Folder(Func<string, string?> environment)
    {
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "ecoscanner");
        }

        // The XDG specification asks to ignore a relative path.
        var state =
            environment("XDG_STATE_HOME") is { } path && Path.IsPathRooted(path)
                ? path
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(state, "ecoscanner");
    }

    // Moving a file to a name that must be free is not atomic in .NET on Unix. The lock file stays: to delete it would be another race.
    private static FileStream Turn(string path)
    {
        var spin = new SpinWait();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (spin.Count < LockAttempts && File.Exists(path))
            {
                spin.SpinOnce();
            }
        }
    }
}
