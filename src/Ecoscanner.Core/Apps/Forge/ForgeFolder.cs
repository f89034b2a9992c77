using System.Security;

namespace Ecoscanner.Apps.Forge;

/// <summary>The files that lie directly in an app's folder, which strangers may have filled: no symbolic link leads out of it, and no file is read whole because it is there.</summary>
internal sealed class ForgeFolder(string root)
{
    private readonly string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>A file's bytes, one more than the most at most, so that the reader can see that it is too long; null where there is no such file.</summary>
    /// <exception cref="IOException">It cannot be read, or leads out of the folder.</exception>
    /// <exception cref="UnauthorizedAccessException">Its rights forbid it.</exception>
    public byte[]? Read(string name, int maximumBytes)
    {
        var path = Path.Combine(root, name);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var file = new FileInfo(path);
            if (file.LinkTarget is not null)
            {
                file = Inside(file);
            }

            // A pipe or a device says 0 as well, and opening it could wait for ever.
            if (file.Length == 0)
            {
                return [];
            }

            using var stream = file.OpenRead();
            var bytes = new byte[(int)Math.Min(file.Length, maximumBytes + 1L)];
            return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (SecurityException e)
        {
            throw new UnauthorizedAccessException(e.Message, e);
        }
    }

    private FileInfo Inside(FileInfo link)
    {
        var target = link.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        var folder = target?.Directory;
        // A folder on the way may be a link as well.
        while (folder is { LinkTarget: null } && folder.FullName.Length > root.Length)
        {
            folder = folder.Parent;
        }

        return folder?.FullName == root && target is { Exists: true }
            ? target
            : throw new IOException("it is a symbolic link that leads out of the app's folder");
    }
}
