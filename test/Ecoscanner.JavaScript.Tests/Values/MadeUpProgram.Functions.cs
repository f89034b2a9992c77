using System.Text;

namespace Ecoscanner.JavaScript.Tests.Values;

internal sealed partial class MadeUpProgram
{
    private string FunctionDeclaration(int depth, string indent)
    {
        var name = Name();
        var shape = One(Shape.Maker, Shape.Mapper, Shape.Mapper, Shape.Higher, Shape.Decorator, Shape.AsyncMapper, Shape.ManyMaker, Shape.Text, Shape.Thing);
        string text;
        switch (shape)
        {
            case Shape.Text:
                // Recursion, with a counter.
                shape = Shape.Mapper;
                var inner = Within(Function(), [new("p", Shape.Text, CanChange: true)], () => Of(Shape.Text, 1));
                text = $"function {name}(p, n = 2) {{ return n > 0 ? {name}({inner}, n - 1) + {Of(Shape.Text, 0)} : p; }}";
                break;
            case Shape.Thing:
                shape = Shape.Maker;
                var thing = Within(Function(), () => Of(Shape.Thing, 2));
                text = $"function {name}() {{ const t = {thing}; return t.run(t.name); }}";
                break;
            default:
                text = FunctionText(name, shape, depth - 1, indent: indent);
                break;
        }

        scope.Add(new(name, shape, CanChange: false));
        return text;
    }

    /// <summary>A function of that shape, as an expression or a declaration.</summary>
    private string FunctionText(string name, Shape shape, int depth, bool hasThis = false, string indent = "")
    {
        var isAsync = shape == Shape.AsyncMapper;
        var isGenerator = shape == Shape.ManyMaker;
        var inner = Function(isAsync, isGenerator, hasThis);
        var word = $"{(isAsync ? "async " : "")}function{(isGenerator ? "*" : "")}";
        return $"{word} {name}{Closure(inner, shape, depth, indent)}";
    }

    /// <summary>Parameters and body.</summary>
    private string Closure(Surroundings inner, Shape shape, int depth, string indent)
    {
        var (list, variables) = Parameters(shape);
        return $"({list}) {Within(inner, variables, () => Body(shape, depth, indent))}";
    }

    private (string List, Variable[] Variables) Parameters(Shape shape)
    {
        var name = Name();
        return shape switch
        {
            Shape.Maker => ("", []),
            Shape.Higher or Shape.Decorator when Chance(4) => (
                $"{name} = {Within(new(), () => Of(Shape.Mapper, 1))}",
                [new(name, Shape.Mapper, CanChange: true)]
            ),
            Shape.Higher or Shape.Decorator => (name, [new(name, Shape.Mapper, CanChange: true)]),
            Shape.ManyMaker => (name, [new(name, Shape.Text, CanChange: true)]),
            _ when Chance(6) => ($"...[{name}]", [new(name, Shape.Text, CanChange: true)]),
            _ when Chance(6) => ($"{name} = {Literal()}", [new(name, Shape.Text, CanChange: true)]),
            _ => (name, [new(name, Shape.Text, CanChange: true)]),
        };
    }

    private string Body(Shape shape, int depth, string indent)
    {
        var deeper = indent + "  ";
        var text = new StringBuilder("{\n");
        text.Append(Statements(room < 0 ? 0 : random.Next(0, 2), Math.Min(depth, 1), deeper, isBody: true));
        if (Chance(3))
        {
            text.Append($"{deeper}if ({Of(Shape.Flag, 1)}) return {Result(shape)};\n");
        }

        if (shape == Shape.ManyMaker)
        {
            text.Append($"{deeper}{One("", "const r = ")}yield {Of(Shape.Text, 2)};\n");
        }

        return text.Append($"{deeper}return {Result(shape)};\n{indent}}}").ToString();
    }

    /// <summary>What a function of that shape returns.</summary>
    private string Result(Shape shape) => Of(shape == Shape.Decorator ? Shape.Mapper : Shape.Text, 2);

    private string ArrowText(Shape shape, int depth)
    {
        var isAsync = shape == Shape.AsyncMapper;
        var (list, variables) = Parameters(shape);
        var inner = Arrow(isAsync);
        var body = Within(
            inner,
            variables,
            () => room > 4 && Chance(4) ? Body(shape, 0, "  ") : Of(shape == Shape.Decorator ? Shape.Mapper : Shape.Text, depth - 1)
        );
        return $"({(isAsync ? "async " : "")}({list}) => {body})";
    }

    private string ConstructorFunction(int depth, string indent)
    {
        var (name, made) = (Name(), Name());
        var body = Within(
            Function(hasThis: true),
            [new(made, Shape.Text, CanChange: true)],
            () => Statements(random.Next(0, 2), depth - 1, indent + "  ", isBody: true)
        );
        var inherits = Chance(3) ? $"\n{indent}Object.setPrototypeOf({name}.prototype, {Of(Shape.Class, 0)}.prototype);" : "";
        string Method(string member) => $"\n{indent}{name}.prototype.{member} = {FunctionText("", Shape.Mapper, 0, hasThis: true, indent)};";
        var text =
            $"function {name}({made}) {{\n{indent}  this.name = {made};\n{body}{indent}}}{inherits}{Method("run")}{Method("help")}"
            + $"\n{indent}Object.defineProperty({name}.prototype, \"label\", {{ get: {FunctionText("", Shape.Maker, 0, hasThis: false, indent)} }});";
        scope.Add(new(name, Shape.Class, CanChange: false));
        return text;
    }

    private string ClassDeclaration(int depth, string indent)
    {
        var name = Name();
        var text = $"class {name}{ClassTail(depth, indent)}";
        scope.Add(new(name, Shape.Class, CanChange: false));
        return text;
    }

    private string ClassTail(int depth, string indent)
    {
        var bases = scope.Where(variable => variable.Shape == Shape.Class).ToList();
        var isDerived = bases.Count > 0 && Chance(2);
        var heritage = isDerived ? $" extends {bases[random.Next(bases.Count)].Name}" : "";
        var members = new List<string>();
        var deeper = indent + "  ";
        var inner = Function(hasThis: true);
        var parameter = new Variable("p", Shape.Text, CanChange: true);
        string Value(string before, Shape shape) => Within(inner with { HasArguments = false }, () => $"{before} = {Of(shape, 2)};");
        void Method(string head, string list, string self, params Variable[] variables)
        {
            var statements = Within(
                inner,
                variables,
                () =>
                    Statements(room < 0 ? 0 : random.Next(0, 2), Math.Min(depth - 1, 1), deeper + "  ", isBody: true)
                    + $"{deeper}  return {self}{Of(Shape.Text, 2)};\n"
            );
            members.Add($"{head}({list}) {{\n{statements}{deeper}}}");
        }

        string Super(string member, string otherwise) => isDerived && Chance(2) ? $"super.{member} + " : otherwise;
        if (!isDerived || Chance(2))
        {
            var first = isDerived ? $"super({Within(Function(), [parameter], () => Of(Shape.Text, 1))});" : "";
            var value = Within(inner, [parameter], () => Of(Shape.Text, 1));
            members.Add($"constructor(p) {{ {first} {(isDerived && Chance(2) ? "" : $"this.name = {One("p", value)};")} }}");
        }

        if (!isDerived || Chance(2))
        {
            Method(One("run", "[\"run\"]", "[`r${\"un\"}`]"), "p", Super("run(p)", "p + "), parameter);
        }

        if (!isDerived || Chance(3))
        {
            Method("help", "p", Super("help(p)", ""), parameter);
        }

        if (!isDerived || Chance(3))
        {
            Method("get label", "", Super("label", ""));
        }

        foreach (var _ in Enumerable.Range(0, random.Next(0, 3)))
        {
            switch (random.Next(7))
            {
                case 0:
                    var secret = Name();
                    members.Add(Value($"#{secret}", One(Shape.Mapper, Shape.Text)));
                    members.Add($"get {Name()}() {{ return this.#{secret}; }}");
                    break;
                case 1:
                    members.Add($"static make(p) {{ return new this(p); }}");
                    members.Add($"static {{ sink(this.make({Within(new(), () => Of(Shape.Text, 1))}).name); }}");
                    break;
                case 2:
                    Method("toString", "", "");
                    break;
                case 3:
                    var yielded = Within(Function(isGenerator: true, hasThis: true), () => $"yield {Of(Shape.Text, 1)}; yield this.name;");
                    members.Add($"*[Symbol.iterator]() {{ {yielded} }}");
                    break;
                case 4:
                    members.Add(Value(One("extra", "name", "static extra"), Shape.Text));
                    break;
                case 5:
                    members.Add(Value("help", Shape.Mapper));
                    break;
                default:
                    members.Add($"set given(p) {{ this.name = {Within(inner, [parameter], () => Of(Shape.Text, 1))}; }}");
                    break;
            }
        }

        return $"{heritage} {{\n{string.Concat(members.Select(member => $"{deeper}{member}\n"))}{indent}}}";
    }
}
