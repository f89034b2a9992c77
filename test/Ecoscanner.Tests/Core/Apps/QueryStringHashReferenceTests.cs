using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Ecoscanner.Apps;

namespace Ecoscanner.Tests.Core.Apps;

/// <summary>Our hash and the one of npm atlassian-jwt, which the sample apps use, for URLs that nobody thought of.</summary>
public sealed class QueryStringHashReferenceTests
{
    private const int Urls = 2_000;

    // Reads [[method, url, baseUrl], …] and answers with the canonical requests and hashes.
    private const string Script = """
        const jwt = require(process.argv[1]);
        const cases = JSON.parse(require("fs").readFileSync(0, "utf8"));
        console.log(JSON.stringify(cases.map(([method, url, base]) => {
          const request = jwt.fromMethodAndUrl(method, url);
          return [jwt.createCanonicalRequest(request, false, base), jwt.createQueryStringHash(request, false, base)];
        })));
        """;

    private static readonly string[] Pieces =
    [
        "a",
        "B",
        "_",
        "0",
        "~",
        "-",
        ".",
        "..",
        "/",
        "//",
        "%20",
        "%2F",
        "%26",
        "%C3%BC",
        "%FF",
        "%F0%9F%98%80",
        "%",
        "%zz",
        "+",
        "*",
        "(",
        ")",
        "!",
        "'",
        ",",
        ";",
        ":",
        "@",
        "$",
        "jwt",
        "ctx",
        " ",
        "ü",
        "😀",
        "\"",
        "|",
        "[",
        "]",
        "{",
        "}",
        "^",
        "`",
        "<",
        ">",
        "\\",
    ];

    [Fact]
    public void Random_URLs_hash_as_in_Atlassians_own_library()
    {
        var library = Path.Combine(Root(), "samples", "connect", "node_modules", "atlassian-jwt");
        Assert.SkipUnless(Directory.Exists(library), $"{library} is not installed; ./dev test installs it");

        var seed = Environment.TickCount;
        var random = new Random(seed);
        var cases = Enumerable.Range(0, Urls).Select(_ => Case(random)).ToList();
        var expected = Run(library, JsonSerializer.Serialize(cases.Select(one => new[] { one.Method, one.Url.AbsoluteUri, one.BaseUrl.AbsoluteUri })));

        Assert.Equal(cases.Count, expected.Length);
        foreach (var (one, reference) in cases.Zip(expected))
        {
            var canonical = QueryStringHash.Canonical(one.Method, one.Url, one.BaseUrl);
            Assert.True(canonical == reference[0], $"seed {seed}: {one.Method} {one.Url.AbsoluteUri}\nours   {canonical}\ntheirs {reference[0]}");
            Assert.Equal(reference[1], QueryStringHash.Of(one.Method, one.Url, one.BaseUrl));
        }
    }

    /// <summary>A URL as a descriptor would name it, through the very reader that makes the scanner's URLs.</summary>
    private static (string Method, Uri Url, Uri BaseUrl) Case(Random random)
    {
        string Text(int most) => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => Pieces[random.Next(Pieces.Length)]));
        var query = string.Join('&', Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(5) == 0 ? Text(3) : $"{Text(3)}={Text(5)}"));
        var path = $"/{Text(8).TrimStart('/').Replace("#", "", StringComparison.Ordinal)}".Replace("//", "/", StringComparison.Ordinal);
        var json = JsonSerializer.Serialize(
            new
            {
                key = "a",
                baseUrl = random.Next(2) == 0 ? "https://a.example" : "https://a.example/ctx",
                modules = new { webPanels = new[] { new { key = "p", url = query.Length == 0 ? path : $"{path}?{query}" } } },
            }
        );
        var app = Descriptors.Read(json);
        return (random.Next(2) == 0 ? "GET" : "post", Assert.Single(app.Links).Url, app.BaseUrl);
    }

    private static string[][] Run(string library, string input)
    {
        using var node = new Process
        {
            StartInfo = new ProcessStartInfo("node", ["-e", Script, library])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            },
        };
        try
        {
            node.Start();
        }
        catch (Win32Exception)
        {
            Assert.Skip("node is not installed; ./dev test installs it");
        }

        node.StandardInput.Write(input);
        node.StandardInput.Close();
        var output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.Equal(0, node.ExitCode);
        return JsonSerializer.Deserialize<string[][]>(output)!;
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Ecoscanner.slnx")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }
}
