namespace Ecoscanner.Apps;

/// <summary>A document that cannot be read as a Connect descriptor; its message is one line that names the thing, the place and the way out.</summary>
public sealed class DescriptorException(string message, int? line = null, int? column = null) : Exception(message)
{
    /// <summary>1-based; null where the whole document is wrong.</summary>
    public int? Line { get; } = line;

    /// <summary>1-based, in UTF-16 units; null where the whole document is wrong.</summary>
    public int? Column { get; } = column;
}
