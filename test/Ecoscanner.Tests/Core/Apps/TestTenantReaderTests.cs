using Ecoscanner.Apps;

namespace Ecoscanner.Tests.Core.Apps;

public sealed class TestTenantReaderTests : IDisposable
{
    private const string Secret = "s3cr3t-that-must-not-be-seen";

    private const string Whole = """
        {
          "app": "com.example.app", "host": "app.example.com", "clientKey": "tenant-1", "sharedSecret": "s3cr3t-that-must-not-be-seen",
          "adminAccountId": "admin", "userAccountId": "user", "context": {"issue.key": "REAL-1"},
          "second": {"clientKey": "tenant-2", "sharedSecret": "s3cr3t-that-must-not-be-seen-2", "planted": [{"path": "/note?id=1", "marker": "planted-7f3a"}]}
        }
        """;

    private readonly string path = Path.Combine(Path.GetTempPath(), $"tenant-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(path);

    [Fact]
    public void A_file_is_read_whole()
    {
        var tenant = Read(Whole, out _);

        Assert.Equal(("com.example.app", "app.example.com", "tenant-1", Secret), (tenant.AppKey, tenant.Host, tenant.ClientKey, tenant.SharedSecret));
        Assert.Equal(("admin", "user", "REAL-1"), (tenant.AdminAccountId, tenant.UserAccountId, tenant.Context["issue.key"]));
        Assert.Equal(("tenant-2", $"{Secret}-2"), (tenant.Second!.ClientKey, tenant.Second.SharedSecret));
        Assert.Equal(new PlantedData("/note?id=1", "planted-7f3a"), Assert.Single(tenant.Second.Planted));
    }

    [Fact]
    public void What_is_not_needed_may_be_left_out()
    {
        var tenant = Read("""{"app": "a", "host": "127.0.0.1", "clientKey": "c", "sharedSecret": "s"}""", out _);

        Assert.Equal((null, null, null), (tenant.AdminAccountId, tenant.UserAccountId, tenant.Second));
        Assert.Empty(tenant.Context);
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("{\n  \"sharedSecret\": s3cr3t-that-must-not-be-seen }", ":2:19: not valid JSON")]
    [InlineData("""{"app": "a", "app": "b"}""", "twice")]
    [InlineData("[]", "JSON object")]
    [InlineData("{}", "/app is missing")]
    [InlineData("""{"app": "a", "host": "h", "clientKey": "c"}""", "/sharedSecret is missing")]
    [InlineData("""{"app": "a", "host": "h", "clientKey": "c", "sharedSecret": ""}""", "/sharedSecret must be a text")]
    [InlineData("""{"app": "a", "host": "h", "clientKey": "c", "sharedSecret": 7}""", "/sharedSecret must be a text")]
    [InlineData("""{"app": "a", "host": "https://h.example/", "clientKey": "c", "sharedSecret": "s3cr3t-that-must-not-be-seen"}""", "without https://")]
    [InlineData("""{"app": "a", "hots": "h"}""", "/hots is unknown")]
    [InlineData("""{"app": "a", "host": "h", "clientKey": "c", "sharedSecret": "s", "context": []}""", "/context must be")]
    [InlineData("""{"app": "a", "host": "h", "clientKey": "c", "sharedSecret": "s", "context": {"x": 1}}""", "/context/x must be a text")]
    [InlineData("""{"app": "a", "host": "h", "clientKey": "c", "sharedSecret": "s", "second": {"clientKey": "d"}}""", "/second/sharedSecret is missing")]
    [InlineData(
        """{"app": "a", "host": "h", "clientKey": "c", "sharedSecret": "s", "second": {"clientKey": "d", "sharedSecret": "s", "plants": []}}""",
        "/second/plants is unknown"
    )]
    [InlineData(
        """{"app": "a", "host": "h", "clientKey": "c", "sharedSecret": "s", "second": {"clientKey": "d", "sharedSecret": "s", "planted": [{"path": "/"}]}}""",
        "/second/planted/0/marker is missing"
    )]
    [InlineData("""{"app": "\ud800"}""", "no text")]
    [InlineData("""{"\ud800": "a"}""", "no text")]
    public void A_slip_is_one_line_that_names_its_place_and_no_value(string json, string says)
    {
        var error = Assert.Throws<TestTenantException>(() => Read(json, out _));

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_one_line()
    {
        var error = Assert.Throws<TestTenantException>(() => TestTenantReader.ReadFile("/nowhere/tenant.json", out _));

        Assert.StartsWith("/nowhere/tenant.json cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead, true)]
    public void A_file_that_others_can_read_is_warned_of(UnixFileMode mode, bool warned)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes");
        File.WriteAllText(path, Whole);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }

        _ = TestTenantReader.ReadFile(path, out var warning);

        Assert.Equal(warned, warning?.Contains("chmod 600", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void The_environment_holds_the_same()
    {
        var tenant = TestTenantReader.ReadEnvironment(
            Variables(("APP", "a"), ("HOST", "h.example"), ("CLIENT_KEY", "c"), ("SHARED_SECRET", Secret), ("USER_ACCOUNT_ID", "u"))
        );

        Assert.Equal(
            ("a", "h.example", "c", Secret, "u", null),
            (tenant!.AppKey, tenant.Host, tenant.ClientKey, tenant.SharedSecret, tenant.UserAccountId, tenant.AdminAccountId)
        );
        Assert.Equal("tenant-2", TestTenantReader.ReadEnvironment(Variables(("JSON", Whole)))!.Second!.ClientKey);
        Assert.Null(TestTenantReader.ReadEnvironment(new Dictionary<string, string> { ["PATH"] = "/bin" }));
    }

    [Theory]
    [InlineData("ECOSCANNER_TENANT_APP", "a", "CLIENT_KEY is not set")]
    [InlineData("ECOSCANNER_TENANT_CLIENTKEY", "c", "ECOSCANNER_TENANT_CLIENTKEY is unknown")]
    [InlineData("ECOSCANNER_TENANT_JSON", "{}", "stands beside")]
    public void A_slip_in_the_environment_names_the_variable(string variable, string value, string says)
    {
        var variables = new Dictionary<string, string>
        {
            ["ECOSCANNER_TENANT_HOST"] = "h.example",
            ["ECOSCANNER_TENANT_SHARED_SECRET"] = Secret,
            [variable] = value,
        };

        var error = Assert.Throws<TestTenantException>(() => TestTenantReader.ReadEnvironment(variables));

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_prints_a_tenant_prints_its_secrets()
    {
        var tenant = Read(Whole, out _);

        Assert.DoesNotContain("s3cr3t", $"{tenant} {tenant.Second}", StringComparison.Ordinal);
    }

    private TestTenant Read(string json, out string? warning)
    {
        File.WriteAllText(path, json);
        return TestTenantReader.ReadFile(path, out warning);
    }

    private static Dictionary<string, string> Variables(params (string Name, string Value)[] variables) =>
        variables.ToDictionary(variable => $"ECOSCANNER_TENANT_{variable.Name}", variable => variable.Value);
}
