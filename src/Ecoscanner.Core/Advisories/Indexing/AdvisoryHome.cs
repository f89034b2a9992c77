namespace Ecoscanner.Advisories.Indexing;

/// <summary>Where this machine keeps its index: one for all apps of a person, as the advisories are the same for all.</summary>
public static class AdvisoryHome
{
    /// <summary>Names the index's file; what it names wins.</summary>
    public const string Variable = "ECOSCANNER_ADVISORIES";

    private const string FileName = "advisories.index";

    /// <summary>
    /// What the variable names, else a file in the user's data folder: <c>%LOCALAPPDATA%</c> on Windows, else <c>$XDG_DATA_HOME</c> or <c>~/.local/share</c>; below it
    /// <c>ecoscanner</c>.
    /// </summary>
    public static string IndexPath() => IndexPath(Environment.GetEnvironmentVariable);

    internal static string IndexPath(Func<string, string?> environment)
    {
        if (environment(Variable) is { Length: > 0 } named)
        {
            return Path.GetFullPath(named);
        }

        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "ecoscanner", FileName);
        }

        // The XDG specification asks to ignore a relative path.
        var data =
            environment("XDG_DATA_HOME") is { } path && Path.IsPathRooted(path)
                ? path
                : Path.Combine(environment("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
        return Path.Combine(data, "ecoscanner", FileName);
    }
}
