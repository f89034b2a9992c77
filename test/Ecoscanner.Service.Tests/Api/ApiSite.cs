using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Api;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Tests.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Ecoscanner.Service.Tests.Api;

/// <summary>The very service that ships, on a free port with a folder of its own.</summary>
internal sealed class ApiSite : IAsyncDisposable
{
    /// <summary>Of the sample that tests upload, as its manifest tells it.</summary>
    public const string SampleKey = "5d2f4a52-6f0e-4b6e-9a57-0d3c2f1b7a01";

    public const string Password = "correct horse battery";

    private readonly bool isOwner;
    private readonly SocketsHttpHandler handler = new() { UseCookies = false, AllowAutoRedirect = false };

    private ApiSite(string? folder, bool works, Func<SiteOptions, SiteOptions>? change)
    {
        isOwner = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("ecoscanner-").FullName;
        var options = new SiteOptions
        {
            DataFolder = Folder,
            Urls = ["http://127.0.0.1:0"],
            Works = works,
            Workers = 2,
            Worker = WorkerProgram.Of(),
            Advisories = Path.Combine(Folder, "none"),
            Access = new AccessOptions { PasswordIterations = 1000 },
            Rates = new RequestRates(PerPrincipal: 10_000, PerStranger: 10_000),
            LogsJson = true,
        };
        App = Site.Create(change?.Invoke(options) ?? options);
        Platform = App.Services.GetRequiredService<Ecoscanner.Service.Api.Platform>();
    }

    public string Folder { get; }

    public WebApplication App { get; }

    public Ecoscanner.Service.Api.Platform Platform { get; }

    public Uri Url => new(App.Urls.First());

    public static async Task<ApiSite> StartAsync(bool works = false, string? folder = null, Func<SiteOptions, SiteOptions>? change = null)
    {
        var site = new ApiSite(folder, works, change);
        await Site.StartAsync(site.App);
        return site;
    }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A partner with an app that the operator granted; their ids.</summary>
    public (long Partner, long App) Partner(string key, string appKey, string hosting = "datacenter") =>
        Platform.Database.Write(session =>
        {
            var partner = Partners.Add(session, Principal.Platform, key, key)!;
            var app = AppList.Grant(session, Principal.Platform, partner.Id, appKey, appKey)!;
            AppList.AddHosting(session, app.Id, hosting);
            return (partner.Id, app.Id);
        });

    /// <summary>A token that may all that tokens may, or what is named.</summary>
    public string Token(long partner, long? app = null, params Capability[] only)
    {
        var maker = TestPlatform.With(Role.PartnerAdmin, partner);
        var capabilities = only.Length > 0 ? only.ToHashSet() : RoleCapabilities.Of(Role.CiToken);
        var made = Platform.Tokens.Create(maker, new TokenRequest(partner, app, "test", capabilities));
        Assert.True(made.IsDone, made.Message);
        return made.Value!.Text;
    }

    public HttpClient As(string? token)
    {
        var client = new HttpClient(new Contract(handler), disposeHandler: false) { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(60) };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }

    /// <summary>Somebody who is signed in with a second factor.</summary>
    public async Task<HttpClient> PersonAsync(string email, Role role, long partner)
    {
        var invited = Platform.Invitations.Invite(Principal.Platform, new InvitationRequest(email, role, partner));
        Assert.True(invited.IsDone, invited.Message);
        var account = await Platform.Invitations.AcceptAsync(invited.Value!.Token, "Somebody", Password, null, Stop);
        Assert.True(account.IsDone, account.Message);
        var begun = Platform.Database.Write(session => Platform.Sessions.Begin(session, account.Value!, hasSecondFactor: true, session.Clock, null));
        var client = As(null);
        client.DefaultRequestHeaders.Add("Cookie", $"__Host-ecoscanner={begun.Token}");
        client.DefaultRequestHeaders.Add("X-Csrf-Token", begun.CsrfToken);
        return client;
    }

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage response, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var text = await response.Content.ReadAsStringAsync(Stop);
        Assert.True(
            response.StatusCode == expected,
            $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri} answers {response.StatusCode}: {text}"
        );
        return JsonNode.Parse(text)!;
    }

    public static HttpRequestMessage Json(HttpMethod method, string path, string json) =>
        new(method, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static async Task<JsonNode> PostAsync(HttpClient client, string path, object body, HttpStatusCode expected = HttpStatusCode.OK) =>
        await JsonAsync(await client.PostAsync(path, JsonContent.Create(body), Stop), expected);

    /// <summary>Uploads bytes as a file; the answer.</summary>
    /// <param name="more">Of the query, such as <c>&amp;release=true</c>.</param>
    public static Task<HttpResponseMessage> UploadAsync(HttpClient client, byte[] content, string name, string app, string? key = null, string more = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/artifacts?name={name}&app={app}{more}") { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return client.SendAsync(request, Stop);
    }

    /// <summary>Waits until a scan is over.</summary>
    public static async Task<JsonNode> OverAsync(HttpClient client, string scan)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var events = await client.GetAsync($"/api/v1/scans/{scan}/events", HttpCompletionOption.ResponseHeadersRead, limit.Token);
        Assert.Equal("text/event-stream", events.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await events.Content.ReadAsStreamAsync(limit.Token));
        JsonNode? last = null;
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal) && JsonNode.Parse(line["data: ".Length..]) is { } data && data["state"] is not null)
            {
                last = data;
            }
        }

        return last ?? throw new InvalidOperationException("no event told of the scan's state");
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
        Platform.Dispose();
        handler.Dispose();
        if (isOwner)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
