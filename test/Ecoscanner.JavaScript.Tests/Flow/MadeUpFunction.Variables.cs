namespace Ecoscanner.JavaScript.Tests.Flow;

/// <remarks>Variables: <c>v0</c> is a <c>var</c>, <c>v1</c> a <c>let</c> that blocks may hide, <c>v2</c> a <c>let</c> without a value, <c>v3</c> a <c>var</c> declared anywhere.</remarks>
internal sealed partial class MadeUpFunction
{
    private const int Variables = 4;

    private string Declarations() => $"var v0{(random.Next(2) == 0 ? $" = {Written()}" : "")}; let v1 = {Written()}; let v2; ";

    private string ReadAll() =>
        "var v3; " + (random.Next(2) == 0 ? string.Concat(Enumerable.Range(0, Variables).Select(variable => $"r({++number}, v{variable}); ")) : "");

    private string VariableStatement(int depth) =>
        random.Next(7) switch
        {
            0 => $"{{ let v1 = {Written()}; {Statements(depth - 1)}}}",
            1 => $"var v3 = {Written()};",
            2 => InLoop(label => $"{label}for ({Variable()} of ws({++number})) {{ {Statements(depth - 1)}}}"),
            3 => InLoop(label => $"{label}for ({Variable()} in wk({++number})) {{ {Statements(depth - 1)}}}"),
            4 =>
                $"try {{ {VariableExpression(1)}; {Call("x")}; {VariableExpression(1)}; {Call("x")}; {VariableExpression(1)} }} catch {{ {Statements(depth - 1)}}}",
            _ => $"{VariableExpression(2)};",
        };

    private string VariableExpression(int depth) =>
        random.Next(12) switch
        {
            0 => $"({Variable()} = {Written()})",
            1 => $"({Variable()} += {Written()})",
            2 => $"({Variable()} {(random.Next(3) switch { 0 => "&&", 1 => "||", _ => "??" })}= {Written()})",
            3 => $"([{Variable()} = {Written()}] = [])",
            4 => $"({{ a: {Variable()} = {Written()} }} = {{}})",
            5 => $"([{Variable()}] = ws({++number}))",
            6 => $"({{ 0: {Variable()} }} = ws({++number}))",
            7 => $"(r({++number}, {Variable()}) && {Expression(depth - 1)})",
            8 => $"({Expression(depth - 1)}, r({++number}, {Variable()}))",
            _ => $"r({++number}, {Variable()})",
        };

    private string Variable() => $"v{random.Next(Variables)}";

    private string Written() => $"w({++number})";
}
