using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

public sealed class PrintConfigTests : IDisposable
{
    private readonly Desk desk = new();

    [Fact]
    public async Task Each_value_stands_beside_who_said_it()
    {
        desk.Write(
            "ecoscanner.yaml",
            """
            targets: https://app.example.com/atlassian-connect.json
            rate: 1 # a slow host
            burst: 3
            fail-on: medium
            exclude:
              - hsts-missing
              - tls-cipher-weak
            ignores:
              - rule: install-unsigned
                path: /legacy
                reason: "goes away"
                expires: 2999-01-31
            """
        );
        desk.Environment["ECOSCANNER_BURST"] = "4";
        desk.Environment["ECOSCANNER_FORMAT"] = "sarif=a.sarif, text";
        desk.Environment["ECOSCANNER_OFFLINE"] = "yes";
        desk.Environment["ECOSCANNER_RATE"] = "2";
        var outcome = await desk.RunAsync("scan", "--print-config", "--rate", "5", "--offline=false", "--exit-zero");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Golden.Matches(outcome.Output.Replace(desk.Folder, "FOLDER"), ".txt");
    }

    [Theory]
    [InlineData("rtae: 1", "1: \"rtae\" is no key of ecoscanner.yaml; did you mean \"rate\"?")]
    [InlineData("zzz: 1", "1: \"zzz\" is no key of ecoscanner.yaml; known are the keys of: ecoscanner schema config")]
    [InlineData(
        "allow-state-change: true",
        "1: allow-state-change cannot stand in a file; say --allow-state-change with each scan, or set ECOSCANNER_ALLOW_STATE_CHANGE"
    )]
    [InlineData("\nrate: [1, 2]", "2: rate takes one value, not a list")]
    [InlineData("rule: {a: b}", "1: rule must be text or a list of texts")]
    [InlineData("- a", "1: must be a mapping of keys to values, such as fail-on: high")]
    [InlineData("ignores: all", "1: ignores must be a list; each entry begins with a dash")]
    [InlineData("ignores:\n  - path: /a\n    reason: r\n    expires: 2030-01-01", "2: an ignore needs rule or fingerprint; a path alone would hide every rule")]
    [InlineData("ignores:\n  - rule: hsts-missing\n    expires: 2030-01-01", "2: an ignore needs a reason: why need nobody act on it?")]
    [InlineData("ignores:\n  - rule: hsts-missing\n    reason: r", "2: an ignore needs expires: the first day on which it no longer holds, such as 2027-01-31")]
    [InlineData("ignores:\n  - rule: hsts-missing\n    reason: r\n    expires: soon", "2: an ignore needs expires")]
    [InlineData(
        "ignores:\n  - rule: hsts-mising\n    reason: r\n    expires: 2030-01-01",
        "2: rule \"hsts-mising\" is no rule; did you mean \"hsts-missing\"?"
    )]
    [InlineData("ignores:\n  - rule: hsts-missing\n    raeson: r\n    expires: 2030-01-01", "3: \"raeson\" is no key of an ignore; did you mean \"reason\"?")]
    [InlineData("\"\\e[31m\": 1", "1: \"\\u{1B}[31m\" is no key of ecoscanner.yaml")]
    public async Task A_mistake_in_the_file_is_named_with_its_line(string text, string complaint)
    {
        desk.Write("ecoscanner.yaml", text);
        var outcome = await desk.RunAsync("scan", "--print-config");
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith($"ecoscanner: {desk.PathOf("ecoscanner.yaml")}:{complaint}", outcome.Error);
    }

    [Fact]
    public async Task The_file_is_found_up_to_the_root_of_the_repository_and_not_above()
    {
        desk.Write("ecoscanner.yaml", "rate: 1\n");
        desk.Write("app/src/x", "");
        var folder = desk.Folder;
        desk.Folder = Path.Combine(folder, "app/src");
        Assert.DoesNotContain("rate: 1 ", (await desk.RunAsync("scan", "--print-config")).Output);
        Directory.CreateDirectory(Path.Combine(folder, ".git"));
        Assert.Contains($"{folder}/ecoscanner.yaml:1", (await desk.RunAsync("scan", "--print-config")).Output);
        Directory.CreateDirectory(Path.Combine(folder, "app/.git"));
        Assert.DoesNotContain("rate: 1 ", (await desk.RunAsync("scan", "--print-config")).Output);
    }

    public void Dispose() => desk.Dispose();
}
