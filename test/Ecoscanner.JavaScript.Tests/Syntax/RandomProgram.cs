using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Syntax;

/// <summary>Makes modules by the grammar, of all that it has, that are valid for a parser (names are declared, or not, as it comes).</summary>
internal sealed class RandomProgram
{
    private static readonly string[] Names =
    [
        "a",
        "b",
        "c",
        "of",
        "get",
        "set",
        "as",
        "from",
        "type",
        "async",
        "abstract",
        "module",
        "\\u0064e",
        "\u00e9",
        "$_1",
        "satisfies",
        "accessor",
    ];
    private static readonly string[] Words = ["a", "if", "class", "get", "static", "async", "await", "of", "new", "let", "__proto", "default", "in"];
    private static readonly string[] Binary =
    [
        "+",
        "-",
        "*",
        "/",
        "%",
        "<<",
        ">>",
        ">>>",
        "<=",
        ">=",
        "==",
        "!=",
        "===",
        "!==",
        "&",
        "|",
        "^",
        "&&",
        "||",
        "instanceof",
    ];
    private static readonly string[] Assignments = ["=", "+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", ">>>=", "&=", "|=", "^=", "&&=", "||=", "??="];
    private static readonly string[] Literals =
    [
        "0",
        "1.5e3",
        ".5",
        "0xFF",
        "1_000n",
        "'s'",
        "\"\\n\\x41\\u{41}\"",
        "true",
        "null",
        "/r[/\\]](?<n>a)\\k<n>/giu",
        "`t`",
        "this",
        "import.meta",
    ];
    private static readonly string[] Keywords =
    [
        "any",
        "string",
        "number",
        "boolean",
        "void",
        "never",
        "unknown",
        "object",
        "symbol",
        "bigint",
        "undefined",
        "null",
        "this",
        "1",
        "-1",
        "'s'",
        "true",
    ];

    private readonly Random _random;
    private readonly bool _isTypeScript;
    private readonly List<string> _privateNames = [];
    private readonly List<string> _labels = [];
    private int _depth;
    private int _count;
    private bool _isAsync = true;
    private bool _isGenerator;
    private bool _isFunction;
    private bool _isMethod;
    private bool _isLoop;
    private bool _isDerived;
    private bool _mayAskForTarget;

    public RandomProgram(Random random)
    {
        _random = random;
        _isTypeScript = random.Next(2) == 0;
        Options = new()
        {
            Jsx = true,
            TypeScript = _isTypeScript,
            Goal = SourceGoal.Module,
        };
    }

    public ParseOptions Options { get; }

    /// <summary>The text of a program.</summary>
    public string Next() => Repeat(1, 8, "\n", () => Chance(4) ? ModuleItem() : Statement());

    private string ModuleItem() =>
        Pick(
            () => $"import {Fresh()}, {{ {Repeat(0, 3, ", ", () => $"{Word()} as {Fresh()}")} }} from 'm';",
            () => $"import * as {Fresh()} from \"m\" with {{ type: 'json' }};",
            () => "import 'm';",
            () => $"export {{ {Repeat(1, 3, ", ", () => $"{Word()} as {Fresh()}")} }} from 'm';",
            () => $"export * as {Fresh()} from 'm';",
            () => $"export const {Fresh()} = {Assignment()};",
            () => $"export {Function(Fresh())}",
            () => $"export {Class(Fresh())}",
            () => _isTypeScript ? $"export {TypeDeclaration()}" : $"export let {Fresh()};"
        );

    private string Statement()
    {
        if (IsDeep())
        {
            return Pick(() => ";", () => $"{Name()}();", () => "debugger;");
        }

        _depth++;
        var statement = Pick(
            () => $"({Expression()});",
            () => $"x = {Assignment()};",
            () => $"{Pick("let", "var")} {Repeat(1, 3, ", ", () => $"{Fresh()}{Annotation()}{Optional(() => $" = {Assignment()}")}")};",
            () => $"const {Pattern()}{Annotation()} = {Assignment()};",
            () => Function(Fresh()),
            () => Class(Fresh()),
            Block,
            () => $"if ({Expression()}) {Block()}{Optional(() => Pick(() => $" else {Block()}", () => $" else if ({Expression()}) {Block()} else ;"))}",
            () => $"for ({Optional(() => $"let {Fresh()} = ({Assignment()})")}; {Optional(Expression)}; {Optional(Expression)}) {Loop()}",
            () => $"for (const {Pattern()} of {Assignment()}) {Loop()}",
            () => $"for (var {Fresh()} in {Expression()}) {Loop()}",
            () => $"for ({Target()} of {Assignment()}) {Loop()}",
            () => $"while ({Expression()}) {Loop()}",
            () => $"do {Loop()} while ({Expression()})",
            () => $"switch ({Expression()}) {{ {Repeat(0, 3, " ", () => $"case {Expression()}: {Statement()}")} default: }}",
            () => $"try {Block()} {Pick(() => $"catch ({Pattern()}) {Block()}", () => $"catch {Block()}", () => $"finally {Block()}")}",
            () => $"throw {Expression()};",
            Labeled,
            () => _isLoop ? Pick("break;", "continue;") : ";",
            () => _labels.Count > 0 ? $"break {_labels[_random.Next(_labels.Count)]};" : "{}",
            () => _isFunction ? $"return {Expression()};" : ";",
            () => _isAsync ? $"for await (const {Fresh()} of {Assignment()}) {Loop()}" : ";",
            () => _isTypeScript ? TypeDeclaration() : ";"
        );
        _depth--;
        return statement;
    }

    private string Labeled()
    {
        var label = $"l{_count++}";
        _labels.Add(label);
        var statement = $"{label}: {Block()}";
        _labels.Remove(label);
        return statement;
    }

    private string Loop()
    {
        var outer = _isLoop;
        _isLoop = true;
        var body = Block();
        _isLoop = outer;
        return body;
    }

    private string Block() => $"{{ {Repeat(0, 3, " ", Statement)} }}";

    private string Function(string name) =>
        Pick(
            () => $"function {name}{Rest(isAsync: false, isGenerator: false)}",
            () => $"async function {name}{Rest(isAsync: true, isGenerator: false)}",
            () => $"function* {name}{Rest(isAsync: false, isGenerator: true)}",
            () => $"async function* {name}{Rest(isAsync: true, isGenerator: true)}"
        );

    // Parameters and body.
    private string Rest(bool isAsync, bool isGenerator, bool isMethod = false, string? parameters = null)
    {
        var outer = (_isAsync, _isGenerator, _isFunction, _isMethod, _isLoop, _mayAskForTarget);
        (_isAsync, _isGenerator, _isFunction, _isMethod, _isLoop, _mayAskForTarget) = (false, false, true, isMethod, false, true);
        var labels = _labels.ToList();
        _labels.Clear();
        var isAccessor = parameters is not null;
        parameters ??= Parameters();
        (_isAsync, _isGenerator) = (isAsync, isGenerator);
        var rest = $"{(isAccessor || !Chance(3) ? "" : TypeParameters())}({parameters}){(isAccessor ? "" : Annotation())} {Block()}";
        _labels.AddRange(labels);
        (_isAsync, _isGenerator, _isFunction, _isMethod, _isLoop, _mayAskForTarget) = outer;
        return rest;
    }

    private string Parameters()
    {
        var parameters = Repeat(0, 3, ", ", () => $"{Pattern()}{Annotation()}{Optional(() => $" = {Assignment()}")}");
        return Chance(5) ? $"{parameters}{(parameters.Length > 0 ? ", " : "")}...{Fresh()}{Annotation()}" : parameters;
    }

    private string Class(string name)
    {
        if (IsDeep())
        {
            return $"class {name} {{}}";
        }

        _depth++;
        var heritage = Optional(() => $" extends {Left()}{(_isTypeScript && Chance(4) ? $"<{Type()}>" : "")}");
        var known = _privateNames.Count;
        var own = Repeat(
            0,
            2,
            " ",
            () =>
            {
                var secret = $"#p{_count++}";
                _privateNames.Add(secret);
                return $"{secret}{Annotation()} = 1;";
            }
        );
        var outer = (_isAsync, _isGenerator, _isFunction, _isMethod, _isLoop, _mayAskForTarget);
        (_isAsync, _isGenerator, _isFunction, _isMethod, _isLoop, _mayAskForTarget) = (false, false, false, false, false, false);
        var labels = _labels.ToList();
        _labels.Clear();
        var isDerived = _isDerived;
        _isDerived = heritage.Length > 0;
        var members = Repeat(0, 4, " ", Member);
        _isDerived = isDerived;
        _labels.AddRange(labels);
        (_isAsync, _isGenerator, _isFunction, _isMethod, _isLoop, _mayAskForTarget) = outer;
        _privateNames.RemoveRange(known, _privateNames.Count - known);
        _depth--;
        return $"class {name}{(name.Length > 0 && Chance(4) ? TypeParameters() : "")}{heritage} {{ {own} {members} }}";
    }

    private string Member() =>
        Pick(
            () => $"{Modifiers()}{Key()}{Rest(isAsync: false, isGenerator: false, isMethod: true)}",
            () => $"{Modifiers()}async {Key()}{Rest(isAsync: true, isGenerator: false, isMethod: true)}",
            () => $"{Modifiers()}*{Key()}{Rest(isAsync: false, isGenerator: true, isMethod: true)}",
            () => $"get {Key()}{Rest(isAsync: false, isGenerator: false, isMethod: true, parameters: "")}",
            () => $"set {Key()}{Rest(isAsync: false, isGenerator: false, isMethod: true, parameters: "v")}",
            () => $"{Modifiers()}{Key()}{Annotation()} = {Assignment()};",
            () => $"{Modifiers()}{Key()}{Annotation()};",
            () => $"static {Block()}",
            () => ";",
            () => $"@{Name()} @({Expression()}) {Key()}() {{}}",
            () => _isTypeScript ? $"[k: string]: {Type()};" : "static accessor x = 1;"
        );

    private string Modifiers() =>
        (_isTypeScript ? Pick("", "", "public ", "private ", "protected ") : "")
        + Pick("", "", "static ")
        + (_isTypeScript && _isDerived ? Pick("", "override ") : "");

    private string Key() =>
        Pick(
            () => $"k{_count++}",
            () => $"'k{_count++}'",
            () => $"{_count++}",
            () => $"[{Assignment()}]",
            () => Pick("get", "set", "async", "of", "if", "static")
        );

    private string Expression() => Chance(6) ? $"{Assignment()}, {Assignment()}" : Assignment();

    private string Assignment()
    {
        if (IsDeep())
        {
            return Chance(2) ? Name() : Pick(Literals);
        }

        _depth++;
        var expression = Pick(
            Operand,
            Operand,
            () => $"{Operand()} {Pick(Binary)} {Operand()}",
            () => $"{Operand()} {Pick(Binary)} {Operand()} {Pick(Binary)} {Operand()}",
            () => $"({Operand()}) ** {Operand()}",
            () => $"{Simple()} ?? {Simple()}",
            () => $"({Assignment()} in {Operand()})",
            () => _privateNames.Count > 0 ? $"({_privateNames[_random.Next(_privateNames.Count)]} in {Simple()})" : Operand(),
            () => $"{Simple()} ? ({Assignment()}) : ({Assignment()})",
            () => $"{Target()} {Pick(Assignments)} {Assignment()}",
            () => $"[{Repeat(0, 3, ", ", () => Chance(4) ? "" : Target())}] = {Assignment()}",
            () => $"({{ {Repeat(0, 3, ", ", () => $"{Word()}: {Target()}{Optional(() => $" = {Assignment()}")}")} }} = {Assignment()})",
            Arrow,
            Arrow,
            () => _isGenerator ? $"yield{Pick("", "*")} {Assignment()}" : Name(),
            () => _isTypeScript ? $"{Simple()} {Pick("as", "satisfies")} {Type()}" : Simple()
        );
        _depth--;
        return expression;
    }

    private string Arrow()
    {
        var isAsync = Chance(3);
        var outer = (_isAsync, _isGenerator);
        (_isAsync, _isGenerator) = (false, false);
        var parameters = Chance(3) ? $" {Fresh()} " : $"({Parameters()}){(_isTypeScript && Chance(3) ? $": A<{Type()}>" : "")} ";
        _isAsync = isAsync;
        var isFunction = _isFunction;
        var isLoop = _isLoop;
        var labels = _labels.ToList();
        _labels.Clear();
        (_isFunction, _isLoop) = (true, false);
        var body = Chance(2) ? Block() : Parenthesized(Assignment());
        _labels.AddRange(labels);
        (_isFunction, _isLoop) = (isFunction, isLoop);
        (_isAsync, _isGenerator) = outer;
        return $"({(isAsync ? "async " : "")}{parameters}=> {body})";
    }

    private string Operand() =>
        Pick(
                Left,
                Left,
                () => $"{Pick("!", "~", "typeof ", "void ")}{Simple()}",
                () => $"{Pick("- ", "+ ")}{Simple()}",
                () => $"delete {Simple()}.{Word()}",
                () => $"{Pick("++", "--")}{Target()}",
                () => $"{Target()}{Pick("++", "--")}",
                () => _isAsync ? $"await {Simple()}" : Simple(),
                () => _isTypeScript ? $"{Simple()}!" : Simple()
            )
            .Insert(0, Chance(8) ? " " : "");

    private string Left() =>
        IsDeep()
            ? Name()
            : Pick(
                Simple,
                () => $"{Simple()}.{Word()}",
                () => $"{Simple()}[{Expression()}]",
                () => $"{Simple()}({Arguments()})",
                () => $"{Simple()}?.{Word()}?.[{Expression()}]?.({Arguments()})",
                () => $"new {Simple()}({Arguments()})",
                () => $"new {Simple()}.{Word()}",
                () => $"{Simple()}`a${{{Expression()}}}b`",
                () => $"import({Assignment()})",
                () => _isTypeScript ? $"{Simple()}<{Type()}>({Arguments()})" : Simple(),
                () => _isMethod ? $"super.{Word()}" : Simple(),
                () => _mayAskForTarget ? "new.target" : Simple()
            );

    private string Simple()
    {
        if (IsDeep())
        {
            return Name();
        }

        _depth++;
        var simple = Pick(
            Name,
            Name,
            () => $"({Expression()})",
            () => $"({Pick(Literals)})",
            () => $"[{Repeat(0, 3, ", ", () => Chance(5) ? "" : Chance(5) ? $"...{Assignment()}" : Assignment())}]",
            () => $"({Object()})",
            () => $"({Function("")})",
            () => $"({Class("")})",
            () => $"`a${{{Expression()}}}b${{{Expression()}}}`",
            () => $"({Element()})"
        );
        _depth--;
        return simple;
    }

    private string Arguments() => Repeat(0, 3, ", ", () => Chance(5) ? $"...{Assignment()}" : Assignment());

    private string Object() =>
        $"{{ {Repeat(0, 4, ", ", () => Pick(Name, () => $"{Key()}: {Assignment()}", () => $"...{Assignment()}", () => $"{Key()}{Rest(false, false, isMethod: true)}", () => $"async *{Key()}{Rest(true, true, isMethod: true)}", () => $"get {Key()}{Rest(isAsync: false, isGenerator: false, isMethod: true, parameters: "")}", () => $"set {Key()}{Rest(isAsync: false, isGenerator: false, isMethod: true, parameters: "v")}"))} }}";

    private string Target() => Chance(2) ? $"a{_random.Next(5)}" : $"{Simple()}.{Word()}";

    private string Pattern()
    {
        if (IsDeep() || Chance(2))
        {
            return Fresh();
        }

        _depth++;
        var pattern = Pick(
            () => $"[{Repeat(0, 3, ", ", () => Chance(5) ? "" : $"{Pattern()}{Optional(() => $" = {Assignment()}")}")}]",
            () => $"{{ {Repeat(0, 3, ", ", () => Pick(() => $"{Key()}: {Pattern()}", Fresh, () => $"{Fresh()} = {Assignment()}"))} }}",
            () => $"[{Pattern()}, ...{Pattern()}]",
            () => $"{{ {Fresh()}, ...{Fresh()} }}"
        );
        _depth--;
        return pattern;
    }

    private string Element()
    {
        if (IsDeep())
        {
            return "<a/>";
        }

        _depth++;
        var name = Pick("a", "B", "c.d.e", "f:g", "h-i", "this.x");
        var attributes = Repeat(
            0,
            3,
            " ",
            () =>
                Pick(
                    () => "j",
                    () => "k-l='m\n&lt;'",
                    () => $"n={{{Assignment()}}}",
                    () => $"{{...{Assignment()}}}",
                    () => $"o={Element()}",
                    () => "class=\"p\""
                )
        );
        var children = Repeat(
            0,
            3,
            "",
            () => Pick(() => " it's \n &amp; // text ", () => $"{{{Assignment()}}}", () => "{/* c */}", () => $"{{...{Assignment()}}}", Element)
        );
        var element = Pick(
            () => $"<{name} {attributes}/>",
            () => $"<{name}{(_isTypeScript && Chance(4) ? $"<{Type()}>" : "")} {attributes}>{children}</{name} >",
            () => $"<>{children}</>"
        );
        _depth--;
        return element;
    }

    private string Annotation() => _isTypeScript && Chance(3) ? $": {Type()}" : "";

    private string TypeParameters() => _isTypeScript ? $"<{Repeat(1, 3, ", ", () => $"T{_count++}{Optional(() => $" extends {Type()}")}")}>" : "";

    private string TypeDeclaration() =>
        Pick(
            () => $"type {Fresh()}{(Chance(2) ? TypeParameters() : "")} = {Type()};",
            () => $"interface {Fresh()}{(Chance(2) ? TypeParameters() : "")} {Members()}",
            () => $"enum {Fresh()} {{ A, B = {Assignment()}, 'C' = 1 }}",
            () => $"declare function {Fresh()}({Fresh()}?: {Type()}): {Type()};",
            () => $"declare const {Fresh()}: {Type()};",
            () => $"abstract class {Fresh()} {{ abstract m(): {Type()}; protected readonly f: {Type()}; }}"
        );

    private string Type()
    {
        if (IsDeep())
        {
            return Pick(Keywords);
        }

        _depth++;
        var type = Pick(
            () => Pick(Keywords),
            () => $"A.B<{Type()}, {Type()}>",
            () => $"({Type()})[]",
            () => $"({Type()})['k']",
            () => $"[a: {Type()}, b?: {Type()}, ...c: ({Type()})[]]",
            () => $"[{Type()}, ({Type()})?]",
            () => $"({Type()}) | ({Type()}) & ({Type()})",
            () => $"(({Fresh()}: {Type()}, ...{Fresh()}: any[]) => {Type()})",
            () => $"(new () => {Type()})",
            () => $"(({Type()}) extends ({Type()}) ? {Type()} : {Type()})",
            () => $"(A extends B<infer I{_count++}> ? {Type()} : never)",
            () => $"keyof ({Type()})",
            () => "typeof a.b",
            () => $"`a${{{Type()}}}b`",
            () => $"{{ readonly [K in {Type()}]?: {Type()} }}",
            () => $"import('m').A<{Type()}>",
            Members
        );
        _depth--;
        return type;
    }

    private string Members() =>
        $"{{ {Repeat(0, 3, " ", () => Pick(() => $"k{_count++}?: {Type()};", () => $"m{_count++}{(Chance(3) ? TypeParameters() : "")}(a: {Type()}): {Type()};", () => $"(a?: {Type()}): void;", () => $"new (): {Type()};", () => $"[k: string]: {Type()};", () => $"get g{_count++}(): {Type()};"))} }}";

    private static string Parenthesized(string expression) => $"({expression})";

    private string Fresh() => $"v{_count++}";

    private string Name() => Pick(Names);

    private string Word() => Pick(Words);

    // Fewer levels the more there is.
    private bool IsDeep() => _depth > 2 + _random.Next(5) || _count > 300;

    private bool Chance(int of) => _random.Next(of) == 0;

    private string Optional(Func<string> text, int of = 2) => Chance(of) ? text() : "";

    private string Repeat(int least, int most, string separator, Func<string> text) =>
        string.Join(separator, Enumerable.Range(0, _random.Next(least, most + 1)).Select(_ => text()).ToList());

    private string Pick(params string[] texts) => texts[_random.Next(texts.Length)];

    private string Pick(params Func<string>[] texts) => texts[_random.Next(texts.Length)]();
}
