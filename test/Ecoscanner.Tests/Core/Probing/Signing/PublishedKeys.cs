using System.Buffers.Text;
using Ecoscanner.Probing.Signing;

namespace Ecoscanner.Tests.Core.Probing.Signing;

/// <summary>The Ed25519 key that RFC 9421 appendix B.1.4 publishes for tests; the vectors of the RFC and of the directory draft are made with it.</summary>
internal static class PublishedKeys
{
    public static SigningKey Rfc9421 { get; } = new(Base64Url.DecodeFromChars("n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU"));
}
