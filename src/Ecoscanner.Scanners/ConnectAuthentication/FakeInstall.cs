using System.Security.Cryptography;
using System.Text.Json;
using Ecoscanner.Apps;

namespace Ecoscanner.Scanners.ConnectAuthentication;

/// <summary>A tenant that does not exist: fresh, unguessable, and its secret in memory only.</summary>
internal sealed class FakeInstall(ConnectApp app, Uri baseUrl)
{
    // Bytes of randomness in the secret: as many as the HMAC's key can use.
    private const int SecretBytes = 32;

    /// <summary>Stands in evidence for tokens signed with the fake tenant's secret, which nobody keeps.</summary>
    public const string Placeholder = "TOKEN-OF-THE-FAKE-TENANT-NOT-KEPT";

    public string ClientKey { get; } = FakeIdentity.FreshClientKey();

    public string SharedSecret { get; } = RandomNumberGenerator.GetHexString(SecretBytes * 2, lowercase: true);

    /// <summary>The lifecycle payload of <c>installed</c> or <c>uninstalled</c>; only the first carries the secret.</summary>
    public byte[] Payload(string eventType)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("key", app.Key);
            json.WriteString("clientKey", ClientKey);
            if (eventType == "installed")
            {
                json.WriteString("sharedSecret", SharedSecret);
            }

            json.WriteString("baseUrl", baseUrl.AbsoluteUri.TrimEnd('/'));
            json.WriteString("displayUrl", baseUrl.AbsoluteUri.TrimEnd('/'));
            json.WriteString("productType", "jira");
            json.WriteString("description", "Ecoscanner: signed-install check, a tenant that does not exist");
            json.WriteString("serverVersion", "0");
            json.WriteString("pluginsVersion", "0");
            json.WriteString("eventType", eventType);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
