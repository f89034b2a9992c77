namespace Ecoscanner.JavaScript.Resolution;

/// <summary>The files below one root: names are relative to it, separated by <c>/</c>, and spelled exactly; the root itself is the empty name.</summary>
public interface IModuleFiles
{
    /// <summary>What stands at a name; <see cref="FileKind.None"/> also for what lies outside the root or could not be looked at.</summary>
    FileKind KindOf(string path);

    /// <summary>The names in a directory, in ordinal order; none where it is no directory.</summary>
    IReadOnlyList<string> Entries(string directory);

    /// <summary>The name without symbolic links; null where nothing stands there, or where links lead out of the root or in circles.</summary>
    string? RealPath(string path);

    /// <summary>Reads a file whole.</summary>
    /// <param name="maximumBytes">A larger file is refused.</param>
    FileContent Read(string path, int maximumBytes);
}
