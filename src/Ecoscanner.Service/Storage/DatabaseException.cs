namespace Ecoscanner.Service.Storage;

/// <summary>The database cannot be used, or not for this; the message says what, where and the way out.</summary>
public sealed class DatabaseException(string message, bool isFull = false, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True where the disk has no room left: what was asked may be asked again later.</summary>
    public bool IsFull { get; } = isFull;
}
