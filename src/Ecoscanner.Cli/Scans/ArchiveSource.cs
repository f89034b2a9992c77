using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Apps.DataCenter;

namespace Ecoscanner.Cli.Scans;

/// <summary>Gets the Data Center app that a target is the archive of.</summary>
internal static class ArchiveSource
{
    /// <param name="advisories">What tells groups by artifacts, beside what is known anyway; null where there are none.</param>
    /// <exception cref="TargetException">The file cannot be read, or no plugin is in it.</exception>
    public static DataCenterApp Read(Target target, AdvisoryIndex? advisories, CancellationToken cancellation)
    {
        var path = target.Path!;
        try
        {
            return DataCenterAppReader.Read(path, DataCenterReading.Of(advisories), cancellation);
        }
        catch (InvalidDataException e)
        {
            throw TargetException.Wrong(path, e.Message.StartsWith(path, StringComparison.Ordinal) ? e.Message[path.Length..].TrimStart() : e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TargetException.Wrong(path, $"cannot be read: {e.Message.TrimEnd('.')}; check the file and its permissions", e);
        }
    }
}
