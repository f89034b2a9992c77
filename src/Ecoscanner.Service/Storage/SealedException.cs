namespace Ecoscanner.Service.Storage;

/// <summary>What was sealed cannot be opened, or nothing can be sealed any more; the message says why and the way out.</summary>
public sealed class SealedException(string message, bool isDestroyed = false, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True where the partner's keys were destroyed: it is gone for good.</summary>
    public bool IsDestroyed { get; } = isDestroyed;
}
