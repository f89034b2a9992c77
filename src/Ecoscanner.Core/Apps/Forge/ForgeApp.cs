using Ecoscanner.Findings;

namespace Ecoscanner.Apps.Forge;

/// <summary>A Forge app as its source tells it.</summary>
public sealed record ForgeApp(string Key, string Name) : App(Key, Name)
{
    // Part of every identity, so that a manifest that gets its other name keeps its findings.
    private const string ManifestIdentity = "manifest.yml";

    public override string Hosting => "Forge";

    public required ForgeManifest Manifest { get; init; }

    /// <summary>The folder on disk that the manifest stands in; what its handlers name is relative to it. Null where the app came in a ZIP.</summary>
    public required string? Folder { get; init; }

    /// <summary>The app's files by their names below the manifest's folder, where it came in a ZIP; null where they are in <see cref="Folder"/>.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? Files { get; init; }

    /// <summary>The manifest's own name in its folder.</summary>
    public string ManifestName
    {
        get => field ?? System.IO.Path.GetFileName(Source);
        init;
    }

    /// <summary>The text of <c>package.json</c> beside the manifest; null where there is none that could be read.</summary>
    public string? PackageJson { get; init; }

    /// <summary>What of the folder was not read, and why.</summary>
    public IReadOnlyList<ForgeFolderProblem> FolderProblems { get; init; } = [];

    /// <summary>The partner's servers that it uses, as far as the manifest tells their addresses.</summary>
    public ForgeServers Servers { get; init; } = new();

    /// <summary>Whether the manifest names servers outside Atlassian's platform, known or not.</summary>
    public bool HasServers => Manifest.Remotes.Count + Manifest.ConnectModules.Count > 0;

    public override string Document => "manifest";

    public override string WayToAsk => "name each that you want asked with --approve-host HOST";

    public override IEnumerable<AppUrl> Urls => Servers.Urls;

    public override ConnectApp? AsConnect() => Servers.Connect;

    public override ForgeApp Only(AskedPlaces places) => this with { Servers = Servers.Only(places) };

    /// <summary>A place in the manifest.</summary>
    /// <param name="what">What stands there, such as <c>permissions.scopes/read:jira-work</c>; part of the identity, so no line and no index.</param>
    public Location InManifest(string what, ManifestPlace place) =>
        Location.OfFile(ManifestIdentity, what, place.Line, place.Column) with
        {
            Path = Shown(ManifestName),
        };

    /// <summary>A file of the app as reports show it: below the folder that was named where that was a relative path, else below the app's folder.</summary>
    /// <param name="path">Relative to the app's folder, with forward slashes.</param>
    public string Shown(string path)
    {
        if (Files is not null)
        {
            return path;
        }

        var source = Source.Replace('\\', '/');
        var folder = source[..(source.LastIndexOf('/') + 1)];
        var isBelow = !folder.StartsWith('/') && !folder.Contains(':', StringComparison.Ordinal) && !folder.Split('/').Contains("..", StringComparer.Ordinal);
        return isBelow ? folder + path : path;
    }
}

/// <summary>A file of an app's folder that was not read.</summary>
public sealed record ForgeFolderProblem(string Path, string Reason)
{
    /// <summary>True where it may be code, so that nothing that is judged by the code can pass.</summary>
    public bool MayHideCode { get; init; }
}
