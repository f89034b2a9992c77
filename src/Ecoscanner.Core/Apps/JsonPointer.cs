namespace Ecoscanner.Apps;

/// <summary>Pointers into JSON (RFC 6901).</summary>
internal static class JsonPointer
{
    /// <summary>A property's name as one step of a pointer.</summary>
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
