using System.Text;
using Ecoscanner.Apps;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.Rules;
using Ecoscanner.Scanners.ForgePrograms;
using Ecoscanner.Scanning;

namespace Ecoscanner.Tests.Scanners.ForgeCases;

/// <summary>The cases themselves: that they are written as they should be, and that nothing but the flaw stands in the way of finding it.</summary>
public sealed class ForgeCaseTests
{
    private static readonly HashSet<string> Authorization = new(StringComparer.Ordinal)
    {
        "authorization-missing",
        "data-authorization-missing",
        "webtrigger-authentication-missing",
    };

    private const string Small = """
        app: {id: 'ari:cloud:ecosystem::app/1'}
        == one
        -- src/index.js --
        const url = 'https://example.com'; // a note: nothing
        call(url); // finding: data-authorization-missing via get, set
        == two

        -- manifest.yml --
        app: {} # safe: authorization-missing, it has nothing
        -- src/a.ts --
        read(); // may: authorization-missing // either: data-authorization-missing, who knows
        """;

    public static TheoryData<string> Folders => ["Authorization", "AuthorizationHoldout", "AuthorizationFresh", "AuthorizationEveryday"];

    [Fact]
    public void Cases_are_read_with_their_files_and_annotations()
    {
        var cases = ForgeCase.Read("small.txt", Small, Authorization);
        Assert.Equal(["one small.txt:2", "two small.txt:6"], cases.Select(each => $"{each.Name} {each.Place}"));
        Assert.Equal(["manifest.yml", "src/index.js"], cases[0].Files.Select(file => file.Path));
        Assert.Equal("app: {id: 'ari:cloud:ecosystem::app/1'}\n", cases[0].Files[0].Text);
        Assert.Equal(["Finding data-authorization-missing src/index.js:2 get,set small.txt:5"], cases[0].Annotations.Select(Shown));
        Assert.Equal(
            [
                "Safe authorization-missing manifest.yml:1  small.txt:9",
                "May authorization-missing src/a.ts:1  small.txt:11",
                "Either data-authorization-missing src/a.ts:1  small.txt:11",
            ],
            cases[1].Annotations.Select(Shown)
        );

        static string Shown(ForgeAnnotation note) => $"{note.Word} {note.Rule} {note.Path}:{note.Line} {string.Join(',', note.Entries)} {note.Place}";
    }

    [Theory]
    [InlineData("f(); // finding: authorisation-missing", "x:4: there is no rule authorisation-missing here")]
    [InlineData("f(); // found: authorization-missing", "x:4: found is no annotation")]
    [InlineData("f(); // Finding: authorization-missing", "x:4: Finding is no annotation")]
    [InlineData("// finding: authorization-missing", "x:4: an annotation stands at the end of the line that it is about")]
    [InlineData("f(); // finding: authorization-missing of a", "x:4: what follows authorization-missing is not understood: of a")]
    [InlineData("f(); // safe: authorization-missing via a", "x:4: what follows authorization-missing is not understood: via a")]
    [InlineData("-- a.js --", "x:4: a.js stands twice")]
    [InlineData("== a\n-- a.js --", "x:4: a second case is called a")]
    [InlineData("== b", "x:4: the case has no file")]
    [InlineData("== b\nf();", "x:5: this stands in no file; begin one with -- path --")]
    public void What_is_not_understood_is_named_with_its_place(string line, string message)
    {
        var error = Assert.Throws<FormatException>(() => ForgeCase.Read("x", "app: {}\n== a\n-- a.js --\n" + line, Authorization));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void A_case_needs_a_manifest_of_its_own_or_of_the_head() =>
        Assert.Equal(
            "x:1: neither the case nor the head has a manifest",
            Assert.Throws<FormatException>(() => ForgeCase.Read("x", "== a\n-- a.js --\nf();", Authorization)).Message
        );

    [Theory]
    [MemberData(nameof(Folders))]
    public void Nothing_but_the_flaw_stands_in_the_way(string folder)
    {
        var problems = ForgeCase.InFolder(folder, Authorization).SelectMany(ProblemsOf).ToList();
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Fact]
    public void A_case_has_its_name_once() =>
        Assert.Empty(
            Folders
                .SelectMany(folder => ForgeCase.InFolder(folder, Authorization))
                .GroupBy(each => each.Name, StringComparer.Ordinal)
                .Where(group => group.Count() > 1)
                .Select(group => group.Key)
        );

    [Fact]
    public async Task Findings_are_counted_against_annotations()
    {
        var rules = new HashSet<string>(StringComparer.Ordinal) { "authorization-missing", "data-authorization-missing" };
        var score = await ForgeCaseRun.MeasureAsync(
            ForgeCase.Read("small.txt", Small, Authorization),
            rules,
            [new EachCall()],
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            ["missed       small.txt:5 one: Finding data-authorization-missing via set"],
            score.Complaints.Where(line => line.StartsWith("missed", StringComparison.Ordinal))
        );
        var alarm = Assert.Single(score.Complaints, line => line.StartsWith("false", StringComparison.Ordinal));
        Assert.StartsWith("false alarm  small.txt:2 one: authorization-missing at src/index.js:2", alarm, StringComparison.Ordinal);
        Assert.Equal((1, 0, 1), (score["authorization-missing"].Found, score["authorization-missing"].Missed, score["authorization-missing"].FalseAlarms));
        Assert.Equal(
            (1, 1, 0),
            (score["data-authorization-missing"].Found, score["data-authorization-missing"].Missed, score["data-authorization-missing"].FalseAlarms)
        );
    }

    /// <summary>For the scanner's own tests: fails below these shares over all folders, with each miss and false alarm; prints those of each folder.</summary>
    internal static async Task AssertMeasuredAsync(
        IReadOnlyList<string> folders,
        IReadOnlyList<IScanner> scanners,
        double recall = 0.95,
        double precision = 0.95
    )
    {
        var score = new ForgeCaseScore(Authorization);
        foreach (var folder in folders)
        {
            var cases = ForgeCase.InFolder(folder, Authorization);
            var own = await ForgeCaseRun.MeasureAsync(cases, Authorization, scanners, TestContext.Current.CancellationToken, score);
            TestContext.Current.TestOutputHelper?.WriteLine($"{folder}: {cases.Length} cases, {cases.Count(each => each.IsFlawed)} flawed\n{own}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"all\n{score}");
        Assert.DoesNotContain(score.Complaints, line => line.StartsWith("failed", StringComparison.Ordinal));
        Assert.All(Authorization, rule => Assert.True(score[rule].Recall >= recall && score[rule].Precision >= precision, $"{rule}\n{score}"));
    }

    private static IEnumerable<string> ProblemsOf(ForgeCase each)
    {
        var manifest = ForgeManifestReader.Read(Encoding.UTF8.GetBytes(each.Files.Single(file => file.Path == "manifest.yml").Text));
        foreach (var problem in manifest.Problems.Where(problem => problem.Kind is not (ManifestProblemKind.Unused or ManifestProblemKind.Unknown)))
        {
            yield return $"{each.Place} {each.Name}: manifest.yml:{problem}";
        }

        var program = ForgeProgram.Of(
            manifest,
            new MemoryFiles(each.Files.Select(file => KeyValuePair.Create(file.Path, file.Text))),
            TestContext.Current.CancellationToken
        );
        foreach (var module in program.Graph.Modules.Where(module => module.Problem is not null))
        {
            yield return $"{each.Place} {each.Name}: {module.Path} {module.Problem}";
        }

        foreach (var entry in program.Entries.Where(entry => entry.Reason is not ForgeEntryReason.None))
        {
            yield return $"{each.Place} {each.Name}: {entry.Point.Key} {entry.Key}: {entry.Problem}";
        }

        var names = program.Entries.Select(entry => entry.Key ?? entry.Point.Function?.Handler?.Export).ToHashSet(StringComparer.Ordinal);
        foreach (var annotation in each.Annotations)
        {
            if (program.Graph.ModuleAt(annotation.Path) is null)
            {
                yield return $"{annotation.Place} {each.Name}: {annotation.Path} is no source";
            }

            foreach (var entry in annotation.Entries.Where(entry => !names.Contains(entry)))
            {
                yield return $"{annotation.Place} {each.Name}: there is no entry {entry}; there are {string.Join(", ", names)}";
            }
        }
    }

    /// <summary>Reports both rules at one line of each small case, as reached by <c>get</c>.</summary>
    private sealed class EachCall : IScanner
    {
        private static readonly Rule First = new("authorization-missing", "a", Requirement.Forge1, Cvss: 8.8, Cwe: 862);
        private static readonly Rule Second = new("data-authorization-missing", "b", Requirement.Forge1, Cvss: 7.1, Cwe: 639);

        public string Name => "each-call";

        public int Version => 1;

        public IReadOnlyList<Rule> Rules => [First, Second];

        public TimeSpan TimeLimit => TimeSpan.FromMinutes(1);

        public bool AppliesTo(App app) => app is ForgeApp;

        public int PlannedRequests(App app, ScanOptions options) => 0;

        public Task ScanAsync(ScanContext context, CancellationToken cancellationToken)
        {
            var isFirst = File.Exists(Path.Combine(((ForgeApp)context.App).Folder!, "src/index.js"));
            foreach (var rule in Rules)
            {
                context.Report(
                    rule,
                    Location.OfFile(isFirst ? "src/index.js" : "src/a.ts", "call", isFirst ? 2 : 1, 1),
                    new("the resolver's get calls it", "a check"),
                    Confidence.Low
                );
            }

            return Task.CompletedTask;
        }
    }
}
