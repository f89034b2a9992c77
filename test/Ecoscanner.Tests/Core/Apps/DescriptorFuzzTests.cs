using System.Text;
using Ecoscanner.Apps;

namespace Ecoscanner.Tests.Core.Apps;

public sealed class DescriptorFuzzTests
{
    private static readonly TimeSpan Duration =
        Environment.GetEnvironmentVariable("ECOSCANNER_SLOW") == "1" ? TimeSpan.FromSeconds(60) : TimeSpan.FromSeconds(3);

    // What one descriptor of a few KB may take at worst, on a busy machine.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static readonly byte[] Seed =
        """
        {"key": "app", "name": "App", "baseUrl": "https://app.example.com/ctx", "authentication": {"type": "jwt"},
         "lifecycle": {"installed": "/installed", "enabled": "/enabled?x={y}"}, "apiMigrations": {"context-qsh": true}, "scopes": ["READ"],
         "regionBaseUrls": {"EU": "https://eu.example.com"}, "cloudAppMigration": {"migrationWebhookPath": "/m"},
         "modules": {"webItems": [{"key": "i", "location": "a/b", "url": "/i?p={project.key}&{x", "context": "addon", "cacheable": true,
           "conditions": [{"or": [{"condition": "user_is_admin", "invert": true}, {"type": "and", "conditions": [{"condition": "x", "params": {"permission": "A"}}]}]}]}],
          "webSections": [{"key": "b", "location": "system.admin"}], "jiraRemoteLinkInfoProvider": {"actions": [{"templateUrl": "//h:1/%zz/../\u00fc"}]},
          "other": [[{"aUrl": "https://[::1]:8/", "bPath": "/p"}]], "dynamicContentMacros": [{"url": "/m", "editor": {"url": "\ud83d\ude00"}}]}}
        """u8.ToArray();

    private static readonly string[] Tokens =
    [
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "null",
        "true",
        "-1e9",
        "\\ud800",
        "\\u0000",
        "{{",
        "..",
        "//",
        "%",
        "%2",
        "\u00a0",
        "\u202e",
        "😀",
        "#",
        "?",
        "@",
        "://",
        "\"url\": ",
        "\"conditions\": [",
        "\"and\": [",
        "\"key\": ",
        "javascript:",
        "https://",
        "\\",
        "\n",
    ];

    [Fact]
    public void A_mutated_descriptor_is_read_or_refused_and_never_anything_else()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var started = TimeProvider.System.GetTimestamp();
        var (read, refused) = (0, 0);
        for (var round = 0; TimeProvider.System.GetElapsedTime(started) < Duration; round++)
        {
            var document = Mutate(random);
            var begun = TimeProvider.System.GetTimestamp();
            try
            {
                Check(ConnectDescriptorReader.Read(document, "fuzz"));
                read++;
            }
            catch (DescriptorException e)
            {
                Assert.True(e.Message.Length < 500 && IsOneLine(e.Message), $"seed {seed}, round {round}: {e.Message}");
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, round {round}: {e}\n{Encoding.UTF8.GetString(document)}");
            }

            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Limit, $"seed {seed}, round {round}: too slow\n{Encoding.UTF8.GetString(document)}");
        }

        // A fuzzer whose input is always refused at the first byte tries nothing.
        Assert.True(read > 50 && refused > 50, $"seed {seed}: {read} read, {refused} refused");
    }

    private static void Check(ConnectApp app)
    {
        Assert.All(app.Links, link => Assert.True(link.Url.IsAbsoluteUri && link.Url.AbsoluteUri.All(char.IsAscii), link.Template));
        Assert.All(app.Problems, problem => Assert.True(IsOneLine(problem.Reason), problem.Reason));
    }

    private static bool IsOneLine(string message) => message.All(character => character is >= ' ' and <= '~');

    private static byte[] Mutate(Random random)
    {
        var document = Seed.ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(document.Count);
            switch (random.Next(5))
            {
                case 0:
                    document[at] = (byte)random.Next(256);
                    break;
                case 1:
                    document.RemoveRange(at, Math.Min(random.Next(1, 30), document.Count - at));
                    break;
                case 2:
                    document.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
                case 3:
                    var from = random.Next(document.Count);
                    document.InsertRange(at, document.GetRange(from, Math.Min(random.Next(1, 200), document.Count - from)));
                    break;
                default:
                    // Inside a string more often than not, and the document stays JSON.
                    document[at] = (byte)"abz/?#%{}.:@&='"[random.Next(15)];
                    break;
            }
        }

        return [.. document];
    }
}
