using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Tests.Scanners.ForgeAuthorization;

/// <summary>An expression of a small program: what is handed to <c>use()</c>.</summary>
internal sealed record AskedExpression(ProgramValues Values, Node Expression)
{
    /// <param name="before">What stands before it in the function.</param>
    public static AskedExpression Of(string expression, string before = "", string imports = "")
    {
        var source = $"{imports}\nexport async function run(x) {{ {before}; use({expression}); }}";
        var graph = ModuleGraph.From(new MemoryFiles([KeyValuePair.Create("main.js", source)]), ["main.js"]);
        var values = ProgramValues.Of(graph, cancellation: TestContext.Current.CancellationToken);
        return new(values, Calls(values, "use").Single().Arguments[0]);
    }

    /// <summary>The condition that it has such an outcome.</summary>
    public ReachCondition Condition(Outcome outcome, bool isAwaited = false, bool isStrict = false) =>
        new(static () => [], static () => [], static _ => [])
        {
            Expression = Expression,
            Values = Values.Of(Expression),
            Outcome = outcome,
            IsAwaited = isAwaited,
            IsStrict = isStrict,
        };

    /// <summary>What the call of a function gives whose path ends so.</summary>
    public Origin AnswerOf(string name)
    {
        var call = Calls(Values, name).Single();
        return new(Values.Calls.TargetsOf(call).Single(target => target.Path is not null).Path!, call);
    }

    private static IEnumerable<Node> Calls(ProgramValues values, string name) =>
        values.Calls.Calls.Where(call =>
            call.Kind == NodeKind.CallExpression && values.Calls.TargetsOf(call).Any(target => target.Path?.Split('.')[^1] == name)
        );
}
