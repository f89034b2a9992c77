using System.Text.Json;

namespace Ecoscanner.Apps;

/// <summary>Reads a test tenant's credentials from a file or from the environment, and from nowhere else: arguments stand in process lists.</summary>
/// <remarks>
/// The file is a JSON object: <c>app</c>, <c>host</c>, <c>clientKey</c>, <c>sharedSecret</c>, and if wanted <c>adminAccountId</c>,
/// <c>userAccountId</c>, <c>context</c> {"issue.key": "ECO-1"}, <c>planted</c> [{<c>path</c>, <c>marker</c>}] and <c>second</c> {<c>clientKey</c>,
/// <c>sharedSecret</c>, <c>planted</c>}. The environment has the same in <c>ECOSCANNER_TENANT_APP</c>, <c>_HOST</c>,
/// <c>_CLIENT_KEY</c>, <c>_SHARED_SECRET</c>, <c>_ADMIN_ACCOUNT_ID</c> and <c>_USER_ACCOUNT_ID</c>, or whole in <c>ECOSCANNER_TENANT_JSON</c>.
/// </remarks>
public static class TestTenantReader
{
    private const string Prefix = "ECOSCANNER_TENANT_";
    private const string WholeVariable = Prefix + "JSON";

    private const int MaximumBytes = 1024 * 1024;
    private const int MaximumDepth = 8;

    private static readonly string[] Keys = ["app", "host", "clientKey", "sharedSecret", "adminAccountId", "userAccountId", "context", "planted", "second"];
    private static readonly string[] SecondKeys = ["clientKey", "sharedSecret", "planted"];
    private static readonly string[] PlantedKeys = ["path", "marker"];

    // Environment variable and the key it stands for.
    private static readonly (string Variable, string Key)[] Variables =
    [
        (Prefix + "APP", "app"),
        (Prefix + "HOST", "host"),
        (Prefix + "CLIENT_KEY", "clientKey"),
        (Prefix + "SHARED_SECRET", "sharedSecret"),
        (Prefix + "ADMIN_ACCOUNT_ID", "adminAccountId"),
        (Prefix + "USER_ACCOUNT_ID", "userAccountId"),
    ];

    /// <summary>Reads a file.</summary>
    /// <param name="warning">That others on this machine can read the file too, and what to do; null where they cannot.</param>
    /// <exception cref="TestTenantException">It cannot be read, or lacks something, or holds something unknown.</exception>
    public static TestTenant ReadFile(string path, out string? warning)
    {
        try
        {
            warning =
                !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != UnixFileMode.None
                    ? $"{Quoted.Bare(path)} holds secrets and can be read by others; run: chmod 600 {Quoted.Bare(path)}"
                    : null;
            return new FileInfo(path).Length > MaximumBytes
                ? throw new TestTenantException($"{Quoted.Bare(path)} has more than {MaximumBytes / 1024} KB; name the tenant's JSON file")
                : Read(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var reason = e switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                UnauthorizedAccessException => "permission is denied or it is a folder",
                _ => "the disk or the file system failed",
            };
            throw new TestTenantException($"{Quoted.Bare(path)} cannot be read: {reason}; check the name and its permissions");
        }
    }

    /// <summary>Reads environment variables; null where none of ours is set.</summary>
    /// <exception cref="TestTenantException">One is unknown or missing, or the JSON in one cannot be read.</exception>
    public static TestTenant? ReadEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        var set = environment.Keys.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var known = Variables.Select(variable => variable.Variable).ToList();
        if (set.Find(name => name != WholeVariable && !known.Contains(name, StringComparer.Ordinal)) is { } unknown)
        {
            throw new TestTenantException($"environment: {Quoted.Bare(unknown)} is unknown; use {WholeVariable} or {string.Join(", ", known)}");
        }

        if (set.Contains(WholeVariable, StringComparer.Ordinal))
        {
            return set.Count == 1
                ? Read(System.Text.Encoding.UTF8.GetBytes(environment[WholeVariable]), WholeVariable)
                : throw new TestTenantException($"environment: {WholeVariable} stands beside {set.Find(name => name != WholeVariable)}; set one of the two");
        }

        if (set.Count == 0)
        {
            return null;
        }

        string? Optional(string key) =>
            environment.GetValueOrDefault(Variables.First(variable => variable.Key == key).Variable) is { Length: > 0 } value ? value : null;
        string Required(string key) =>
            Optional(key)
            ?? throw new TestTenantException($"environment: {Variables.First(variable => variable.Key == key).Variable} is not set; set it beside {set[0]}");
        return new TestTenant
        {
            AppKey = Required("app"),
            Host = Host(Required("host"), "environment"),
            ClientKey = Required("clientKey"),
            SharedSecret = Required("sharedSecret"),
            AdminAccountId = Optional("adminAccountId"),
            UserAccountId = Optional("userAccountId"),
        };
    }

    private static TestTenant Read(byte[] json, string source)
    {
        JsonDocument document;
        try
        {
            if (!JsonText.IsAllText(json, MaximumDepth))
            {
                throw new TestTenantException($"{Quoted.Bare(source)}: holds bytes that are no text; write it as UTF-8");
            }

            document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaximumDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            // The framework's own words quote the text around the error, which may be a secret.
            var place = e.LineNumber is { } line ? $":{line + 1}:{e.BytePositionInLine + 1}" : "";
            throw new TestTenantException($"{Quoted.Bare(source)}{place}: not valid JSON, or a key that stands twice; correct it there");
        }

        using (document)
        {
            var root = new TenantObject(document.RootElement, "", source, Keys);
            return new TestTenant
            {
                AppKey = root.Text("app"),
                Host = Host(root.Text("host"), Quoted.Bare(source)),
                ClientKey = root.Text("clientKey"),
                SharedSecret = root.Text("sharedSecret"),
                AdminAccountId = root.OptionalText("adminAccountId"),
                UserAccountId = root.OptionalText("userAccountId"),
                Context = root.Texts("context"),
                Planted = Planted(root),
                Second = root.Inside("second", SecondKeys) is { } second ? Second(second) : null,
            };
        }
    }

    private static SecondTenant Second(TenantObject second) =>
        new()
        {
            ClientKey = second.Text("clientKey"),
            SharedSecret = second.Text("sharedSecret"),
            Planted = Planted(second),
        };

    private static IReadOnlyList<PlantedData> Planted(TenantObject tenant) =>
        [.. tenant.List("planted", PlantedKeys).Select(planted => new PlantedData(planted.Text("path"), planted.Text("marker")))];

    // A URL instead of a host is the likely slip, and would bind the credentials to nothing.
    private static string Host(string host, string source) =>
        Uri.CheckHostName(host) == UriHostNameType.Unknown
            ? throw new TestTenantException($"{source}: host is no host name; write it without https:// and path, such as app.example.com")
            : host;
}
