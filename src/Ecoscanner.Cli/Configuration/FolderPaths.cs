namespace Ecoscanner.Cli.Configuration;

/// <summary>Paths that stand in a configuration file: meant from its folder, and not to be trusted to write outside of it.</summary>
internal static class FolderPaths
{
    private const string Asked = "-";

    /// <summary>A file to read.</summary>
    public static (string Value, string? Problem) Input(string path, string folder) => (path == Asked ? path : Path.Combine(folder, path), null);

    /// <summary>A report to write, <c>FORMAT=FILE</c>. Who cloned a folder did not ask for its file to write over another.</summary>
    public static (string Value, string? Problem) Output(string format, string folder)
    {
        if (format.Split('=', 2) is not [var name, { Length: > 0 } file])
        {
            return (format, null);
        }

        var path = Path.GetFullPath(Path.Combine(folder, file));
        return IsBelow(path, Path.GetFullPath(folder))
            ? ($"{name}={path}", null)
            : (format, "must write below the folder of the file; elsewhere only a flag may");
    }

    private static bool IsBelow(string path, string folder)
    {
        for (var at = path; at is not null && at.Length > folder.Length; at = Path.GetDirectoryName(at))
        {
            if (new FileInfo(at).LinkTarget is not null)
            {
                return false;
            }

            if (Path.GetDirectoryName(at) == folder)
            {
                return true;
            }
        }

        return false;
    }
}
