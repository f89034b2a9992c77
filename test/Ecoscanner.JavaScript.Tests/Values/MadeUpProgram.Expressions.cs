namespace Ecoscanner.JavaScript.Tests.Values;

internal sealed partial class MadeUpProgram
{
    /// <summary>An expression whose value has that shape; it binds as tightly as a call.</summary>
    private string Of(Shape shape, int depth)
    {
        depth = --room < 0 ? Math.Min(depth, 0) : depth;
        var known = scope.Where(variable => variable.Shape == shape).ToList();
        if (known.Count > 0 && (room < 0 || (depth <= 0 ? !Chance(8) : Chance(2))))
        {
            // What was declared last is used most.
            return known[Math.Max(random.Next(known.Count), random.Next(known.Count))].Name;
        }

        return depth > 0 && Chance(3) ? Passed(shape, depth - 1) : Made(shape, depth - 1);
    }

    /// <summary>A value of any shape that goes a long way.</summary>
    private string Passed(Shape shape, int depth)
    {
        string A() => Of(shape, depth);
        string InFunction(bool isGenerator = false) => Within(Function(isGenerator: isGenerator), A);
        string InArrow() => Within(Arrow(), A);
        var changing = scope.Where(variable => variable.Shape == shape && variable.CanChange).ToList();
        var isPromise = shape == Shape.Promise;
        return random.Next(38) switch
        {
            0 or 1 or 2 => $"({Of(Shape.Flag, 1)} ? {A()} : {A()})",
            3 => $"({A()} || {A()})",
            4 => $"({A()} ?? {A()})",
            5 => $"(undefined ?? {A()})",
            6 => $"(pick(2) && null || {A()})",
            7 => $"[{A()}, {A()}][pick(2)]",
            8 => $"({{ k: {A()} }}).k",
            9 => $"({{ k: {A()}, l: {A()} }})[{One("\"k\"", "pick(2) ? \"k\" : \"l\"", "`${\"k\"}`")}]",
            10 => $"((x) => x)({A()})",
            11 => $"(() => {InArrow()})()",
            12 => $"(function () {{ return this.v; }}).call({{ v: {A()} }})",
            13 => $"(function (x) {{ return arguments[0]; }}).apply(null, [{A()}])",
            14 => $"[{A()}, {A()}].{One("pop", "shift")}()",
            15 => $"[{A()}].find(() => true)",
            16 => $"[{A()}, {A()}].reduce((p, q) => {One("p", "q", "pick(2) ? p : q")})",
            17 => $"new Map([[\"k\", {A()}]]).get(\"k\")",
            18 => $"Object.values({{ k: {A()} }})[0]",
            19 => $"[...[{A()}]][0]",
            20 => $"Object.assign({{}}, {{ k: {A()} }}).k",
            21 => $"({{ ...{{ k: {A()} }} }}).k",
            22 when around.IsAsync && !isPromise => $"(await {A()})",
            23 when around.IsAsync && !isPromise => $"(await Promise.all([{A()}, 1]))[0]",
            24 when around.IsAsync && !isPromise => $"(await new Promise((resolve) => resolve({InArrow()})))",
            25 when around.IsAsync && !isPromise => $"(await Promise.resolve({A()}).then((x) => x))",
            26 or 27 when changing.Count > 0 => $"({changing[random.Next(changing.Count)].Name} {One("=", "=", "??=")} {A()})",
            28 => $"new (class {{ constructor(x) {{ this.k = x; }} }})({A()}).k",
            29 => $"[...(function* () {{ yield {InFunction(isGenerator: true)}; }})()][0]",
            30 => $"(({{ k }}) => k)({{ k: {A()} }})",
            31 => $"(([x]) => x)([{A()}])",
            32 => $"((...xs) => xs[0])({A()}, 1)",
            33 => $"((x = {InArrow()}) => x)()",
            34 => $"((s, v) => v)`x${{{A()}}}y`",
            35 => $"Object.entries({{ k: {A()} }})[0][1]",
            36 => $"({{ get k() {{ return {InFunction()}; }} }}).k",
            37 => $"Object.create({{ k: {A()} }}).k",
            _ => $"(0, {A()})",
        };
    }

    private string Made(Shape shape, int depth) =>
        shape switch
        {
            Shape.Text => depth < 0 ? Literal() : Text(depth),
            Shape.Number => Number(depth),
            Shape.Flag => Flag(depth),
            Shape.Maker or Shape.Higher or Shape.AsyncMapper => depth < 0 || Chance(2) ? ArrowText(shape, depth) : $"({FunctionText("", shape, 0)})",
            Shape.Mapper => Mapper(depth),
            Shape.Decorator => depth >= 0 && Chance(2) ? $"((f) => (p) => f(f(p) + {Within(Arrow(), () => Of(Shape.Text, 0))}))" : ArrowText(shape, depth),
            Shape.Texts => Texts(depth),
            Shape.Mappers => Chance(4) ? $"Object.values({Of(Shape.Table, depth)})" : $"[{Of(Shape.Mapper, depth)}, {Of(Shape.Mapper, depth)}]",
            Shape.Thing => Thing(depth),
            Shape.Things => Chance(3)
                ? $"{Of(Shape.Texts, depth)}.slice(0, 3).map((x) => new {Of(Shape.Class, 0)}(x))"
                : $"[{Of(Shape.Thing, depth)}, {Of(Shape.Thing, depth)}]",
            Shape.Class => Class(),
            Shape.Table => Table(depth),
            Shape.MapOfMappers => $"new Map([[\"a\", {Of(Shape.Mapper, depth)}], [{KeyText()}, {Of(Shape.Mapper, depth)}]])",
            Shape.SetOfTexts => $"new Set({Of(Shape.Texts, depth)})",
            Shape.Promise => Promise(depth),
            Shape.Many => Many(depth),
            _ => $"({FunctionText("", Shape.ManyMaker, 0)})",
        };

    private string Literal() => Chance(6) ? $"source({random.Next(9)})" : $"\"{One("x", "y", "zz", "a", "b", "", "run", "name")}\"";

    private string KeyText() =>
        Chance(3) ? $"{Of(Shape.Flag, 0)} ? \"a\" : \"b\"" : One("\"a\"", "\"b\"", "`c`", "\"\" + \"a\"", $"[\"a\", \"{Key()}\"][pick(2)]");

    private string Text(int depth)
    {
        string A() => Of(Shape.Text, depth);
        return random.Next(42) switch
        {
            0 or 1 => $"({A()} + {A()})",
            2 => $"`{One("t", "", "-")}${{{A()}}}${{{Of(One(Shape.Text, Shape.Number, Shape.Thing), depth)}}}`",
            3 => $"{A()}.{One("toUpperCase", "trim", "toLowerCase")}()",
            4 => $"{A()}.slice({One("0", "1", "0, 3")})",
            5 => $"{A()}.replace({One("\"a\"", "/[xyz]/g")}, {Of(One(Shape.Mapper, Shape.Text), depth)})",
            6 => $"{A()}.concat({A()})",
            7 => $"{Of(Shape.Texts, depth)}.join({One("\"-\"", "\"\"")})",
            8 or 9 => $"{Of(Shape.Maker, depth)}()",
            10 or 11 or 12 or 13 => $"{Of(Shape.Mapper, depth)}({A()})",
            14 or 15 => $"{Of(Shape.Higher, depth)}({Of(Shape.Mapper, depth)})",
            16 => $"{Of(Shape.Mapper, depth)}.{(Chance(2) ? $"call(null, {A()})" : $"apply(null, [{A()}])")}",
            17 or 18 => $"{Of(Shape.Thing, depth)}.{One("run", "help")}({A()})",
            19 => $"{Of(Shape.Thing, depth)}[{One("\"run\"", "\"r\" + \"un\"", "pick(2) ? \"run\" : \"help\"")}]({A()})",
            20 or 21 => $"{Of(Shape.Thing, depth)}.{One("name", "name", "label")}",
            22 => $"(({{ name, label = name }}) => label)({Of(Shape.Thing, depth)})",
            23 => $"({Of(Shape.Table, depth)}[{KeyText()}]?.({A()}) ?? {A()})",
            24 => $"({Of(Shape.MapOfMappers, depth)}.get({KeyText()})?.({A()}) ?? {A()})",
            25 => $"({Of(Shape.Texts, depth)}.map({Of(Shape.Mapper, depth)})[0] ?? {A()})",
            26 => $"{Of(Shape.Texts, depth)}.reduce((p, q) => p + q, {A()})",
            27 => $"{Of(Shape.Things, depth)}.slice(0, 3).map((t) => t.run({Within(Arrow(), () => Of(Shape.Text, 0))})).join()",
            28 => $"{Of(Shape.Mappers, depth)}.slice(0, 3).reduce((v, f) => f(v), {A()})",
            29 => $"String({Of(One(Shape.Thing, Shape.Number, Shape.Text), depth)})",
            30 => $"JSON.parse(JSON.stringify({A()}))",
            31 => $"JSON.parse(JSON.stringify({{ k: [{A()}] }})).k[0]",
            32 => $"(Object.keys({Of(Shape.Table, depth)})[0] ?? {A()})",
            33 when around.IsAsync => $"(await {Of(Shape.AsyncMapper, depth)}({A()}))",
            34 when around.IsAsync => $"(await {Of(Shape.Promise, depth)})",
            35 when around.IsGenerator => $"String(yield {A()})",
            36 => $"([...{Of(One(Shape.Many, Shape.Texts, Shape.SetOfTexts), depth)}][0] ?? {A()})",
            37 => $"(typeof {One(A(), Of(Shape.Mapper, 0), Of(Shape.Thing, 0))})",
            38 when around.HasThis => "this.name",
            39 when around.HasThis => One("this.label", "`${this.name}!`", "this.name", "String(this.extra)"),
            40 when around.HasArguments => "String(arguments[0])",
            _ => Literal(),
        };
    }

    private string Number(int depth) =>
        depth < 0
            ? One("0", "1", "2", "pick(3)")
            : random.Next(8) switch
            {
                0 => $"{Of(Shape.Text, depth)}.length",
                1 => $"{Of(Shape.Texts, depth)}.length",
                2 => $"({Of(Shape.Number, depth)} {One("+", "-", "*", "%")} {Of(Shape.Number, depth)})",
                3 => $"Math.max({Of(Shape.Number, depth)}, 1)",
                4 => $"-({Of(Shape.Number, depth)})",
                5 => $"{Of(Shape.Text, depth)}.indexOf({One("\"a\"", "\"x\"")})",
                _ => One("0", "1", "2", "7", "pick(3)"),
            };

    private string Flag(int depth) =>
        depth < 0
            ? "pick(2)"
            : random.Next(12) switch
            {
                0 => $"({Of(Shape.Text, depth)} {One("===", "!==", "<", ">")} {Of(Shape.Text, depth)})",
                1 => $"!{Of(Shape.Flag, depth)}",
                2 => $"({KeyText()} in {Of(Shape.Table, depth)})".Replace("? \"a\" : \"b\" in", "&& \"b\" in", StringComparison.Ordinal),
                3 => $"({Of(Shape.Thing, depth)} instanceof {Of(Shape.Class, 0)})",
                4 => $"{Of(Shape.Texts, depth)}.includes({Of(Shape.Text, depth)})",
                5 => $"{Of(Shape.SetOfTexts, depth)}.has({Of(Shape.Text, depth)})",
                6 => $"({Of(Shape.Flag, depth)} {One("&&", "||")} {Of(Shape.Flag, depth)})",
                7 => $"(typeof {Of(Shape.Text, depth)} === \"string\")",
                8 => $"({Of(Shape.Number, depth)} > {random.Next(3)})",
                9 => $"{Of(Shape.Texts, depth)}.some(({One("x", "y")}) => {Within(Arrow(), () => Of(Shape.Flag, 0))})",
                _ => "pick(2)",
            };

    private string Mapper(int depth)
    {
        if (depth < 0)
        {
            return ArrowText(Shape.Mapper, 0);
        }

        return random.Next(14) switch
        {
            0 or 1 => $"{Of(Shape.Decorator, depth)}({Of(Shape.Mapper, depth)})",
            2 => $"((t) => t.run.bind(t))({Of(Shape.Thing, depth)})",
            3 => $"({Of(Shape.Table, depth)}[{KeyText()}] ?? {Of(Shape.Mapper, depth)})",
            4 => $"({Of(Shape.Mappers, depth)}[pick(2)] ?? {Of(Shape.Mapper, depth)})",
            5 => $"({Of(Shape.MapOfMappers, depth)}.get({KeyText()}) ?? {Of(Shape.Mapper, depth)})",
            6 => $"((f, g) => (p) => g(f(p)))({Of(Shape.Mapper, depth)}, {Of(Shape.Mapper, depth)})",
            7 => $"((t) => (p) => t.help(p))({Of(Shape.Thing, depth)})",
            8 => $"{Of(Shape.Mapper, depth)}.bind(null{(Chance(2) ? $", {Of(Shape.Text, 0)}" : "")})",
            9 => One("String", "((p) => p)", "((p) => p.trim())"),
            10 or 11 => $"({FunctionText("", Shape.Mapper, 0)})",
            _ => ArrowText(Shape.Mapper, depth),
        };
    }

    private string Texts(int depth)
    {
        string A() => Of(Shape.Text, depth);
        return random.Next(depth < 0 ? 1 : 11) switch
        {
            1 => $"[...{Of(Shape.Texts, depth)}, {A()}]",
            2 => $"{Of(Shape.Texts, depth)}.map({Of(Shape.Mapper, depth)})",
            3 => $"Object.keys({Of(Shape.Table, depth)})",
            4 => $"{A()}.split({One("\"\"", "\"a\"")}).slice(0, 3)",
            5 => $"Array.from({Of(One(Shape.Many, Shape.SetOfTexts), depth)})",
            6 => $"[...{Of(Shape.Many, depth)}]",
            7 => $"{Of(Shape.Texts, depth)}.concat([{A()}]).slice(-3)",
            8 => $"{Of(Shape.Texts, depth)}.filter(Boolean)",
            9 when around.HasArguments => "[...arguments].map(String)",
            _ => $"[{A()}, {A()}]",
        };
    }

    private string Thing(int depth)
    {
        var classes = scope.Where(variable => variable.Shape == Shape.Class).ToList();
        if (classes.Count > 0 && Chance(2))
        {
            return $"new {classes[random.Next(classes.Count)].Name}({Of(Shape.Text, depth)})";
        }

        return random.Next(depth < 0 ? 1 : 7) switch
        {
            1 => $"({{ ...{Of(Shape.Thing, depth)}, run: {Of(Shape.Mapper, depth)}, help: {Of(Shape.Mapper, 0)} }})",
            2 => $"Object.assign(Object.create({Of(Shape.Thing, depth)}), {{ name: {Of(Shape.Text, depth)} }})",
            3 => $"({Of(Shape.Things, depth)}[0] ?? {Of(Shape.Thing, 0)})",
            4 => $"Object.setPrototypeOf({{ help: {Of(Shape.Mapper, depth)} }}, {Of(Shape.Thing, depth)})",
            5 => $"((t) => (t.name = {Within(Arrow(), () => Of(Shape.Text, depth))}, t))({Of(Shape.Thing, depth)})",
            _ => ThingLiteral(depth),
        };
    }

    private string ThingLiteral(int depth)
    {
        var inner = Function(hasThis: true);
        var parameter = new Variable("p", Shape.Text, CanChange: true);
        var name = Chance(4)
            ? $"get name() {{ return {Within(Function(), () => Of(Shape.Text, depth))}; }}, set name(v) {{ sink(v); }}"
            : $"name: {Of(Shape.Text, depth)}";
        var run = Chance(2)
            ? $"run: {Of(Shape.Mapper, depth)}"
            : $"{One("run", "[\"run\"]")}(p) {{ return {Within(inner, [parameter], () => Of(Shape.Text, depth))}; }}";
        var help = $"help(p) {{ return {Within(inner with { HasThis = false }, [parameter], () => Of(Shape.Text, 0))} + this.name; }}";
        var label = $"get label() {{ return {One("this.name", Within(Function(), () => Of(Shape.Text, 0)))}; }}";
        return $"({{ {name}, {run}, {help}, {label} }})";
    }

    private string Class()
    {
        var classes = scope.Where(variable => variable.Shape == Shape.Class).ToList();
        return classes.Count > 0 && !Chance(8) ? classes[random.Next(classes.Count)].Name : $"(class{ClassTail(1, "  ")})";
    }

    private string Table(int depth)
    {
        string A() => Of(Shape.Mapper, depth);
        return random.Next(depth < 0 ? 1 : 4) switch
        {
            1 => $"({{ ...{Of(Shape.Table, depth)}, [{KeyText()}]: {A()} }})",
            2 => $"Object.fromEntries([[\"a\", {A()}], [{KeyText()}, {A()}]])",
            _ => $"({{ a: {A()}, [{KeyText()}]: {A()} }})",
        };
    }

    private string Promise(int depth)
    {
        string A() => Of(Shape.Text, depth);
        return random.Next(depth < 0 ? 2 : 9) switch
        {
            0 => $"Promise.resolve({A()})",
            1 => $"Promise.all([{A()}, 1]).then(([x]) => x)",
            2 => $"Promise.reject({A()}).catch({Of(Shape.Mapper, depth)})",
            3 => $"{Of(Shape.Promise, depth)}.then({Of(One(Shape.Mapper, Shape.AsyncMapper), depth)})",
            4 => $"new Promise((resolve, reject) => {{ {One("resolve", "(pick(2) ? resolve : reject)")}({Within(Arrow(), A)}); }}).catch((e) => e)",
            5 => $"Promise.race([{Of(Shape.Promise, depth)}, {Of(Shape.Promise, depth)}])",
            _ => $"{Of(Shape.AsyncMapper, depth)}({A()})",
        };
    }

    private string Many(int depth) =>
        random.Next(depth < 0 ? 1 : 4) switch
        {
            1 => $"({{ *[Symbol.iterator]() {{ yield {Within(Function(isGenerator: true), () => Of(Shape.Text, depth))}; }} }})",
            2 =>
                $"({{ [Symbol.iterator]() {{ let n = 2; return {{ next: () => ({{ done: n-- <= 0, value: {Within(Function() with { HasArguments = false }, () => Of(Shape.Text, depth))} }}) }}; }} }})",
            3 => Of(Shape.Texts, depth),
            _ => $"{Of(Shape.ManyMaker, depth)}({Of(Shape.Text, depth)})",
        };
}
