using System.Security.Cryptography;
using System.Text.Json;
using Ecoscanner.Apps;
using Ecoscanner.Probing;

namespace Ecoscanner.Scanners.ConnectAuthentication;

/// <summary>A tenant that does not exist: fresh, unguessable, and its secret in memory only.</summary>
internal sealed class FakeInstall(ConnectApp app, Uri baseUrl)
{
    // Bytes of randomness in the secret: as many as the HMAC's key can use.
    private const int SecretBytes = 32;

    public string ClientKey { get; } = FakeIdentity.FreshClientKey();

    public string SharedSecret { get; } = RandomNumberGenerator.GetHexString(SecretBytes * 2, lowercase: true);

    /// <summary>The secret, as every record leaves it out: it is nobody's, but it opens what the app may have stored.</summary>
    public ProbeSecret Secret => Unkept(SharedSecret, "SECRET-OF-THE-FAKE-TENANT");

    public static ProbeSecret Unkept(string value, string placeholder) => new(value, placeholder) { Genuine = false };

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
