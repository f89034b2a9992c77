using System.Text;
using Ecoscanner.Apps.Forge;

namespace Ecoscanner.Tests.Core.Apps.Forge;

public sealed class ManifestYamlTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void Places_count_from_one_and_a_byte_order_mark_is_nowhere(string before)
    {
        var manifest = Manifests.Read(before + "app:\r\n  id: 'ari:cloud:ecosystem::app/\U0001F600' # x\r\n  runtime: {name: nodejs22.x}\r\nmodules: {}\r\n");
        Assert.Equal((new ManifestPlace(2, 7), "ari:cloud:ecosystem::app/\U0001F600"), (manifest.App.Id!.Place, manifest.App.Id.Value));
        Assert.Equal(new ManifestPlace(3, 19), manifest.App.Runtime!.Place);
        Assert.Empty(manifest.Problems);
    }

    [Theory]
    [InlineData("", "NotRead 1:1 the manifest is empty")]
    [InlineData("# nothing\n", "NotRead 1:1 the manifest is empty")]
    [InlineData("- a\n", "NotRead 1:1 the manifest is no mapping")]
    [InlineData("\n  text\n", "NotRead 2:3 the manifest is no mapping")]
    [InlineData("PK\u0003\u0004xx", "NotRead 1:1 this is a zip file")]
    [InlineData("app: \0", "NotRead 1:1 this is no text")]
    [InlineData("app: {}\n---\nmodules: {}\n", "NotRead 2:1 a second document begins here")]
    [InlineData("app:\n  id: a\n\truntime: b\n", "NotRead 3:")]
    [InlineData("app: {id: a\nmodules: {}\n", "NotRead ")]
    [InlineData("app: \"open\n", "NotRead 1:6 this is no YAML")]
    [InlineData("app: [open\nx: y\n", "NotRead ")]
    [InlineData("app: {}\napp: {}\n", "Duplicate 2:1 \"app\" stands twice, first at 1:1")]
    [InlineData("app: {id: a, id: b}\n", "Duplicate 1:14 \"id\" stands twice, first at 1:7")]
    [InlineData("app: !!map {}\n", "Invalid 1:6 a YAML tag")]
    [InlineData("app: {<<: {id: a}}\n", "Invalid 1:7 Forge does not merge")]
    [InlineData("app: *none\n", "NotRead 1:6 the alias \"none\" names no anchor")]
    [InlineData("app: &a {id: *a}\n", "NotRead 1:14 the alias \"a\" stands inside what it names")]
    [InlineData("? {a: b}\n: c\n", "NotRead 1:3 a key stands here that is no short text")]
    [InlineData("x: &k {a: b}\n*k : c\n", "NotRead 2:1 a key stands here that is no short text")]
    [InlineData("app: {}\nfunctions: []\n", "Unknown 2:1 functions is no key")]
    public void What_is_wrong_is_told_with_its_place(string yaml, string problem) =>
        Assert.Contains(Manifests.Read(yaml).Problems(), found => found.StartsWith(problem, StringComparison.Ordinal));

    [Fact]
    public void A_tab_is_named()
    {
        var manifest = Manifests.Read("app:\n\tid: a\nmodules: {}\n");
        Assert.Contains(manifest.Problems(), found => found.Contains("a tab indents this line", StringComparison.Ordinal));
    }

    [Fact]
    public void After_what_is_no_YAML_the_next_key_that_begins_a_line_is_read()
    {
        var manifest = Manifests.Read(
            """
            app:
              id: ari:cloud:ecosystem::app/1
              runtime: {name: nodejs22.x
            permissions:
              scopes: [storage:app]
              content: "open
            modules:
              webtrigger:
                - key: hook
                  function: run
              function:
                - key: run
                  handler: index.run
            """
        );
        Assert.True(manifest.IsPartial);
        Assert.Equal("ari:cloud:ecosystem::app/1", manifest.App.Id!.Value);
        Assert.Equal(new ManifestPlace(13, 16), Assert.Single(manifest.EntryPoints).Place);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Any_line_break_counts_once_also_after_what_is_no_YAML(string lineBreak)
    {
        var manifest = Manifests.Read(
            string.Join(
                lineBreak,
                "app: {id: a",
                "remotes: \"x\" y",
                "# one\u2028line",
                "permissions: {scopes: [a]}",
                "modules: {trigger: [{key: k, function: f}]}"
            )
        );
        Assert.Equal(new ManifestPlace(4, 24), Assert.Single(manifest.Permissions.Scopes).Name.Place);
        Assert.Equal(new ManifestPlace(5, 40), Assert.Single(manifest.EntryPoints).Place);
    }

    [Fact]
    public void An_alias_is_its_anchors_value()
    {
        var manifest = Manifests.Modules(
            """
              function:
                - &run {key: run, handler: index.run}
              webtrigger:
                - key: &name hook
                  function: run
                - key: second
                  function: run
                  *name : x
            """
        );
        Assert.Equal(["webtrigger hook", "webtrigger second"], manifest.Modules.Select(module => module.ToString()));
        Assert.NotNull(manifest.Modules[1].Node.Find("hook"));
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_told_and_the_rest_is_read()
    {
        var manifest = ForgeManifestReader.Read([.. "app:\n  id: é"u8, 0xff, .. "\nmodules: {}\n"u8]);
        Assert.Contains("NotRead 2:8 the text is not UTF-8", string.Join('\n', manifest.Problems()), StringComparison.Ordinal);
        Assert.Equal("é\uFFFD", manifest.App.Id!.Value);
        Assert.Contains("UTF-16", Assert.Single(ForgeManifestReader.Read(Encoding.Unicode.GetPreamble()).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_is_one_printable_line()
    {
        var manifest = Manifests.Read("\"a\\nb\\u202e\": 1\napp: {\"\\e[31m\": 2}\nmodules: {\"x\\ny\": [{key: \"\\e\", function: \"\\r\\n\"}, {}]}\n");
        Assert.NotEmpty(manifest.Problems);
        Assert.All(manifest.Problems, problem => Assert.All(problem.Message, character => Assert.InRange(character, ' ', '~')));
    }
}
