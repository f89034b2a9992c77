namespace Ecoscanner.Apps.Forge;

/// <summary>A Forge app's manifest as it was read. What could not be read is among its problems; the rest stands here.</summary>
public sealed record ForgeManifest
{
    public required ForgeAppSettings App { get; init; }

    /// <summary>Every module but functions and endpoints, in the order of the file.</summary>
    public IReadOnlyList<ForgeModule> Modules { get; init; } = [];

    public IReadOnlyList<ForgeFunction> Functions { get; init; } = [];

    public IReadOnlyList<ForgeEndpoint> Endpoints { get; init; } = [];

    public IReadOnlyList<ForgeRemote> Remotes { get; init; } = [];

    public IReadOnlyList<ForgeResource> Resources { get; init; } = [];

    public required ForgePermissions Permissions { get; init; }

    /// <summary>Modules of a Connect app that moved to Forge, such as <c>jira:generalPages</c>, and its lifecycle.</summary>
    public IReadOnlyList<ForgeConnectModule> ConnectModules { get; init; } = [];

    /// <summary>Providers of external authentication (OAuth).</summary>
    public IReadOnlyList<ForgeAuthProvider> Providers { get; init; } = [];

    public IReadOnlyList<ForgeVariable> Variables { get; init; } = [];

    public ForgeTranslations? Translations { get; init; }

    /// <summary>Containers that the app runs on Atlassian's platform.</summary>
    public IReadOnlyList<ForgeService> Services { get; init; } = [];

    /// <summary>Everything that something outside the app's code can start, with who that is.</summary>
    public IReadOnlyList<ForgeEntryPoint> EntryPoints { get; init; } = [];

    /// <summary>Keys that the schema does not have; their values stand in <see cref="Root"/>.</summary>
    public IReadOnlyList<ForgeUnknownKey> UnknownKeys { get; init; } = [];

    public IReadOnlyList<ManifestProblem> Problems { get; init; } = [];

    /// <summary>The whole file.</summary>
    public required ManifestMap Root { get; init; }

    /// <summary>The first part of the file that is missing here; a handler that names no file hides code, and nothing of the manifest.</summary>
    public ManifestProblem? FirstGap
    {
        get
        {
            var handlers = Functions.Where(function => function.Handler?.Refusal is not null).Select(function => function.Handler!.Text.Place).ToHashSet();
            return Problems.FirstOrDefault(problem => problem.Kind is ManifestProblemKind.NotRead && !handlers.Contains(problem.Place));
        }
    }

    /// <summary>True where a part of the file is missing here.</summary>
    public bool IsPartial => Problems.Any(problem => problem.Kind is ManifestProblemKind.NotRead);
}

/// <summary>A key that the schema does not have.</summary>
/// <param name="Path">Its place among the keys, such as <c>permissions.extrenal</c>.</param>
public sealed record ForgeUnknownKey(string Path, ManifestPlace Place);

/// <summary>An environment variable that may stand in texts as <c>${Key}</c>.</summary>
/// <param name="Default">Its value where the deployment sets none.</param>
public sealed record ForgeVariable(string Key, string? Default, ManifestPlace Place);

/// <summary>An entry of a mapping with free names.</summary>
public sealed record ForgeNamedText(string Name, ForgeText Text);

/// <summary>A text for people: itself, or the key of its translations.</summary>
public sealed record ForgeLabel(ForgeText? Text, ForgeText? TranslationKey);

/// <summary>Where the app's translations are.</summary>
public sealed record ForgeTranslations(IReadOnlyList<ForgeNamedText> Files, string? FallbackLocale, ManifestPlace Place);

/// <summary>A container service.</summary>
public sealed record ForgeService(ForgeText? Key, ManifestMap Node);
