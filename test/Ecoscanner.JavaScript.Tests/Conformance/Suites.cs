using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>Finds the public parser test suites, which are no part of this repository: tests that need one skip where it is not.</summary>
internal static class Suites
{
    /// <summary>Where suites are looked for instead of <c>artifacts/suites</c>.</summary>
    private const string FolderVariable = "ECOSCANNER_SUITES";

    private static readonly Dictionary<string, string> Origins = new(StringComparer.Ordinal)
    {
        ["test262"] = "https://github.com/tc39/test262",
        ["typescript-eslint"] = "https://github.com/typescript-eslint/typescript-eslint",
        ["esbuild"] = "https://github.com/evanw/esbuild",
    };

    private static string Folder =>
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? folder : Path.Combine(Repository.Root, "artifacts", "suites");

    private static string NodeModules => Path.Combine(Repository.Root, "test", "node", "node_modules");

    /// <summary>The folder of a suite's checkout (<c>test262</c>, <c>typescript-eslint</c>, <c>esbuild</c>), or null where there is none.</summary>
    public static string? Find(string name) => Existing(Path.Combine(Folder, name));

    /// <summary>The folder of an npm package that the tests use, or null where it is not installed.</summary>
    public static string? FindPackage(string name) => Existing(Path.Combine(NodeModules, name));

    /// <summary>Why a test that needs the suite is skipped, and what to do about it.</summary>
    public static string HowToGet(string name) =>
        $"{name} is not here: git clone --depth 1 {Origins[name]} artifacts/suites/{name}, or set {FolderVariable} to the folder that holds {name}";

    /// <summary>Why a test that needs the npm package is skipped, and what to do about it.</summary>
    public static string HowToInstall(string name) => $"{name} is not installed: run npm ci in test/node";

    private static string? Existing(string folder) => Directory.Exists(folder) ? folder : null;
}
