using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Ecoscanner.Probing;

/// <summary>Judges the very address that is about to be connected to: only what IANA calls globally reachable passes.</summary>
internal static class AddressGuard
{
    /// <summary>Why an address is refused, in words; null where it is globally reachable.</summary>
    public static string? Refusal(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0)
        {
            return "an address with a zone id (RFC 4007)";
        }

        // The platform's IPNetwork takes these for the IPv4 address inside.
        if (address.IsIPv4MappedToIPv6)
        {
            return "IPv4-mapped (RFC 4291)";
        }

        foreach (var range in SpecialAddresses.Metadata.Concat(SpecialAddresses.NotGloballyReachable))
        {
            if (range.Range.Contains(address))
            {
                return $"{range.Name} ({range.Source})";
            }
        }

        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => null,
            AddressFamily.InterNetworkV6 when SpecialAddresses.Nat64.Contains(address) => Refusal(Embedded(address)) is { } inner ? $"NAT64 of {inner}" : null,
            AddressFamily.InterNetworkV6 when !SpecialAddresses.GlobalUnicast.Contains(address) => "not global unicast (RFC 4291)",
            AddressFamily.InterNetworkV6 when IsIsatap(address) => "ISATAP (RFC 5214)",
            AddressFamily.InterNetworkV6 => null,
            _ => "neither IPv4 nor IPv6",
        };
    }

    /// <summary>True for the address of a cloud's metadata service, in whatever form it is embedded.</summary>
    public static bool IsMetadata(IPAddress address) =>
        SpecialAddresses.Metadata.Any(range => range.Range.Contains(address))
        || (address.IsIPv4MappedToIPv6 && IsMetadata(address.MapToIPv4()))
        || (SpecialAddresses.Nat64.Contains(address) && IsMetadata(Embedded(address)));

    private static IPAddress Embedded(IPAddress nat64) => new(nat64.GetAddressBytes().AsSpan(12));

    /// <summary>True where the interface identifier holds an IPv4 address (RFC 5214, 6.1): a tunnel into whatever network that is.</summary>
    private static bool IsIsatap(IPAddress address) => (BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes().AsSpan(8)) | 0x0200_0000) == 0x0200_5efe;
}
