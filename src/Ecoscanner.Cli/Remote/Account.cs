using System.Text.Json;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Remote;

/// <summary>Which service a person uses, and the token that it gave them: from the surroundings, or from a file that nobody else may read.</summary>
internal sealed record Account(string Service, string Token)
{
    public const string TokenVariable = "ECOSCANNER_TOKEN";
    public const string ServiceVariable = "ECOSCANNER_SERVICE";

    private const string FileName = "account.json";
    private const int MaximumBytes = 16 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where <c>login</c> keeps it: <c>%APPDATA%</c> on Windows, else <c>$XDG_CONFIG_HOME</c> or <c>~/.config</c>.</summary>
    public static string FilePath
    {
        get
        {
            var config =
                OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData)
                : Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { } path && Path.IsPathRooted(path) ? path
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
            return Path.Combine(config, "ecoscanner", FileName);
        }
    }

    /// <summary>The account in force: what was said wins over variables, and they win over the file.</summary>
    /// <exception cref="ExitException">There is none.</exception>
    public static Account Current(string? service)
    {
        var kept = Kept();
        var token = Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } variable ? variable : null;
        service ??= Environment.GetEnvironmentVariable(ServiceVariable) is { Length: > 0 } named ? named : kept?.Service;
        if (service is null)
        {
            throw new ExitException(
                ExitCode.Service,
                $"no service is known; sign in with: ecoscanner login --service URL, or set {ServiceVariable} and {TokenVariable}"
            );
        }

        // A token that one service gave is no other service's affair.
        return (token ?? (kept?.Service == service ? kept.Token : null)) is { } found
            ? new Account(service, found)
            : throw new ExitException(
                ExitCode.Service,
                $"no token for {service} is known; sign in with: ecoscanner login --service {service}, or set {TokenVariable}"
            );
    }

    /// <summary>Keeps it for the next commands, for its owner's eyes only.</summary>
    /// <exception cref="ExitException">The file cannot be written.</exception>
    public void Keep()
    {
        var unfinished = $"{FilePath}.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using (var file = new FileStream(unfinished, options))
            {
                JsonSerializer.Serialize(file, this, RemoteJson.Default.Account);
            }

            File.Move(unfinished, FilePath, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(unfinished);
            throw new ExitException(ExitCode.Usage, $"{FilePath} cannot be written: {e.Message.TrimEnd('.')}; set {TokenVariable} instead", e);
        }
    }

    // Never the token, whoever prints it.
    public override string ToString() => Service;

    private static Account? Kept()
    {
        try
        {
            if (new FileInfo(FilePath) is not { Exists: true, Length: < MaximumBytes })
            {
                return null;
            }

            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(FilePath) & ~(OwnerOnly | UnixFileMode.UserExecute)) != UnixFileMode.None)
            {
                throw new ExitException(
                    ExitCode.Service,
                    $"{FilePath} is open to others; run chmod 600 on it, and get a new token if somebody may have read it"
                );
            }

            return JsonSerializer.Deserialize(File.ReadAllBytes(FilePath), RemoteJson.Default.Account);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ExitException(ExitCode.Service, $"{FilePath} cannot be read; sign in again with: ecoscanner login --service URL", e);
        }
    }
}
