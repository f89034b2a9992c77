namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>The language's own conformance suite: what is a program and what is not.</summary>
public sealed class Test262Tests
{
    [Fact]
    public void Every_program_of_test262_is_told_from_what_is_none() => Check(Test262Cases.Read, 23_766);

    [Fact]
    public void The_same_holds_in_strict_code() => Check(Test262Cases.ReadStrictly, 20_189);

    [Fact]
    public void Features_that_were_adopted_lately_are_known() => Check(Test262Cases.ReadLatelyAdopted, 273);

    private static void Check(Func<string, IEnumerable<Test262Case>> read, int least)
    {
        var checkout = Suites.Find("test262");
        Assert.SkipWhen(checkout is null, Suites.HowToGet("test262"));
        var cases = read(checkout!).ToList();
        var wrong = cases.AsParallel().AsOrdered().Select(test => Wrong(checkout!, test)).OfType<string>().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"{cases.Count - wrong.Count} of {cases.Count} right");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases.Count} are wrong:\n{string.Join('\n', wrong)}");
        Assert.True(cases.Count >= least, $"only {cases.Count} cases were found");
    }

    private static string? Wrong(string checkout, Test262Case test)
    {
        var error = Verdicts.FirstError(File.ReadAllText(Path.Combine(checkout, test.Path)), Verdicts.Options(test.Module, test.Strict));
        return (test.Valid, error) switch
        {
            (true, { } unexpected) => $"rejected {test.Path}: {unexpected}",
            (false, null) => $"accepted {test.Path}",
            _ => null,
        };
    }
}
