using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using Ecoscanner.Cli.Configuration;
using Ecoscanner.Probing.Signing;

namespace Ecoscanner.Cli.Checkups;

/// <summary>Looks at what scans need from this machine. Sends nothing.</summary>
internal static class MachineCheckups
{
    private const int NeededRuntime = 10;
    private const int NeededNode = 18;
    private static readonly TimeSpan ProgramPatience = TimeSpan.FromSeconds(5);

    // Read by other tools; a scanner that obeyed them would not see what it connects to.
    private static readonly string[] ProxyVariables = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];

    // Ours that are no settings of a scan.
    private static readonly string[] OtherVariables = ["ECOSCANNER_ROOT", "ECOSCANNER_ACCEPT", "ECOSCANNER_SLOW", "ECOSCANNER_ADVISORIES"];

    public static IEnumerable<Checkup> All(TimeProvider time)
    {
        yield return Runtime();
        yield return Signing();
        yield return State();
        yield return TrustStore();
        yield return Clock(time);
        yield return Configuration();
        yield return Node();
        foreach (var checkup in Proxies().Concat(UnknownVariables()))
        {
            yield return checkup;
        }
    }

    private static Checkup Runtime() =>
        Environment.Version.Major >= NeededRuntime
            ? Checkup.Good(".NET", $"{Environment.Version} on {RuntimeInformation.RuntimeIdentifier}")
            : Checkup.Bad(".NET", $"{Environment.Version} is older than {NeededRuntime}; install the .NET {NeededRuntime} runtime");

    private static Checkup Signing() =>
        Ed25519.UnavailableReason is { } reason
            ? Checkup.Note("signatures", $"traffic goes out unsigned: {reason}")
            : Checkup.Good("signatures", "Ed25519 by OpenSSL, made and verified");

    private static Checkup State()
    {
        var folder = DeskKey.Folder();
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".doctor-{Guid.NewGuid():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return Checkup.Good("state folder", $"{folder} can be written");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Checkup.Note(
                "state folder",
                $"{folder} cannot be written ({e.Message.TrimEnd('.')}); traffic goes out unsigned. Set XDG_STATE_HOME to a folder of yours"
            );
        }
    }

    private static Checkup TrustStore()
    {
        var count = 0;
        foreach (var location in (ReadOnlySpan<StoreLocation>)[StoreLocation.LocalMachine, StoreLocation.CurrentUser])
        {
            using var store = new X509Store(StoreName.Root, location);
            store.Open(OpenFlags.ReadOnly);
            count += store.Certificates.Count;
        }

        return count > 0
            ? Checkup.Good("trust store", $"{count} root certificates")
            : Checkup.Bad("trust store", "holds no root certificate, so every site looks untrusted; install the package ca-certificates");
    }

    // A clock that stands before the program was built gets every certificate wrong.
    private static Checkup Clock(TimeProvider time)
    {
        var now = time.GetUtcNow();
        var built = new DateTimeOffset(File.GetLastWriteTimeUtc(Path.Combine(AppContext.BaseDirectory, "ecoscanner.dll")), TimeSpan.Zero);
        var shown = now.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return now >= built
            ? Checkup.Good("clock", shown)
            : Checkup.Bad("clock", $"{shown} is before this program was built, so certificates are judged wrongly; set the clock");
    }

    private static Checkup Configuration()
    {
        if (ConfigurationFile.Find(Directory.GetCurrentDirectory()) is not { } path)
        {
            return Checkup.Good("configuration", $"no {ConfigurationFile.FileName} here; to get one: ecoscanner init");
        }

        try
        {
            ConfigurationFile.Read(path);
            return Checkup.Good("configuration", path);
        }
        catch (ExitException e)
        {
            return Checkup.Bad("configuration", string.Join("; ", e.Lines));
        }
    }

    private static Checkup Node()
    {
        const string Way = "only the sample apps need it: apt-get install nodejs npm";
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true, UseShellExecute = false })!;
            var version = node.StandardOutput.ReadLine() ?? "";
            node.WaitForExit(ProgramPatience);
            return int.TryParse(version.TrimStart('v').Split('.')[0], CultureInfo.InvariantCulture, out var major) && major >= NeededNode
                ? Checkup.Good("node", $"{version}, for the sample apps")
                : Checkup.Note("node", $"\"{version}\" is older than {NeededNode}; {Way}");
        }
        catch (Win32Exception)
        {
            return Checkup.Note("node", $"is not installed; {Way}");
        }
    }

    private static IEnumerable<Checkup> Proxies() =>
        ProxyVariables
            .Where(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 })
            .Select(name =>
                Checkup.Note("proxy", $"{name} is set and ignored: scans connect directly, to see what they connect to. Scan from where apps can be reached")
            );

    private static IEnumerable<Checkup> UnknownVariables()
    {
        var known = Settings.All.Select(setting => setting.Variable).Concat(OtherVariables).ToList();
        return Environment
            .GetEnvironmentVariables()
            .Keys.Cast<string>()
            .Where(name => name.StartsWith("ECOSCANNER_", StringComparison.Ordinal) && !name.StartsWith("ECOSCANNER_TENANT_", StringComparison.Ordinal))
            .Where(name => !known.Contains(name, StringComparer.Ordinal))
            .Select(name => Checkup.Note("environment", $"{name} is no variable of ecoscanner{Suggestion.For(name, known, "it is ignored")}"));
    }
}
