using System.Globalization;

namespace Ecoscanner.Cli.Configuration;

/// <summary>Hosts as people name them: <c>app.example.com</c>, <c>app.example.com:8443</c>, <c>[::1]:8443</c>.</summary>
internal static class HostNames
{
    /// <summary>What is wrong with <c>HOST</c> or <c>HOST:PORT</c>, or null.</summary>
    public static string? Problem(string text) =>
        text.Contains("://", StringComparison.Ordinal) || text.Contains('/', StringComparison.Ordinal)
            ? "must be a host without scheme and path, such as app.example.com or app.example.com:8443"
        : Split(text) is null ? "must be a host, such as app.example.com, or a host and port, such as app.example.com:8443 or [::1]:8443"
        : null;

    /// <summary>What is wrong with <c>HOST:PORT</c>, or null.</summary>
    public static string? ProblemWithPort(string text) =>
        Problem(text) ?? (Split(text) is { Port: null } ? "must name a port too, such as localhost:8443" : null);

    private static (string Host, int? Port)? Split(string text)
    {
        var colon = text.LastIndexOf(':');
        var hasPort = colon > 0 && !text.EndsWith(']') && (text[0] == '[' || text.IndexOf(':', StringComparison.Ordinal) == colon);
        var host = hasPort ? text[..colon] : text;
        if (Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown)
        {
            return null;
        }

        if (!hasPort)
        {
            return (host, null);
        }

        return ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? (host, port) : null;
    }
}
