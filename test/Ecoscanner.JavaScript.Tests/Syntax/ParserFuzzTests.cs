using System.Text;
using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Tests.Conformance;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Syntax;

/// <summary>Whatever the text is: no exception, a well-formed tree, in time and in little memory.</summary>
public sealed partial class ParserFuzzTests
{
    private const int LargestWindow = 3_000;

    private static readonly ParseOptions[] AllOptions =
    [
        new() { Jsx = true },
        new() { Jsx = true, TypeScript = true },
        new() { TypeScript = true },
        new() { TypeScript = true, Ambient = true },
        new() { Goal = SourceGoal.Script },
        new() { Goal = SourceGoal.Module, Jsx = true },
        new() { Goal = SourceGoal.Script, Strict = true },
    ];

    private static readonly string[] Openers =
    [
        "(",
        "[",
        "{",
        "({a:",
        "[(",
        "a(",
        "a[",
        "a?",
        "a?b:",
        "a.b(",
        "a?.(",
        "`${",
        "a`${",
        "!",
        "-",
        "+ +",
        "++",
        "typeof ",
        "await ",
        "yield ",
        "new ",
        "new a(",
        "a=>",
        "(a)=>",
        "(a,b=",
        "({a=",
        "async(",
        "async a=>",
        "async(a)=>",
        "x=",
        "a,",
        "a**",
        "a??",
        "a in ",
        "a<b,",
        "a<",
        "<a>",
        "<a b={",
        "<a b=",
        "<a>{",
        "<a.b>",
        "<>",
        "</a>",
        "function(){",
        "function a(){",
        "function*a(b=",
        "class{",
        "class A{[",
        "class A{static{",
        "class A{a=",
        "class A extends ",
        "@a ",
        "@(",
        "if(a)",
        "if(a){",
        "else ",
        "for(;;)",
        "for(a of ",
        "for(",
        "while(a)",
        "do ",
        "try{",
        "switch(a){case ",
        "a:",
        "with(a)",
        "let{a:",
        "let[",
        "var a=",
        "import(",
        "import a,",
        "export default ",
        "type A=",
        "type A=(",
        "type A={a:",
        "type A=[",
        "type A<",
        "type A=B<",
        "type A=B extends C?",
        "type A=keyof ",
        "type A=B|",
        "type A=`${",
        "let a:",
        "a as ",
        "a satisfies ",
        "a!",
        "<T>(",
        "(a:",
        "(a?:",
        "a<b>(",
        "enum A{a=",
        "namespace A{",
        "declare module 'a'{",
        "interface A{",
        "abstract class A{",
        "//",
        "/*",
        "/",
        "'",
        "\"",
        "`",
        "\\u{",
        "#",
        "0x",
        "}",
        ")",
        "]",
        ">",
        "=>",
        "...",
        ";",
        ":",
        "?",
        "\n",
        " ",
        "<<<<<<< a\n",
        "=======\n",
        "|||||||\n",
        ">>>>>>> b\n",
    ];

    private static readonly Lazy<string[]> Sources = new(ReadSources);
    private static readonly Lazy<string[]> Tokens = new(() =>
        [.. Sources.Value.SelectMany(source => Token().Matches(source).Select(match => match.Value)).Distinct()]
    );

    [Fact]
    public void Changed_sources() => Fuzz.Run(random => Check(Fuzzing.Mutate(Window(random), random), random));

    [Fact]
    public void Sources_that_end_anywhere() =>
        Fuzz.Run(random =>
        {
            var window = Window(random);
            Check(window[..random.Next(window.Length)], random);
        });

    [Fact]
    public void Sources_with_tokens_added_removed_and_moved() =>
        Fuzz.Run(random =>
        {
            var tokens = Token().Matches(Window(random)).Select(match => match.Value).ToList();
            for (var changes = random.Next(1, 10); changes > 0 && tokens.Count > 1; changes--)
            {
                var at = random.Next(tokens.Count);
                switch (random.Next(4))
                {
                    case 0:
                        tokens.RemoveAt(at);
                        break;
                    case 1:
                        tokens.Insert(at, Tokens.Value[random.Next(Tokens.Value.Length)]);
                        break;
                    case 2:
                        tokens.Insert(at, Openers[random.Next(Openers.Length)]);
                        break;
                    default:
                        var other = random.Next(tokens.Count);
                        (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                        break;
                }
            }

            Check(string.Concat(tokens), random);
        });

    [Fact]
    public void Tokens_in_any_order() =>
        Fuzz.Run(random =>
        {
            var text = new StringBuilder();
            for (var count = random.Next(1, 60); count > 0; count--)
            {
                text.Append(random.Next(3) == 0 ? Openers[random.Next(Openers.Length)] : Tokens.Value[random.Next(Tokens.Value.Length)])
                    .Append(random.Next(4) == 0 ? " " : "");
            }

            Check(text.ToString(), random);
        });

    [Fact]
    public void Deep_nesting_of_anything() =>
        Fuzz.Run(random =>
        {
            var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Openers[random.Next(Openers.Length)]).ToArray();
            var depth = random.Next(1, 2_000);
            var text = new StringBuilder();
            for (var level = 0; level < depth; level++)
            {
                text.Append(parts[random.Next(20) == 0 ? random.Next(parts.Length) : level % parts.Length]);
            }

            Check(text.Append(random.Next(2) == 0 ? "" : new string(")]}>`;"[random.Next(6)], random.Next(depth))).ToString(), random);
        });

    [Fact]
    public void Random_characters() =>
        Fuzz.Run(random =>
        {
            var text = new char[random.Next(1, 500)];
            var limit = random.Next(2) == 0 ? 128 : char.MaxValue + 1;
            for (var at = 0; at < text.Length; at++)
            {
                text[at] = (char)random.Next(limit);
            }

            Check(new string(text), random);
        });

    [Fact]
    public void Programs_that_follow_the_grammar_have_no_errors() =>
        Fuzz.Run(random =>
        {
            var program = new RandomProgram(random);
            var text = program.Next();
            var tree = TreeShape.Check(text, program.Options);
            Assert.True(tree.Diagnostics.Count == 0, $"{string.Join('\n', tree.Diagnostics)} in\n{text}");
            Check(Fuzzing.Mutate(text.Length <= LargestWindow ? text : text[..LargestWindow], random), random);
        });

    [Theory]
    [InlineData("x = ({ a = 1 }): b => { @(c) class d extends (e) {} };")]
    [InlineData("x = async <T,>({ a = 1 }): b => { class c extends (d) {} };")]
    [InlineData("{ let a: ([b: `${`${c}`}`]) | d; } e = [f = '`',\ng], h;")]
    public void Programs_that_were_refused_once(string text) => Assert.Empty(TreeShape.Check(text, AllOptions[1]).Diagnostics);

    private static void Check(string text, Random random) => TreeShape.Check(text, AllOptions[random.Next(AllOptions.Length)]);

    private static string Window(Random random)
    {
        var source = Sources.Value[random.Next(Sources.Value.Length)];
        var length = Math.Min(source.Length, random.Next(10, LargestWindow));
        return source.Substring(random.Next(source.Length - length + 1), length);
    }

    // Of packages where they are installed, and what this project's tests have in any case.
    private static string[] ReadSources()
    {
        const int Largest = 100_000;
        string[] packages = ["rxjs", "@blueprintjs/core", "zod", "react-dom", "three", "test262-parser-tests"];
        string[] endings = [".js", ".mjs", ".ts", ".tsx"];
        var files = packages
            .Select(Suites.FindPackage)
            .OfType<string>()
            .SelectMany(folder =>
                Directory
                    .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    .Where(file => endings.Contains(Path.GetExtension(file)))
                    .Order(StringComparer.Ordinal)
                    .Take(200)
            )
            .Select(File.ReadAllText)
            .Where(text => text.Length is > 0 and < Largest);
        return [.. BrokenSources.All, .. FuzzSeeds.All, .. files];
    }

    [GeneratedRegex(@"[\w$]+|\s+|[^\w\s]", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Token();
}
