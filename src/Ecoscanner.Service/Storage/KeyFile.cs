namespace Ecoscanner.Service.Storage;

/// <summary>Files of secrets: their owner's alone, written whole or not at all.</summary>
internal static class KeyFile
{
    // The greatest is a partner's with all its rotations.
    private const int MaximumBytes = 4 * 1024 * 1024;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    // The spinning soon sleeps a millisecond each time; what is done meanwhile takes a few.
    private const int LockAttempts = 5_000;

    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>What the file holds, or null where there is none.</summary>
    /// <exception cref="SealedException">Others may read it, or it is too large to be one of ours.</exception>
    public static byte[]? Find(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != UnixFileMode.None)
            {
                throw new SealedException($"key file {path} is open to others; run chmod 600 on it, and rotate the keys if somebody may have read it");
            }

            if (file.Length > MaximumBytes)
            {
                throw new SealedException($"key file {path} is too large to be one; put the backup of the keys in its place");
            }

            var content = new byte[file.Length];
            file.ReadExactly(content);
            return content;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Puts the content in the file's place; after a crash there is the old one or the new one.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        MakeFolder(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            using (var file = Create(unfinished))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>A new file that only its owner may read.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    /// <summary>Overwrites the content before the name goes.</summary>
    public static void Destroy(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None))
        {
            file.Write(new byte[file.Length]);
            file.Flush(flushToDisk: true);
        }

        File.Delete(path);
    }

    /// <summary>Holds the folder against other processes; to be disposed within milliseconds.</summary>
    public static FileStream Turn(string folder)
    {
        MakeFolder(folder);
        var path = Path.Combine(folder, "lock");
        var spin = new SpinWait();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (spin.Count < LockAttempts && File.Exists(path))
            {
                spin.SpinOnce();
            }
        }
    }
}
