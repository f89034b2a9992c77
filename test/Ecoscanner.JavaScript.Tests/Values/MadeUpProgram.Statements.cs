using System.Text;

namespace Ecoscanner.JavaScript.Tests.Values;

internal sealed partial class MadeUpProgram
{
    private const int MaximumDepth = 3;
    private const int RoomOfStatement = 8;
    private const int RoomOfInnerStatement = 3;

    /// <summary>Statements, one a line. What they declare stays in scope where they are a body of its own maker, who takes it away.</summary>
    private string Statements(int count, int depth, string indent, bool isBody = false)
    {
        var before = scope.Count;
        var text = new StringBuilder();
        var last = new StringBuilder();
        for (; count > 0; count--)
        {
            var statement = Statement(depth, indent);
            // A function is there before it is declared; what it uses still stands before.
            var isFunction =
                statement.StartsWith("function ", StringComparison.Ordinal)
                && !statement.Contains(".prototype, \"label\"", StringComparison.Ordinal)
                && isBody
                && Chance(4);
            (isFunction ? last : text).Append(indent).Append(statement).Append('\n');
        }

        if (!isBody)
        {
            scope.RemoveRange(before, scope.Count - before);
        }

        return text.Append(last).ToString();
    }

    private string Block(int depth, string indent) => $"{{\n{Statements(random.Next(1, budget > 0 ? 3 : 2), depth - 1, indent + "  ")}{indent}}}";

    private string Statement(int depth, string indent)
    {
        var isDeep = depth <= 0 || --budget < 0;
        room = Math.Max(room, depth == MaximumDepth ? RoomOfStatement : RoomOfInnerStatement);
        return random.Next(isDeep ? 13 : 38) switch
        {
            0 or 1 => $"sink({Of(Shape.Text, 2)});",
            2 or 3 or 4 => Declaration(Shapes[random.Next(Shapes.Length)]),
            5 or 6 => Assignment(),
            7 or 8 => MemberAssignment(),
            9 => $"{Of(One(Shape.Text, Shape.Text, Shape.Number, Shape.Promise), 3)};",
            10 => Jump(),
            11 => Destructuring(),
            12 => Uses(),
            13 or 14 or 15 or 16 => FunctionDeclaration(depth, indent),
            17 or 18 or 19 => ClassDeclaration(depth, indent),
            20 => ConstructorFunction(depth, indent),
            21 or 22 => If(depth, indent),
            23 or 24 or 25 => Loop(depth, indent),
            26 => Switch(depth, indent),
            27 or 28 or 29 => Try(depth, indent),
            30 => Chain(),
            31 => Sequence(),
            32 => Each(depth, indent),
            33 or 34 or 35 or 36 => Uses(),
            _ => Rare(depth, indent),
        };
    }

    private string Declaration(Shape shape)
    {
        var value = Of(shape, 3);
        var (word, name) = (One("const", "let", "var"), Name());
        scope.Add(new(name, shape, word != "const"));
        return $"{word} {name} = {value};";
    }

    private string Assignment()
    {
        var choices = scope.Where(variable => variable.CanChange).ToList();
        if (choices.Count == 0)
        {
            return Declaration(Shape.Text);
        }

        var variable = choices[random.Next(choices.Count)];
        return variable.Shape switch
        {
            Shape.Text when Chance(3) => $"{variable.Name} += {Of(Shape.Text, 2)};",
            Shape.Number when Chance(2) => $"{variable.Name}{One("++", "--")};",
            _ => $"{variable.Name} {One("=", "=", "=", "??=", "||=", "&&=")} {Of(variable.Shape, 2)};",
        };
    }

    private string MemberAssignment() =>
        random.Next(12) switch
        {
            0 or 1 => $"{Of(Shape.Thing, 1)}.name {One("=", "=", "+=", "??=")} {Of(Shape.Text, 2)};",
            2 => $"{Of(Shape.Thing, 1)}{One(".run", "[\"run\"]", ".help", "[\"he\" + \"lp\"]")} = {Of(Shape.Mapper, 2)};",
            3 => $"{Of(Shape.Table, 1)}[{KeyText()}] {One("=", "??=")} {Of(Shape.Mapper, 2)};",
            4 => $"{Of(Shape.Texts, 1)}.{One("push", "unshift")}({Of(Shape.Text, 2)});",
            5 => $"{Of(Shape.Mappers, 1)}.{One("push", "unshift")}({Of(Shape.Mapper, 2)});",
            6 => $"{Of(Shape.Things, 1)}.push({Of(Shape.Thing, 2)});",
            7 => $"Object.assign({Of(Shape.Thing, 1)}, {{ name: {Of(Shape.Text, 2)}, run: {Of(Shape.Mapper, 1)} }});",
            8 =>
                $"Object.defineProperty({Of(Shape.Thing, 1)}, \"name\", {Within(Function(hasThis: true), () => $"{{ get() {{ return {Of(Shape.Text, 2)}; }}, configurable: true }}")});",
            9 => $"{Of(Shape.MapOfMappers, 1)}.set({KeyText()}, {Of(Shape.Mapper, 2)});",
            10 => $"{Of(Shape.SetOfTexts, 1)}.add({Of(Shape.Text, 2)});",
            _ => $"{Of(Shape.Class, 0)}.prototype.{One("run", "help")} = {FunctionText("", Shape.Mapper, 1, hasThis: true)};",
        };

    private string Jump() =>
        around.IsGenerator ? $"{(Chance(4) && around.IsFunction ? $"yield* {Of(Shape.Texts, 1)}" : $"yield {Of(Shape.Text, 2)}")};"
        : around.IsAsync && Chance(2) ? $"await {Of(One(Shape.Promise, Shape.Promise, Shape.Text), 2)};"
        : $"if ({Of(Shape.Flag, 1)}) sink({Of(Shape.Text, 1)}); else {Of(Shape.Text, 2)};";

    private string Destructuring()
    {
        var (first, second, rest) = (Name(), Name(), Name());
        var word = One("const", "let");
        switch (random.Next(6))
        {
            case 0:
                var thing = Of(Shape.Thing, 1);
                var fallback = Of(Shape.Text, 1);
                scope.Add(new(first, Shape.Text, word == "let"));
                scope.Add(new(rest, Shape.Thing, word == "let"));
                return $"{word} {{ name: {first} = {fallback}, ...{second} }} = {thing}, {rest} = {{ __proto__: {thing}, ...{second} }};";
            case 1:
                var (key, table, other) = (KeyText(), Of(Shape.Table, 1), Of(Shape.Mapper, 1));
                scope.Add(new(first, Shape.Mapper, word == "let"));
                return $"{word} {{ [{key}]: {first} = {other} }} = {table};";
            case 2:
                var (texts, given) = (Of(One(Shape.Texts, Shape.Many, Shape.SetOfTexts), 1), Of(Shape.Text, 1));
                scope.Add(new(first, Shape.Text, word == "let"));
                scope.Add(new(second, Shape.Text, word == "let"));
                scope.Add(new(rest, Shape.Texts, word == "let"));
                return $"{word} [{first} = {given}, {second} = {first}, ...{rest}] = {texts};";
            case 3:
                var (mappers, mapper) = (Of(Shape.Mappers, 1), Of(Shape.Mapper, 1));
                scope.Add(new(first, Shape.Mapper, word == "let"));
                return $"{word} [, {first} = {mapper}] = {mappers};";
            case 4:
                var nested = $"{{ a: {{ b: [{Of(Shape.Mapper, 1)}, {Of(Shape.Text, 1)}] }} }}";
                scope.Add(new(first, Shape.Mapper, word == "let"));
                scope.Add(new(second, Shape.Text, word == "let"));
                return $"{word} {{ a: {{ b: [{first}, {second}] }} }} = {nested};";
            default:
                var pairs = scope
                    .Where(variable => variable.CanChange)
                    .GroupBy(variable => variable.Shape)
                    .FirstOrDefault(group => group.Count() > 1)
                    ?.Take(2)
                    .ToList();
                return pairs is null ? Declaration(Shape.Text) : $"[{pairs[0].Name}, {pairs[1].Name}] = [{pairs[1].Name}, {pairs[0].Name}];";
        }
    }

    private string If(int depth, string indent) => $"if ({Of(Shape.Flag, 2)}) {Block(depth, indent)}{(Chance(2) ? $" else {Block(depth, indent)}" : "")}";

    private string Loop(int depth, string indent)
    {
        var name = Name();
        string Body(Shape shape) => Within(around, [new(name, shape, CanChange: false)], () => Block(depth, indent));
        return random.Next(6) switch
        {
            0 => $"for (let {name} = 0; {name} < {random.Next(1, 4)}; {name}++) {Body(Shape.Number)}",
            1 => $"for ({One("const", "let", "var")} {name} of {Of(One(Shape.Texts, Shape.Many, Shape.SetOfTexts), 1)}) {Body(Shape.Text)}",
            2 => $"for (const {name} of {Of(Shape.Mappers, 1)}.slice(0, 4)) {Body(Shape.Mapper)}",
            3 => $"for (const {name} in {Of(Shape.Table, 1)}) {Body(Shape.Text)}",
            4 => $"for (const [, {name}] of {(Chance(2) ? $"Object.entries({Of(Shape.Table, 1)})" : Of(Shape.MapOfMappers, 1))}) {Body(Shape.Mapper)}",
            _ => $"var {name} = {random.Next(1, 4)};\n{indent}while ({name}-- > 0) {Block(depth, indent)}",
        };
    }

    private string Switch(int depth, string indent)
    {
        var text = new StringBuilder($"switch ({(Chance(2) ? "pick(3)" : KeyText())}) {{\n");
        foreach (var label in new[] { "case 0", "case \"a\"", "case 1", "default" })
        {
            text.Append($"{indent}  {label}: {Block(depth, indent + "  ")}{(Chance(2) ? " break;" : "")}\n");
        }

        return text.Append($"{indent}}}").ToString();
    }

    private string Try(int depth, string indent)
    {
        var name = Name();
        var shape = One(Shape.Text, Shape.Mapper);
        var thrown = Of(shape, 2);
        var isSure = Chance(2);
        var body = $"{{\n{Statements(random.Next(0, 3), depth - 1, indent + "  ")}{indent}  {(isSure ? "" : "if (pick(2)) ")}throw {thrown};\n{indent}}}";
        // What else may be thrown is an error: what is caught is used with care.
        var use = shape == Shape.Text ? $"sink({name});" : $"if (typeof {name} === \"function\") sink({name}({Of(Shape.Text, 1)}));";
        var handler = $"{{\n{indent}  {use}\n{Statements(random.Next(0, 2), depth - 1, indent + "  ")}{indent}}}";
        return $"try {body} catch ({name}) {handler}{(Chance(3) ? $" finally {Block(depth, indent)}" : "")}";
    }

    private string Chain()
    {
        var (value, error) = (Name(), Name());
        var use = Within(Arrow(), [new(value, Shape.Text, CanChange: false)], () => Of(Shape.Text, 2));
        return $"{Of(Shape.Promise, 2)}.then(({value}) => {use}).then({One("sink", $"(v) => sink({Of(Shape.Mapper, 0)}(v))")})"
            + $"{(Chance(2) ? $".catch(({error}) => sink({error}))" : "")}{(Chance(3) ? $".finally({Of(Shape.Maker, 1)})" : "")};";
    }

    private string Sequence()
    {
        var (name, text) = (Name(), Of(Shape.Texts, 1));
        var item = new Variable("p", Shape.Text, CanChange: false);
        var value = random.Next(4) switch
        {
            0 => $"{text}.sort((p, q) => {Within(Arrow(), () => Of(Shape.Number, 1))})",
            1 => $"{text}.filter((p) => {Within(Arrow(), [item], () => Of(Shape.Flag, 1))}).concat({Of(Shape.Text, 1)})",
            2 => $"{text}.flatMap((p) => [p, {Within(Arrow(), [item], () => Of(Shape.Text, 1))}])",
            _ => $"Array.from({text}, {Of(Shape.Mapper, 1)})",
        };
        scope.Add(new(name, Shape.Texts, CanChange: false));
        return $"const {name} = {value};";
    }

    /// <summary>What is declared is called, several from one place.</summary>
    private string Uses()
    {
        var shape = One(Shape.Mapper, Shape.Mapper, Shape.Thing, Shape.Thing, Shape.Higher, Shape.Class, Shape.Maker);
        var known = scope.Where(variable => variable.Shape == shape).Select(variable => variable.Name).ToList();
        var list = known.Count > 1 ? string.Join(", ", known.TakeLast(random.Next(2, 5))) : $"{Of(shape, 1)}, {Of(shape, 1)}";
        var argument = shape is Shape.Maker ? "" : Within(new(), () => Of(shape == Shape.Higher ? Shape.Mapper : Shape.Text, 1));
        var use = shape switch
        {
            Shape.Thing => $"u{One($".run({argument})", $".help({argument})", ".label", ".name", $"[pick(2) ? \"run\" : \"help\"]({argument})")}",
            Shape.Class => $"new u({argument}){One(".run(\"r\")", ".label", ".name")}",
            _ => $"u({argument})",
        };
        return One(
            $"for (const u of [{list}]) sink({use});",
            $"[{list}].forEach((u) => sink({use}));",
            $"(function (...all) {{ for (let i = 0, u; (u = all[i]); i++) sink({use}); }})({list});"
        );
    }

    private string Each(int depth, string indent)
    {
        var name = Name();
        var shape = One(Shape.Text, Shape.Mapper, Shape.Thing);
        var list = shape switch
        {
            Shape.Text => Of(Shape.Texts, 1),
            Shape.Mapper => Of(Shape.Mappers, 1),
            _ => Of(Shape.Things, 1),
        };
        return $"{list}.slice(0, 3).forEach(({name}) => {Within(Arrow(), [new(name, shape, CanChange: false)], () => Block(depth, indent))});";
    }

    private string Rare(int depth, string indent)
    {
        var name = Name();
        switch (random.Next(6))
        {
            case 0:
                return $"delete {Of(Shape.Table, 0)}.{Key()};";
            case 1:
                scope.Add(new(name, Shape.Text, CanChange: false));
                return $"const {name} = String(eval(\"'e' + pick(3)\"));";
            case 2 when around.IsAsync:
                return $"for await (const {name} of [{Of(Shape.Promise, 1)}, {Of(Shape.Text, 1)}]) {Within(around, [new(name, Shape.Text, CanChange: false)], () => Block(depth, indent))}";
            case 3:
                return $"globalThis.g = {Of(Shape.Mapper, 2)};\n{indent}sink(globalThis.g({Of(Shape.Text, 1)}));";
            case 4:
                scope.Add(new(name, Shape.Decorator, CanChange: false));
                return $"const {name} = ((memo) => (f) => (memo.f ??= f, (v) => memo.f(v)))({{}});";
            default:
                return $"{Of(Shape.Thing, 0)}?.{One("run", "help", "name", "none")}?.{One("length", "call", "none?.x")};";
        }
    }
}
