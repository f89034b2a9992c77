using Ecoscanner.Apps.Forge;

namespace Ecoscanner.Scanners.ForgeManifest;

/// <summary>An address of the manifest: a URL, a host, or a pattern of them.</summary>
/// <param name="Scheme">In lower case; empty where none is written, which Forge takes as https.</param>
/// <param name="Host">In lower case, without port and user name; empty where the address has only a scheme.</param>
/// <param name="Shown">As evidence shows it: without user name and password.</param>
/// <param name="IsHostFixed">False where a part of the host that decides whose it is comes from a variable.</param>
internal sealed record ManifestAddress(string Scheme, string Host, string Shown, bool IsSchemeFixed, bool IsHostFixed)
{
    private const string Separator = "://";

    // No host name has it, so it cannot be mistaken for one.
    private const char Unknown = '\0';

    public static ManifestAddress Of(ForgeText text)
    {
        var value = string.Concat(text.Pieces.Select(piece => piece.IsVariable ? Unknown.ToString() : piece.Text)).Trim();
        var scheme = "";
        var start = 0;
        if (value.IndexOf(Separator, StringComparison.Ordinal) is >= 0 and var separator)
        {
            (scheme, start) = (value[..separator], separator + Separator.Length);
        }
        else if (value.EndsWith(':') && !value.Contains('.', StringComparison.Ordinal))
        {
            // "https:", as a policy writes every host of a scheme.
            (scheme, start) = (value[..^1], value.Length);
        }

        var end = value.AsSpan(start).IndexOfAny('/', '?', '#');
        var authority = end < 0 ? value[start..] : value.Substring(start, end);
        var user = authority.LastIndexOf('@');
        var host = WithoutPort(authority[(user + 1)..]).ToLowerInvariant();
        return new ManifestAddress(
            scheme.ToLowerInvariant(),
            host,
            user < 0 ? text.Value : text.Value.Replace(text.Value.Split('@')[0] + "@", scheme + Separator, StringComparison.Ordinal),
            // A variable in front may bring a scheme along.
            !scheme.Contains(Unknown, StringComparison.Ordinal) && (scheme.Length > 0 || !value.StartsWith(Unknown)),
            IsOwnerFixed(host)
        );
    }

    /// <summary>True where it stays on the developer's machine or network; no deployed app reaches it.</summary>
    public bool IsLocal =>
        Host is "localhost" or "0.0.0.0" or "[::1]" or "host.docker.internal"
        || Host.EndsWith(".localhost", StringComparison.Ordinal)
        || Host.EndsWith(".local", StringComparison.Ordinal)
        || (System.Net.IPAddress.TryParse(Host, out var address) && IsPrivate(address.GetAddressBytes()));

    /// <summary>True where every host is meant. Other schemes, such as <c>mailto:</c>, lead to programs and not to hosts.</summary>
    public bool IsEverything => Scheme is ("" or "*" or "https" or "http" or "wss" or "ws") && (Host.Length == 0 ? Scheme.Length > 0 : Host.EndsWith('*'));

    /// <summary>What follows the last wildcard and its label: <c>com</c> of <c>*.com</c>; null where there is no wildcard.</summary>
    public string? BelowWildcard
    {
        get
        {
            var star = Host.LastIndexOf('*');
            if (star < 0)
            {
                return null;
            }

            var dot = Host.IndexOf('.', star);
            return dot < 0 ? Host[(star + 1)..] : Host[(dot + 1)..];
        }
    }

    // With "${NAME}.example.com" the owner is known, whatever stands in the variable.
    private static bool IsOwnerFixed(string host)
    {
        var last = host.LastIndexOf(Unknown);
        return last < 0 || host.AsSpan(last).Count('.') > 1 && host[last + 1] == '.';
    }

    private static string WithoutPort(string authority)
    {
        var colon = authority.LastIndexOf(':');
        return colon > authority.LastIndexOf(']') ? authority[..colon] : authority;
    }

    private static bool IsPrivate(byte[] address) => address is [127 or 10, _, _, _] or [192, 168, _, _] or [169, 254, _, _] or [172, >= 16 and <= 31, _, _];
}
