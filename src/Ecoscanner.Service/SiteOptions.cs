using System.Globalization;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Access.OpenId;
using Ecoscanner.Service.Api;
using Ecoscanner.Service.Mail;
using Ecoscanner.Service.Scheduling;

namespace Ecoscanner.Service;

/// <summary>How the operator wants the service.</summary>
public sealed record SiteOptions
{
    public const string UsualUrl = "http://127.0.0.1:8433";

    /// <summary>Where the database, the keys and everything that is kept lie.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where it listens; port 0 takes any free one.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [UsualUrl];

    /// <summary>Where the service is reached from outside, an https origin: its keys stand there, and what runs send is signed; null where nothing is signed.</summary>
    public Uri? Origin { get; init; }

    /// <summary>Who takes our mail; null where it goes into the folder of the outbox.</summary>
    public MailServer? Mail { get; init; }

    /// <summary>The Marketplace whose apps are noticed by themselves; null where none is asked.</summary>
    public Uri? Marketplace { get; init; }

    /// <summary>The version of its API: 2, or 3.</summary>
    public int MarketplaceApi { get; init; } = 2;

    /// <summary><c>email:token</c> for version 3; null asks anonymously.</summary>
    public string? MarketplaceCredentials { get; init; }

    /// <summary>Partners and apps to bring into the catalogue at the start; null where there is no such file.</summary>
    public string? Catalogue { get; init; }

    /// <summary>Scans at a time.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>What the operator says of all scans.</summary>
    public RunSettings Runs { get; init; } = new();

    public RunLimits RunLimits { get; init; } = new();

    /// <summary>The program that is started for each scan; null for this one.</summary>
    public RunProgram? Worker { get; init; }

    /// <summary>The file with the advisories; null for this machine's own.</summary>
    public string? Advisories { get; init; }

    /// <summary>False where nothing is scanned and nothing watched, only answered.</summary>
    public bool Works { get; init; } = true;

    /// <summary>The key that wraps the partners' keys, where it lies elsewhere than with them; null for the usual place.</summary>
    public string? PlatformKeyFile { get; init; }

    /// <summary>How strict signing in is.</summary>
    public AccessOptions Access { get; init; } = new();

    /// <summary>Providers of identities that people may sign in with.</summary>
    public IReadOnlyList<OpenIdProvider> Providers { get; init; } = [];

    public RequestRates Rates { get; init; } = new();

    public RequestPatience Patience { get; init; } = new();

    /// <summary>Bytes of one artifact.</summary>
    public long MaximumArtifactBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>True where the operator says that the clock is right, however far it went since the service ran last.</summary>
    public bool ClockIsRight { get; init; }

    /// <summary>Structured lines for programs instead of plain ones for people.</summary>
    public bool LogsJson { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The same from the command line: <c>--data</c>, <c>--urls</c>, <c>--marketplace</c>, <c>--workers</c>.</summary>
    /// <exception cref="SiteException">An option is unknown or has no value.</exception>
    public static SiteOptions Parse(IReadOnlyList<string> args)
    {
        var options = new SiteOptions { DataFolder = "ecoscanner-data" };
        for (var at = 0; at < args.Count; at += 2)
        {
            var value = at + 1 < args.Count ? args[at + 1] : throw new SiteException($"{args[at]} has no value");
            options = args[at] switch
            {
                "--data" => options with { DataFolder = value },
                "--urls" => options with { Urls = value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) },
                "--marketplace" => options with { Marketplace = new Uri(value) },
                "--workers" => options with { Workers = int.Parse(value, CultureInfo.InvariantCulture) },
                var unknown => throw new SiteException($"the service has no option {unknown}"),
            };
        }

        return options;
    }
}

/// <summary>The service cannot start; the message says why, where and the way out.</summary>
public sealed class SiteException(string message, Exception? inner = null) : Exception(message, inner);
