using System.Buffers;
using System.Net;

namespace Ecoscanner.Probing;

/// <summary>One spelling for each host: what is compared, judged and dialled is always this form.</summary>
public static class HostName
{
    /// <summary>Longest name of the DNS (RFC 1035, 2.3.4), without the trailing dot.</summary>
    private const int MaximumLength = 253;

    private const int MaximumLabel = 63;

    private static readonly SearchValues<char> InLabels = SearchValues.Create("-0123456789_abcdefghijklmnopqrstuvwxyz");

    // What would end the host inside a URL, or begin a zone id (RFC 6874), which names an interface of this machine.
    private static readonly SearchValues<char> NotInHosts = SearchValues.Create("/\\@?#%<>^|\"`{} \t\r\n\0");

    /// <summary>
    /// Lower-case ASCII without trailing dot: punycode for names, dotted decimals for every spelling of an IPv4 address, RFC 5952 for IPv6,
    /// without brackets. Null for what is no host.
    /// </summary>
    public static string? Canonical(string host)
    {
        var bare = host is ['[', .. var inner, ']'] ? inner : host;
        if (bare.Length is 0 or > 4 * MaximumLength || bare.AsSpan().ContainsAny(NotInHosts))
        {
            return null;
        }

        if (bare.Contains(':', StringComparison.Ordinal))
        {
            return IPAddress.TryParse(bare, out var address) ? address.ToString() : null;
        }

        // Twice, because the first pass turns full-width dots into plain ones, and the second then sees an address.
        return Parsed(bare) is { } once && Parsed(once) is { } twice && HasLabels(twice) && !LooksLikeAddress(twice) ? twice : null;
    }

    /// <summary>The canonical host of an absolute URL; null where it has none. Safe where <see cref="Uri.IdnHost"/> throws.</summary>
    public static string? Of(Uri url) => Canonical(url.HostNameType == UriHostNameType.IPv6 ? url.IdnHost : url.Host);

    private static string? Parsed(string host)
    {
        if (!Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var uri) || uri.HostNameType is not (UriHostNameType.Dns or UriHostNameType.IPv4))
        {
            return null;
        }

        try
        {
            var name = uri.IdnHost.ToLowerInvariant();
            // One dot says that the name is whole (RFC 1034, 3.1); it is not part of it.
            name = name.EndsWith('.') ? name[..^1] : name;
            return name.Length is > 0 and <= MaximumLength ? name : null;
        }
        // Characters that no name may have, such as half a surrogate pair.
        catch (UriFormatException)
        {
            return null;
        }
    }

    /// <summary>True where every label is one that resolvers take (RFC 1035, 2.3.1), with the underscore that is seen in the wild.</summary>
    private static bool HasLabels(string host)
    {
        foreach (var label in host.AsSpan().Split('.'))
        {
            if (host.AsSpan(label) is not { Length: > 0 and <= MaximumLabel } text || text.ContainsAnyExcept(InLabels))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True for a name that ends in a number and is no address: resolvers disagree about those (WHATWG URL, "ends in a number").</summary>
    private static bool LooksLikeAddress(string host)
    {
        var last = host.AsSpan(host.LastIndexOf('.') + 1);
        var numeric = !last.ContainsAnyExceptInRange('0', '9') || last.StartsWith("0x", StringComparison.Ordinal);
        return numeric && !IPAddress.TryParse(host, out _);
    }
}
