using System.Security.Cryptography;

namespace Ecoscanner.Apps;

/// <summary>Who our probes pretend to be: names no tenant has, and by which a partner recognises them in logs and may filter them.</summary>
public static class FakeIdentity
{
    /// <summary>What every made-up issuer, client key, account and key id of ours starts with.</summary>
    public const string Prefix = "ecoscanner-fake-";

    /// <summary>The <c>iss</c> of a token that no tenant signed.</summary>
    public const string Issuer = Prefix + "token";

    /// <summary>The secret it is signed with. No secret: it stands here so that anybody can check that a captured token is ours.</summary>
    public const string SharedSecret = Prefix + "secret";

    /// <summary>The <c>sub</c> of such a token.</summary>
    public const string AccountId = Prefix + "user";

    /// <summary>The <c>kid</c> of an install token signed with a key that Atlassian never published.</summary>
    public const string KeyId = Prefix + "key";

    /// <summary>A client key that never was, for an install that must not touch a real tenant.</summary>
    public static string FreshClientKey() => Prefix + RandomNumberGenerator.GetHexString(32, lowercase: true);
}
