using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>Everything that endpoints use, opened together and closed together.</summary>
public sealed class Platform : IDisposable
{
    private readonly FileStream turn;

    private Platform(SiteOptions options, FileStream turn)
    {
        Options = options;
        this.turn = turn;
        Database = Database.Open(Path.Combine(options.DataFolder, "platform.db"), options.Time);
        Keys = PartnerKeys.Open(Path.Combine(options.DataFolder, "keys"));
        Blobs = new Blobs(Path.Combine(options.DataFolder, "blobs"), Keys, options.Time);
        Cursor = new Cursor(Convert.FromHexString(Keys.Digest(PartnerKeys.Platform, "cursors of lists"u8)));
    }

    public SiteOptions Options { get; }

    public string? SetupCode { get; private set; }

    public Database Database { get; }

    public PartnerKeys Keys { get; }

    public Blobs Blobs { get; }

    internal Cursor Cursor { get; }

    /// <exception cref="SiteException">The folder cannot be used.</exception>
    public static Platform Open(SiteOptions options)
    {
        var folder = Path.GetFullPath(options.DataFolder);
        FileStream? turn = null;
        try
        {
            if (!Directory.Exists(folder))
            {
                KeyFile.MakeFolder(folder);
            }

            turn = Turn(folder);
            return new Platform(options with { DataFolder = folder }, turn);
        }
        catch (Exception e) when (e is DatabaseException or SealedException)
        {
            turn?.Dispose();
            throw new SiteException(e.Message, e);
        }
        catch (UnauthorizedAccessException e)
        {
            turn?.Dispose();
            throw new SiteException($"{folder}: this account may not write there; give it the folder (chown), or name another with --data", e);
        }
        catch (IOException e)
        {
            turn?.Dispose();
            throw new SiteException($"{folder}: {e.Message}; see to it, or name another folder with --data", e);
        }
    }

    public void Dispose()
    {
        Database.Dispose();
        turn.Dispose();
    }

    // Two services on one folder would each hold state that the other changes.
    private static FileStream Turn(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "service.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(Path.Combine(folder, "service.lock")))
        {
            throw new SiteException($"{folder} is used by another ecoscanner serve; stop it, or name another folder with --data", e);
        }
    }
}
