using System.Diagnostics;
using System.Text;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Cli.Manifests;

namespace Ecoscanner.Tests.Core.Apps.Forge;

public sealed class HostileManifestTests
{
    // Far above what any of them takes, on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const long Memory = 400L * 1024 * 1024;

    public static TheoryData<string, string> Cases =>
        new()
        {
            { "billion laughs", "would make more than" },
            { "billion laughs as keys", "a key stands here that is no short text" },
            { "deep brackets", "levels of nesting" },
            { "deep lists", "levels of nesting" },
            { "deep mappings", "levels of nesting" },
            { "deep through aliases", "would nest deeper than" },
            { "cycle", "stands inside what it names" },
            { "cycle through two", "names no anchor before it" },
            { "many values", "values, and what follows was left out" },
            { "many modules", "values, and what follows was left out" },
            { "many keys that stand twice", "more than 500 problems" },
            { "many scopes", "neither modules nor connectModules" },
            { "many remotes and pages", "more than 500 problems" },
            { "many functions of one key", "the module key" },
            { "many long paths", "is not defined" },
            { "many documents", "a second document" },
            { "many breaks", "no YAML" },
            { "long key", "no YAML" },
            { "long text", "neither modules nor connectModules" },
            { "open quote", "no YAML" },
            { "50 MB", "has more than 2 MB" },
            { "binary", "no text" },
            { "noise", "UTF-8" },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_hostile_manifest_ends_in_a_problem_and_soon(string name, string problem)
    {
        var bytes = Bytes(name);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var manifest = ForgeManifestReader.Read(bytes);
        Assert.NotEmpty(ForgeManifestText.Of(manifest, "manifest.yml"));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Patience);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, Memory);
        Assert.Contains(manifest.Problems, found => found.Message.Contains(problem, StringComparison.Ordinal));
    }

    private static byte[] Bytes(string name) =>
        name switch
        {
            "50 MB" => new byte[50 * 1024 * 1024],
            "binary" => [0x7f, (byte)'E', (byte)'L', (byte)'F', 0, 1, 2, 3],
            "noise" => [.. Enumerable.Range(0, 100_000).Select(at => (byte)(((at * 7919) % 255) + 1))],
            _ => Encoding.UTF8.GetBytes(Text(name)),
        };

    private static string Text(string name) =>
        name switch
        {
            "billion laughs" => "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
                + Lines(1, 20, at => $"a{at}: &a{at} [{Repeat(10, $"*a{at - 1}", ", ")}]")
                + "modules: *a19\n",
            "billion laughs as keys" => "a0: &a0 {x: y}\n" + Lines(1, 2000, at => $"? *a0\n: *a0"),
            "deep brackets" => "app: " + new string('[', 100_000),
            "deep lists" => "app:\n" + Repeat(100_000, "- ", ""),
            "deep mappings" => "app:\n" + Lines(0, 1500, at => new string(' ', at) + "a:"),
            "deep through aliases" => "a0: &a0 [x]\n" + Lines(1, 200, at => $"a{at}: &a{at} [*a{at - 1}]"),
            "cycle" => "modules: &m\n  trigger: [{key: a, function: f, more: *m}]\n",
            "cycle through two" => "a: &a [*b]\nb: &b [*a]\n",
            "many values" => "app: [" + Repeat(300_000, "1", ",") + "]\nmodules: {}\n",
            "many modules" => "modules:\n  trigger:\n" + Lines(0, 40_000, at => $"    - key: k{at}\n      function: f"),
            "many keys that stand twice" => Lines(0, 20_000, _ => "a: b"),
            "many scopes" => "permissions:\n  scopes:\n" + Lines(0, 45_000, at => $"    s{at}:"),
            "many remotes and pages" => "remotes:\n"
                + Lines(0, 8_000, at => $"  - {{key: r{at}, operations: [fetch]}}")
                + "modules:\n  jira:issuePanel:\n"
                + Lines(0, 8_000, at => $"    - {{key: p{at}, resource: x}}"),
            "many functions of one key" => "modules:\n  function:\n"
                + Lines(0, 9_000, _ => "    - {key: run, handler: a.b}")
                + "  webtrigger:\n"
                + Lines(0, 9_000, at => $"    - {{key: h{at}, function: run}}"),
            "many long paths" => "modules:\n  trigger:\n    - key: a\n      x: "
                + Repeat(50, $"{{{new string('k', 250)}: ", "")
                + $"[{Repeat(20_000, "{function: f}", ", ")}]"
                + new string('}', 50)
                + "\n",
            "many documents" => Repeat(100_000, "a: b\n---\n", ""),
            "many breaks" => Lines(0, 50_000, at => $"k{at}: \"a\" b"),
            "long key" => new string('k', 1_000_000) + ": a\n",
            "long text" => "app:\n  id: " + new string('x', 1_500_000) + "\n",
            "open quote" => "app: \"" + Repeat(100_000, "a: b\n", ""),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };

    private static string Lines(int from, int to, Func<int, string> line) => string.Concat(Enumerable.Range(from, to - from).Select(at => line(at) + "\n"));

    private static string Repeat(int count, string text, string between) => string.Join(between, Enumerable.Repeat(text, count));
}
