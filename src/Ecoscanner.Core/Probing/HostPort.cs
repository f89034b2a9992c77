using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ecoscanner.Probing;

/// <summary>A host, or one port of it, as an operator names it: <c>app.example</c>, <c>localhost:8443</c>, <c>[::1]:4000</c>.</summary>
/// <param name="Host">In its canonical form.</param>
/// <param name="Port">1-65535; null where none was named.</param>
public sealed record HostPort(string Host, int? Port)
{
    /// <summary>Reads one entry; false where it is no host or port.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out HostPort? entry)
    {
        entry = null;
        var (host, digits) = Split(text);
        if (HostName.Canonical(host) is not { } canonical)
        {
            return false;
        }

        if (digits is null)
        {
            entry = new HostPort(canonical, null);
            return true;
        }

        if (!ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
        {
            return false;
        }

        entry = new HostPort(canonical, port);
        return true;
    }

    public override string ToString() => Port is { } port ? Of(Host, port) : Host;

    /// <summary>A canonical host and its port in one text, IPv6 in brackets.</summary>
    internal static string Of(string host, int port) => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";

    private static (string Host, string? Port) Split(string text)
    {
        var colon = text.LastIndexOf(':');
        var named = text.StartsWith('[') ? colon > text.LastIndexOf(']') : colon >= 0 && text.IndexOf(':', StringComparison.Ordinal) == colon;
        return named ? (text[..colon], text[(colon + 1)..]) : (text, null);
    }
}
