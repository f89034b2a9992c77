using System.Diagnostics;

namespace Ecoscanner.JavaScript.Bench;

/// <summary>Sources to measure with: packages of the npm registry at exact versions, fetched once.</summary>
internal static class Inputs
{
    private static readonly (string Name, string Title, string[] Packages, Func<string, bool> Takes)[] Sets =
    [
        ("typescript-js", "typescript.js", ["typescript@5.9.3"], path => path.EndsWith("/lib/typescript.js", StringComparison.Ordinal)),
        ("ts-sources", "TypeScript sources", ["rxjs@7.8.2", "zod@4.6.7", "apache-arrow@21.2.0"], IsTypeScript),
        ("tsx", "TSX", ["@blueprintjs/core@6.20.0", "@react-spectrum/s2@1.7.1"], path => IsSource(path, ".tsx")),
        ("minified", "minified", ["antd@6.6.8"], path => path.EndsWith("/dist/antd.min.js", StringComparison.Ordinal)),
    ];

    public static string Root { get; } = FindRoot();

    private static string Folder => Path.Combine(Root, "artifacts", "bench-inputs");

    /// <summary>The sets with their files, fetched where they are not here yet.</summary>
    public static IEnumerable<(string Name, string Title, IReadOnlyList<string> Files)> All()
    {
        foreach (var (name, title, packages, takes) in Sets)
        {
            var files = packages
                .SelectMany(package => Directory.EnumerateFiles(Fetch(package), "*", SearchOption.AllDirectories))
                .Select(path => path.Replace('\\', '/'))
                .Where(takes)
                .Order(StringComparer.Ordinal)
                .ToList();
            yield return (name, title, files);
        }
    }

    /// <summary>A file that lists those files, for a peer to read.</summary>
    public static string ListOf(string name, IEnumerable<string> files)
    {
        var list = Path.Combine(Folder, $"{name}.txt");
        File.WriteAllLines(list, files);
        return list;
    }

    /// <summary>Runs a command to its end and gives what it printed.</summary>
    public static string Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private static bool IsTypeScript(string path) => IsSource(path, ".ts") && !path.EndsWith(".d.ts", StringComparison.Ordinal);

    private static bool IsSource(string path, string ending) =>
        path.Contains("/package/src/", StringComparison.Ordinal) && path.EndsWith(ending, StringComparison.Ordinal);

    // Only the package itself, not what it depends on.
    private static string Fetch(string package)
    {
        var folder = Path.Combine(Folder, package.Replace('/', '+'));
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"fetching {package} (npm pack)");
            var temporary = Directory.CreateDirectory($"{folder}.new").FullName;
            var archive = Run(temporary, "npm", "pack", package, "--silent").Trim();
            Run(temporary, "tar", "xzf", archive);
            File.Delete(Path.Combine(temporary, archive));
            Directory.Move(temporary, folder);
        }

        return folder;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ecoscanner.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"no Ecoscanner.slnx above {AppContext.BaseDirectory}");
        }

        return folder;
    }
}
