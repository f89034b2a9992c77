using System.Collections.Immutable;
using System.Net;

namespace Ecoscanner.Probing;

/// <summary>A range of addresses that no app on the internet is served from, and the document that says so.</summary>
internal sealed record SpecialRange(IPNetwork Range, string Name, string Source);

/// <summary>The IANA special-purpose address registries (IPv4 and IPv6, as of 2025-10) as far as their ranges are not globally reachable, and the metadata services of clouds.</summary>
/// <remarks>
/// Whole blocks are refused where the registry makes small exceptions for anycast services (192.0.0.9, 2001:1::1): no app is served from those.
/// IPv6 is the other way round: only 2000::/3 is global unicast (RFC 4291, 2.4), and these are the exceptions in it.
/// </remarks>
internal static class SpecialAddresses
{
    /// <summary>The only IPv6 block that IANA hands out.</summary>
    public static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>The well-known NAT64 prefix: the last 32 bits are the IPv4 address that is reached (RFC 6052).</summary>
    public static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Services of cloud providers that hand out credentials to any process on a machine. No exception opens them but their own literal.</summary>
    public static readonly ImmutableArray<SpecialRange> Metadata =
    [
        Row("169.254.169.254/32", "cloud metadata", "AWS, Azure, GCP, DigitalOcean"),
        Row("169.254.169.253/32", "cloud resolver", "AWS VPC"),
        Row("169.254.170.2/32", "cloud metadata", "AWS ECS task credentials"),
        Row("169.254.170.23/32", "cloud metadata", "AWS EKS pod identity"),
        Row("169.254.0.23/32", "cloud metadata", "Tencent Cloud"),
        Row("168.63.129.16/32", "cloud metadata", "Azure WireServer"),
        Row("100.100.100.200/32", "cloud metadata", "Alibaba Cloud"),
        Row("192.0.0.192/32", "cloud metadata", "Oracle Cloud Classic"),
        Row("fd00:ec2::/32", "cloud metadata", "AWS, IPv6"),
        Row("fd20:ce::254/128", "cloud metadata", "GCP, IPv6"),
        Row("fd00:42::42/128", "cloud metadata", "Scaleway, IPv6"),
    ];

    public static readonly ImmutableArray<SpecialRange> NotGloballyReachable =
    [
        Row("0.0.0.0/8", "this network", "RFC 791"),
        Row("10.0.0.0/8", "private use", "RFC 1918"),
        Row("100.64.0.0/10", "shared address space", "RFC 6598"),
        Row("127.0.0.0/8", "loopback", "RFC 1122"),
        Row("169.254.0.0/16", "link local", "RFC 3927"),
        Row("172.16.0.0/12", "private use", "RFC 1918"),
        Row("192.0.0.0/24", "IETF protocol assignments", "RFC 6890"),
        Row("192.0.2.0/24", "documentation", "RFC 5737"),
        Row("192.31.196.0/24", "AS112", "RFC 7535"),
        Row("192.52.193.0/24", "AMT", "RFC 7450"),
        Row("192.88.99.0/24", "6to4 relay anycast", "RFC 7526"),
        Row("192.168.0.0/16", "private use", "RFC 1918"),
        Row("192.175.48.0/24", "AS112", "RFC 7534"),
        Row("198.18.0.0/15", "benchmarking", "RFC 2544"),
        Row("198.51.100.0/24", "documentation", "RFC 5737"),
        Row("203.0.113.0/24", "documentation", "RFC 5737"),
        Row("224.0.0.0/4", "multicast", "RFC 5771"),
        Row("240.0.0.0/4", "reserved", "RFC 1112"),
        Row("::/128", "unspecified", "RFC 4291"),
        Row("::1/128", "loopback", "RFC 4291"),
        Row("::/96", "IPv4-compatible", "RFC 4291"),
        Row("64:ff9b:1::/48", "local NAT64", "RFC 8215"),
        Row("100::/64", "discard only", "RFC 6666"),
        Row("100:0:0:1::/64", "dummy prefix", "RFC 9780"),
        Row("2001::/32", "Teredo", "RFC 4380"),
        Row("2001::/23", "IETF protocol assignments", "RFC 2928"),
        Row("2001:db8::/32", "documentation", "RFC 3849"),
        Row("2002::/16", "6to4", "RFC 3056"),
        Row("2620:4f:8000::/48", "AS112", "RFC 7534"),
        Row("3fff::/20", "documentation", "RFC 9637"),
        Row("5f00::/16", "segment routing", "RFC 9602"),
        Row("fc00::/7", "unique local", "RFC 4193"),
        Row("fe80::/10", "link local", "RFC 4291"),
        Row("fec0::/10", "site local", "RFC 3879"),
        Row("ff00::/8", "multicast", "RFC 4291"),
    ];

    private static SpecialRange Row(string range, string name, string source) => new(IPNetwork.Parse(range), name, source);
}
