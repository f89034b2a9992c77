namespace Ecoscanner.JavaScript.Resolution;

/// <summary>The source files of a tree, in ordinal order of their names, without packages and repositories.</summary>
/// <param name="Problems">What was left out and why, each a sentence.</param>
public sealed record SourceListing(IReadOnlyList<string> Files, IReadOnlyList<string> Problems)
{
    /// <summary>No app of the Marketplace comes near it.</summary>
    public const int MaximumFiles = 100_000;

    /// <summary>Deeper directories are left out.</summary>
    public const int MaximumDepth = 64;

    /// <summary>Directories looked into, with or without sources in them.</summary>
    public const int MaximumDirectories = 100_000;

    private static readonly string[] SkippedDirectories = ["node_modules", ".git", ".hg", ".svn", ".yarn"];

    /// <summary>Lists them.</summary>
    /// <param name="withJson">JSON files too.</param>
    public static SourceListing Of(IModuleFiles files, bool withJson = false)
    {
        var found = new List<string>();
        var problems = new List<string>();
        var pending = new Stack<(string Directory, int Depth)>([("", 0)]);
        for (var directories = 1; pending.TryPop(out var next); directories++)
        {
            if (directories > MaximumDirectories)
            {
                problems.Add($"The tree has more than {MaximumDirectories} directories; {next.Directory} and what follows it were left out.");
                break;
            }

            foreach (var name in files.Entries(next.Directory))
            {
                var path = ModulePath.Join(next.Directory, name);
                // What a symbolic link names stands elsewhere under its own name; this also ends loops.
                switch (files.RealPath(path) == path ? files.KindOf(path) : FileKind.None)
                {
                    case FileKind.Directory when SkippedDirectories.Contains(name, StringComparer.Ordinal):
                        break;
                    case FileKind.Directory when next.Depth + 1 >= MaximumDepth:
                        problems.Add($"{path} is deeper than {MaximumDepth} directories and was left out.");
                        break;
                    case FileKind.Directory:
                        pending.Push((path, next.Depth + 1));
                        break;
                    case FileKind.File when IsSource(path, withJson):
                        found.Add(path);
                        break;
                }
            }

            if (found.Count > MaximumFiles)
            {
                problems.Add($"The tree has more than {MaximumFiles} source files; {found[MaximumFiles]} and what follows it were left out.");
                found.RemoveRange(MaximumFiles, found.Count - MaximumFiles);
                break;
            }
        }

        found.Sort(StringComparer.Ordinal);
        return new SourceListing(found, problems);
    }

    private static bool IsSource(string path, bool withJson) => ModulePath.SourceExtension(path) is { } extension && (withJson || extension != ".json");
}
