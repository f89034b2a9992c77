using System.Text;

namespace Ecoscanner.JavaScript.Tests.Flow;

/// <summary>
/// Makes up a function in which everything that is evaluated calls <c>t</c> with a number of its own, and which ends whatever those calls give. With
/// variables, what is written to one comes from the call of <c>w</c>, <c>ws</c> or <c>wk</c> that is the next in the source.
/// </summary>
internal sealed partial class MadeUpFunction
{
    private readonly Random random;
    private readonly bool hasVariables;
    private readonly List<string> loops = [];
    private readonly List<string> labels = [];
    private int number;
    private int names;
    private int switches;

    private MadeUpFunction(Random random, bool hasVariables)
    {
        this.random = random;
        this.hasVariables = hasVariables;
    }

    /// <summary>plain, generator or async.</summary>
    public string Kind { get; private init; } = "";

    public string Source { get; private set; } = "";

    public static MadeUpFunction Of(Random random, bool hasVariables = false)
    {
        var function = new MadeUpFunction(random, hasVariables)
        {
            Kind = random.Next(3) switch
            {
                0 => "generator",
                1 => "async",
                _ => "plain",
            },
        };
        var body = hasVariables ? $"{function.Declarations()}{function.Statements(3)}{function.ReadAll()}" : function.Statements(3);
        function.Source = function.Kind switch
        {
            "generator" => $"function* f({function.Parameters()}) {{ {body} }}",
            "async" => $"async function f({function.Parameters()}) {{ {body} }}",
            _ => $"function f({function.Parameters()}) {{ {body} }}",
        };
        return function;
    }

    private string Parameters() => random.Next(3) == 0 ? $"p = {Call("t")}, {{ a: q = {Call("c")} }} = {Call("o")}" : "";

    private string Statements(int depth)
    {
        var text = new StringBuilder();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            text.Append(Statement(depth)).Append(' ');
        }

        return text.ToString();
    }

    private string Statement(int depth)
    {
        if (depth == 0)
        {
            return random.Next(4) == 0 ? Jump() : $"{Expression(1)};";
        }

        if (hasVariables && random.Next(4) == 0)
        {
            return VariableStatement(depth);
        }

        return random.Next(16) switch
        {
            0 or 1 => $"if ({Test(2)}) {{ {Statements(depth - 1)}}}{(random.Next(2) == 0 ? $" else {{ {Statements(depth - 1)}}}" : "")}",
            2 => InLoop(label => $"{label}while ({Call("l")}) {{ {Statements(depth - 1)}}}"),
            3 => InLoop(label => $"{label}do {{ {Statements(depth - 1)}}} while ({Call("l")});"),
            4 => InLoop(label =>
                $"{label}for (let i = {Expression(1)}; {Call("l")}{(random.Next(2) == 0 ? $" && {Test(1)}" : "")}; {Expression(1)}) {{ {Statements(depth - 1)}}}"
            ),
            5 => InLoop(label => $"{label}for (;;) {{ if ({Call("b")}) break; {Statements(depth - 1)}}}"),
            6 => InLoop(label => $"{label}for ({Head()} of {Call("a")}) {{ {Statements(depth - 1)}}}"),
            7 => InLoop(label => $"{label}for (const {Name()} in {Call("o")}) {{ {Statements(depth - 1)}}}"),
            8 => Switch(depth),
            9 or 10 or 11 => Try(depth),
            12 => Labelled(depth),
            13 => Jump(),
            14 => $"var {{ a: {Name()} = {Expression(1)}, b: [{Name()} = {Call("x")}] }} = {Call("o")};",
            _ => $"{Expression(3)};",
        };
    }

    private string InLoop(Func<string, string> make)
    {
        var isLabelled = random.Next(3) == 0;
        var label = isLabelled ? Name() : "";
        loops.Add(label);
        labels.Add(label);
        var text = make(isLabelled ? $"{label}: " : "");
        loops.RemoveAt(loops.Count - 1);
        labels.RemoveAt(labels.Count - 1);
        return text;
    }

    private string Head() =>
        random.Next(4) switch
        {
            0 => $"var {{ x: {Name()} = {Call("t")} }}",
            1 => $"let {Name()}",
            2 => $"var {Name()}",
            _ => $"const {Name()}",
        };

    private string Switch(int depth)
    {
        switches++;
        var text = new StringBuilder($"switch ({Call("v")}) {{ ");
        var count = random.Next(0, 4);
        var byDefault = random.Next(0, 5);
        for (var index = 0; index <= count; index++)
        {
            text.Append(index == byDefault ? "default: " : $"case {Call("v")}: ");
            text.Append(random.Next(4) == 0 ? "" : Statements(depth - 1));
            text.Append(random.Next(2) == 0 ? "break; " : "");
        }

        switches--;
        return text.Append('}').ToString();
    }

    private string Try(int depth)
    {
        var text = $"try {{ {(random.Next(2) == 0 ? $"{Call("x")}; " : "")}{Statements(depth - 1)}}}";
        var kind = random.Next(3);
        var handler = random.Next(2) == 0 ? " catch" : " catch (e)";
        return text + (kind != 0 ? $"{handler} {{ {Statements(depth - 1)}}}" : "") + (kind != 1 ? $" finally {{ {Statements(depth - 1)}}}" : "");
    }

    private string Labelled(int depth)
    {
        var label = Name();
        labels.Add(label);
        var text = $"{label}: {{ {Statements(depth - 1)}}}";
        labels.RemoveAt(labels.Count - 1);
        return text;
    }

    private string Jump()
    {
        var named = labels.Where(label => label.Length > 0).ToList();
        var namedLoops = loops.Where(label => label.Length > 0).ToList();
        return random.Next(6) switch
        {
            0 when loops.Count + switches > 0 => "break;",
            1 when loops.Count > 0 => "continue;",
            2 when named.Count > 0 => $"break {named[random.Next(named.Count)]};",
            3 when namedLoops.Count > 0 => $"continue {namedLoops[random.Next(namedLoops.Count)]};",
            4 => $"return {Expression(1)};",
            5 => $"throw {Expression(1)};",
            _ => $"{Call("x")};",
        };
    }

    private string Test(int depth) =>
        depth == 0
            ? Call("c")
            : random.Next(6) switch
            {
                0 => $"({Test(depth - 1)} && {Test(depth - 1)})",
                1 => $"({Test(depth - 1)} || {Test(depth - 1)})",
                2 => $"!{Test(depth - 1)}",
                3 => $"{Call("n")}?.m({Call("t")})?.k",
                4 => Expression(depth),
                _ => Call("c"),
            };

    private string Expression(int depth)
    {
        if (depth == 0)
        {
            return Call(
                random.Next(3) switch
                {
                    0 => "c",
                    1 => "x",
                    _ => "n",
                }
            );
        }

        if (hasVariables && random.Next(2) == 0)
        {
            return VariableExpression(depth);
        }

        return random.Next(17) switch
        {
            0 => $"({Expression(depth - 1)} && {Expression(depth - 1)})",
            1 => $"({Expression(depth - 1)} || {Expression(depth - 1)})",
            2 => $"({Expression(depth - 1)} ?? {Expression(depth - 1)})",
            3 => $"({Test(depth - 1)} ? {Expression(depth - 1)} : {Expression(depth - 1)})",
            4 => $"!{Test(depth - 1)}",
            5 => $"{Call("n")}?.m({Expression(depth - 1)}).k?.[{Expression(depth - 1)}]",
            6 => $"({Call("n")}?.k ?? {Expression(depth - 1)})",
            7 => $"(globalThis.g{random.Next(3)} {(random.Next(3) switch { 0 => "&&", 1 => "||", _ => "??" })}= {Expression(depth - 1)})",
            8 => $"`${{{Expression(depth - 1)} && 1}}${{{Expression(depth - 1)} && 1}}`",
            9 => $"[{Expression(depth - 1)}, ...{Call("a")}, {Expression(depth - 1)}]",
            10 => $"({{ [{Call("t")}]: {Expression(depth - 1)}, b: {Expression(depth - 1)} }})",
            11 => $"([{Call("o")}.a = {Expression(depth - 1)}, {{}}[{Call("t")}]] = {Call("a")})",
            12 => $"({Call("o")}[{Call("t")}] = {Expression(depth - 1)})",
            13 => $"(class {{ [{Call("t")}]() {{}} static [{Call("x")}] = 1 }})",
            14 => $"({Expression(depth - 1)}, {Expression(depth - 1)})",
            15 when Kind == "generator" => $"(yield {Expression(depth - 1)})",
            15 when Kind == "async" => $"(await {Call("p")})",
            16 when Kind == "async" => $"(await {Call("p")} || {Expression(depth - 1)})",
            _ => $"t({++number}, \"x\", {Expression(depth - 1)})",
        };
    }

    private string Call(string kind) => $"t({++number}, \"{kind}\")";

    private string Name() => $"n{names++}";
}
