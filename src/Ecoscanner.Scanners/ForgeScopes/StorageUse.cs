using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeScopes;

/// <summary>Whether an app uses the platform's storage.</summary>
internal static class StorageUse
{
    private const string Api = "@forge/api";

    // What of Forge's packages keeps nothing; any other may.
    private static readonly HashSet<string> Keepless = new(StringComparer.Ordinal)
    {
        Api,
        "@forge/bridge",
        "@forge/react",
        "@forge/resolver",
        "@forge/ui",
        "@forge/jira-bridge",
        "@forge/confluence-bridge",
    };

    private static readonly HashSet<string> Modules = new(StringComparer.Ordinal) { "objectStore", "sql" };

    public static bool IsIn(ForgeProgram program) =>
        program.Manifest.App is { Entities.Count: > 0 } or { StorageClasses.Count: > 0 }
        || program.Manifest.Modules.Any(module => Modules.Contains(module.Type))
        || program.Graph.Modules.Any(module =>
            module.Record is { } record && record.Requests.Any(request => MayKeep(request.Specifier, record.Tree.Source.Content))
        );

    // The storage of older versions is a member of the package of calls, by one of two names.
    private static bool MayKeep(string? package, string source) =>
        package?.StartsWith("@forge/", StringComparison.Ordinal) == true
        && (!Keepless.Contains(package) || (package == Api && source.Contains("stor", StringComparison.Ordinal)));
}
