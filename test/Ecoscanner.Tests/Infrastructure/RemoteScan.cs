using Ecoscanner.Apps.Forge;
using Ecoscanner.Probing;
using Ecoscanner.Scanning;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>Scans a Forge app whose remote is a server on loopback, through the real way out.</summary>
internal static class RemoteScan
{
    /// <summary>Reads the app from a folder, as the program does.</summary>
    public static ForgeApp Read(Desk desk, string manifest)
    {
        desk.Write("notes/manifest.yml", manifest);
        return ForgeAppReader.Read(desk.PathOf("notes/manifest.yml"));
    }

    /// <summary>Scans with every scanner, or with some.</summary>
    /// <param name="approved">Hosts with ports that the person allowed; null allows what the manifest names.</param>
    public static async Task<AppReport> RunAsync(
        ForgeApp app,
        ScanOptions options,
        IReadOnlyList<string>? approved = null,
        params IReadOnlyList<IScanner> scanners
    )
    {
        var hosts = approved ?? [.. app.Urls.Select(url => $"{url.Url.Host}:{url.Url.Port}").Distinct(StringComparer.Ordinal)];
        var probing = new ProbeOptions
        {
            RunId = "test",
            Rate = 10_000,
            Burst = 10_000,
            ApprovedHosts = hosts,
            AllowedPrivate = hosts,
            RequestTimeout = TimeSpan.FromSeconds(10),
            TrustedRoots = options.TrustedRoots,
        };
        using var session = new ProbeSession(probing, TimeProvider.System);
        return await ScannerRuns.RunAsync(app, session, options, scanners);
    }
}
