using System.Text;
using Ecoscanner.Apps;

namespace Ecoscanner.Tests.Core.Apps;

/// <summary>Makes descriptors for tests and reads them.</summary>
internal static class Descriptors
{
    public static ConnectApp Read(string json, IReadOnlyDictionary<string, string>? context = null) =>
        ConnectDescriptorReader.Read(Encoding.UTF8.GetBytes(json), "atlassian-connect.json", context: context);

    /// <summary>An app at https://app.example.com/ctx with these modules.</summary>
    public static ConnectApp ReadModules(string modules, IReadOnlyDictionary<string, string>? context = null) =>
        Read($$"""{"key": "app", "name": "App", "baseUrl": "https://app.example.com/ctx", "modules": {{modules}}}""", context);

    /// <summary>The only link of an app with one general page at this URL.</summary>
    public static ConnectLink ReadPage(string url, IReadOnlyDictionary<string, string>? context = null) =>
        Assert.Single(ReadModules($$"""{"generalPages": [{"key": "page", "url": {{System.Text.Json.JsonSerializer.Serialize(url)}}}]}""", context).Links);

    public static ConnectLink Link(this ConnectApp app, string path) => Assert.Single(app.Links, link => link.Url.AbsolutePath == path);
}
