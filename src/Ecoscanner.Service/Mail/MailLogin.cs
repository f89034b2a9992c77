using System.Text.Json;
using System.Text.Json.Serialization;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Mail;

/// <summary>User and password for the mail server; not a record, for those print what they hold.</summary>
public sealed partial class MailLogin(string user, string password)
{
    public string User { get; } = user;

    public string Password { get; } = password;

    /// <summary>Reads <c>{"user": …, "password": …}</c> from a file that only its owner may read. No variable: whatever is started here would inherit it.</summary>
    /// <exception cref="SiteException">It is not there, others may read it, or it holds something else; what it holds is not quoted.</exception>
    public static MailLogin Read(string path)
    {
        try
        {
            var content = KeyFile.Find(path) ?? throw new SiteException($"{path}: there is no such file; name one with --mail-login");
            return JsonSerializer.Deserialize(content, LoginJson.Default.Pair) is { User.Length: > 0, Password.Length: > 0 } pair
                ? new MailLogin(pair.User, pair.Password)
                : throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new SiteException($$"""{{path}}: is no {"user": "…", "password": "…"}; mend the file""", e);
        }
        catch (Exception e) when (e is SealedException or IOException or UnauthorizedAccessException)
        {
            throw new SiteException(e.Message, e);
        }
    }

    internal sealed record Pair(string? User, string? Password);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 2
    )]
    [JsonSerializable(typeof(Pair))]
    private sealed partial class LoginJson : JsonSerializerContext;
}
