using System.Net;
using Ecoscanner.Probing;

namespace Ecoscanner.Tests.Core.Probing;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("168.63.129.15")]
    [InlineData("2a00:1450:4001:82a::200e")]
    [InlineData("2001:200::1")]
    [InlineData("2003::1")]
    [InlineData("64:ff9b::8.8.8.8")]
    public void A_globally_reachable_address_passes(string address) => Assert.Null(AddressGuard.Refusal(IPAddress.Parse(address)));

    /// <summary>Every row of both tables, at its first and last address.</summary>
    public static TheoryData<string> Edges =>
        [
            .. SpecialAddresses
                .Metadata.Concat(SpecialAddresses.NotGloballyReachable)
                .SelectMany(row => new[] { row.Range.BaseAddress, Last(row.Range) })
                .Select(address => address.ToString())
                .Distinct(),
        ];

    [Theory]
    [MemberData(nameof(Edges))]
    public void A_special_range_is_refused_from_its_first_address_to_its_last(string address) => Assert.NotNull(AddressGuard.Refusal(IPAddress.Parse(address)));

    [Theory]
    [InlineData("169.254.169.254", "cloud metadata")]
    [InlineData("10.1.2.3", "RFC 1918")]
    [InlineData("64:ff9b::a9fe:a9fe", "NAT64 of cloud metadata")]
    [InlineData("2a00:1450::5efe:8.8.8.8", "ISATAP")]
    [InlineData("2a00:1450::200:5efe:8.8.8.8", "ISATAP")]
    [InlineData("4000::1", "not global unicast")]
    [InlineData("::ffff:8.8.8.8", "IPv4-mapped")]
    [InlineData("::ffff:0:8.8.8.8", "not global unicast")]
    [InlineData("2a00::1%3", "zone id")]
    public void A_refusal_names_its_reason(string address, string reason) =>
        Assert.Contains(reason, AddressGuard.Refusal(IPAddress.Parse(address)), StringComparison.Ordinal);

    [Theory]
    [InlineData("169.254.169.254", true)]
    [InlineData("::ffff:169.254.169.254", true)]
    [InlineData("64:ff9b::168.63.129.16", true)]
    [InlineData("fd00:ec2::254", true)]
    [InlineData("169.254.1.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    public void A_metadata_service_is_known_in_every_form(string address, bool metadata) =>
        Assert.Equal(metadata, AddressGuard.IsMetadata(IPAddress.Parse(address)));

    private static IPAddress Last(IPNetwork network)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        for (var bit = network.PrefixLength; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return new IPAddress(bytes);
    }
}
