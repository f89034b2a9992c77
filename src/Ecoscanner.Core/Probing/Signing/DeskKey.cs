namespace Ecoscanner.Probing.Signing;

/// <summary>The key of one installation at a desk: made at first use, kept in the user's state folder, vouched for by nobody else.</summary>
public static class DeskKey
{
    private const string FileName = "desk-key.pem";

    /// <summary>The installation's key, made where there is none yet.</summary>
    /// <param name="folder">Where it is kept: <see cref="Folder()"/> but in tests.</param>
    /// <exception cref="InvalidDataException">The file is no key, or others may read it.</exception>
    public static SigningKey LoadOrCreate(string folder) => SigningKey.LoadOrCreate(Path.Combine(folder, FileName));

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
}
