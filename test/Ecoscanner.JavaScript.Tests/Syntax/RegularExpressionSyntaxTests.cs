using System.Diagnostics;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Syntax;

public sealed class RegularExpressionSyntaxTests
{
    /// <summary>Patterns that are valid with each of the flag letters named; none means without u and v.</summary>
    private static readonly (string Modes, string[] Patterns)[] Valid =
    [
        ("-uv", ["", "a|b|", "^$", @"\bx\B", ".", "a*?b+?c??", "a{2}b{2,}c{2,3}?", "a{00002,2}", "(a)(?:b)", "[abc]", "[^]", "[]", "é中😀", "[😀]"]),
        ("-uv", ["(?=a)(?!b)(?<=c)(?<!d)", @"(a)\1", @"\1(a)", @"\n\cA\x41\u0041\0\.\/", @"[\b\cA\0\n]", @"\d\D\s\S\w\W", "a{99999999999999999999,}"]),
        ("-uv", ["(?<a>x)", @"(?<a>x)\k<a>", @"\k<a>(?<a>x)", "(?<$é_1>x)", @"(?<\u0061\u{62}>x)", @"(?<a>x)\k<\u{61}>", "(?<𝒜>x)", @"(?<\ud835\udc9c>x)"]),
        ("-uv", ["(?<a>x)|(?<a>y)", "(?:(?<a>x)|(?<a>y))z", @"((?<a>x)|b(c|(?<a>y)))|(?<a>z)\k<a>", "(?:(?<a>)|b)|(?<a>)", "(?<a>)(?<b>)|(?<b>)(?<a>)"]),
        ("-uv", ["(?i:a)", "(?ims:a)", "(?i-:a)", "(?-i:a)", "(?im-s:a)", "(?i:(?-i:a))"]),
        ("-", ["(?=a)*", "(?!a){2}", "]", "}", "{", "a{", "a{1", "a{,1}", "{a}", "x{1}{", @"\a\-\_\é\😀", @"\x", @"\xZ", @"\u", @"\u{61}", @"\u{}", @"\u00"]),
        ("-", [@"\c", @"\c1", @"\c*", @"[\c]", @"[\c1\c_]", @"[\c*]", @"\k", @"\k<", @"\k<a>", @"[\k]", @"\p", @"\p{Nothing}", @"\P", @"\q{a}"]),
        ("-", [@"\1", @"\8\9", @"\00", @"\377", @"\400", @"[\1\8\00]", @"[\d-z]", @"[a-\w]", @"[\d-\w]", "[(-)&&--^^]", @"[\B]"]),
        ("-u", ["[&&!!]", "[a-]", "[-a]", "[--/]", "[(){}|/]", "[a-c-e]", "[+--]"]),
        (
            "uv",
            [
                @"\u{1F600}",
                @"\u{000000000061}",
                @"\u{10FFFF}",
                @"\ud83d\ude00",
                @"\ud83d",
                @"[\ud83d\ude00-\ud83d\ude4f]",
                "[😀-😎]",
                @"\^\$\\\.\*\+\?\(\)\[\]\{\}\|\/",
            ]
        ),
        (
            "uv",
            [
                @"\p{L}",
                @"\P{Lu}",
                @"\p{gc=Lu}",
                @"\p{General_Category=Uppercase_Letter}",
                @"\p{Script=Greek}",
                @"\p{sc=Grek}",
                @"\p{scx=Zzzz}",
                @"[\p{ASCII}\P{Any}]",
            ]
        ),
        ("uv", [@"\p{sc=Sidt}", @"\p{Script_Extensions=Beria_Erfe}", @"\p{Emoji}", @"\p{space}", @"\p{IDS}", @"\p{sc=Hrkt}"]),
        ("u", [@"[\-]", @"[a\-z]"]),
        (
            "v",
            [
                "[a-z]",
                "[[a-z][0-9]]",
                "[a--b]",
                "[[a-z]--[aeiou]--y]",
                "[a&&b&&c]",
                @"[\w--\d]",
                @"[\w&&[^\d]]",
                "[^]",
                "[[]]",
                "[&]",
                "[a&b]",
                "[^^a]",
                "[!a!]",
            ]
        ),
        (
            "v",
            [
                @"[\q{}]",
                @"[\q{a|bc|}]",
                @"[\q{😀}]",
                @"[^\q{a|😀}]",
                @"\p{RGI_Emoji}",
                @"[\p{Basic_Emoji}--\q{a}]",
                @"[^a--\q{bc}]",
                @"[^\q{bc}&&a]",
                @"[^[^\q{a}]]",
            ]
        ),
        ("v", [@"[\-\&\!\#\%\,\:\;\<\=\>\@\`\~]", @"[\b\cA\0\x41\u{41}]", @"[a&&\&]", @"[\(\)\[\]\{\}\/\-\\\|]"]),
    ];

    /// <summary>Likewise what is not valid, and where.</summary>
    private static readonly (string Modes, string Pattern, int Offset)[] Invalid =
    [
        ("-uv", "(", 0),
        ("-uv", "a(b", 1),
        ("-uv", "a)", 1),
        ("-uv", "[a", 0),
        ("-uv", @"[\]", 0),
        ("-uv", "a\\", 1),
        ("-uv", "*", 0),
        ("-uv", "a**", 2),
        ("-uv", "a|+", 2),
        ("-uv", "^*", 1),
        ("-uv", @"\b?", 2),
        ("-uv", "{1}", 0),
        ("-uv", "a{1}{2}", 4),
        ("-uv", "a{2,1}", 1),
        ("-uv", "a{99999999999999999999,2}", 1),
        ("-uv", "[b-a]", 1),
        ("-uv", @"[\x62-\x61]", 1),
        ("-uv", "(?a)", 2),
        ("-uv", "(?", 0),
        ("-uv", "(?i", 0),
        ("-uv", "(?<=a)*", 6),
        ("-uv", "(?<!a){1}", 6),
        ("-uv", "(?<>a)", 2),
        ("-uv", "(?<1>a)", 3),
        ("-uv", "(?<a", 2),
        ("-uv", "(?<a-b>a)", 4),
        ("-uv", @"(?<\x61>a)", 3),
        ("-uv", @"(?<\u{110000}>a)", 3),
        ("-uv", @"(?<\ud835>a)", 3),
        ("-uv", "(?<😀>a)", 3),
        ("-uv", "(?<a>x)(?<a>y)", 7),
        ("-uv", @"(?<a>x)(?<\u0061>y)", 7),
        ("-uv", "(?<a>(?<a>y))", 5),
        ("-uv", "(?<a>(?<a>)|b)", 5),
        ("-uv", "(?:(?<a>x)|(?<a>y))(?<a>z)", 19),
        ("-uv", "(?:(?<a>x)|b)(?:(?<a>y)|c)", 16),
        ("-uv", @"(?<a>x)\k<b>", 7),
        ("-uv", @"(?<a>x)\k", 7),
        ("-uv", @"\k<b>(?<a>x)", 0),
        ("-uv", @"(?<a>x)[\k]", 8),
        ("-uv", "(?-:a)", 2),
        ("-uv", "(?ii:a)", 3),
        ("-uv", "(?i-i:a)", 4),
        ("-uv", "(?-mm:a)", 4),
        ("-uv", "(?g:a)", 2),
        ("-uv", "(?I:a)", 2),
        ("-uv", "(?i-m-s:a)", 5),
        ("-uv", "(?i)", 3),
        ("-uv", "(?i-m)", 5),
        ("-", "[😀-a]", 2),
        ("-", "[😎-😀]", 2),
        ("uv", "[😎-😀]", 1),
        ("uv", "(?=a)*", 5),
        ("uv", "]", 0),
        ("uv", "}", 0),
        ("uv", "a{", 1),
        ("uv", "a{,1}", 1),
        ("uv", @"\a", 0),
        ("uv", @"\-", 0),
        ("uv", @"\é", 0),
        ("uv", @"\x4", 0),
        ("uv", @"\u004", 0),
        ("uv", @"\u{}", 0),
        ("uv", @"\u{110000}", 0),
        ("uv", @"\u{61", 0),
        ("uv", @"\c1", 0),
        ("uv", @"[\c1]", 1),
        ("uv", @"\k", 0),
        ("uv", @"\00", 0),
        ("uv", @"[\1]", 1),
        ("uv", @"[\B]", 1),
        ("uv", @"\1", 0),
        ("uv", @"(a)\2", 3),
        ("uv", @"(a)\99999999999999999999", 3),
        ("uv", @"[\d-z]", 1),
        ("uv", @"[a-\d]", 1),
        ("uv", @"\p", 0),
        ("uv", @"\p{", 0),
        ("uv", @"\p{}", 0),
        ("uv", @"\pL", 0),
        ("uv", @"\p{lu}", 0),
        ("uv", @"\p{Greek}", 0),
        ("uv", @"\p{Script}", 0),
        ("uv", @"\p{sc=Lu}", 0),
        ("uv", @"\p{Block=Latin}", 0),
        ("uv", @"\p{ASCII=Yes}", 0),
        ("uv", "\\p{\ud800}", 0),
        ("u", @"\p{RGI_Emoji}", 0),
        ("uv", @"\P{RGI_Emoji}", 0),
        ("u", @"[\q{a}]", 1),
        ("v", @"\q{a}", 0),
        ("v", "[(]", 1),
        ("v", "[a-]", 3),
        ("v", "[-a]", 1),
        ("v", "[/]", 1),
        ("v", "[&&a]", 1),
        ("v", "[a&&&b]", 4),
        ("v", "[a&&]", 4),
        ("v", "[a--]", 4),
        ("v", "[a!!]", 2),
        ("v", "[^^^]", 2),
        ("v", "[a--b&&c]", 5),
        ("v", "[ab--c]", 3),
        ("v", "[a-c--b]", 4),
        ("v", "[a--b-c]", 4),
        ("v", "[a--bc]", 5),
        ("v", "[[a]-z]", 1),
        ("v", @"[a-\q{b}]", 1),
        ("v", "[a-[b]]", 1),
        ("v", "[b-a]", 1),
        ("v", "[[a]", 0),
        ("v", @"[\q{a]", 5),
        ("v", @"[\q{a", 1),
        ("v", @"[\q]", 1),
        ("v", @"[\q{\d}]", 4),
        ("v", @"[^\p{RGI_Emoji}]", 0),
        ("v", @"[^\q{}]", 0),
        ("v", @"[a[^\q{ab}]]", 2),
        ("v", @"[^[a\q{ab}]]", 0),
        ("v", @"[^\q{ab}--a]", 0),
        ("v", @"[^\q{ab}&&\q{ab}]", 0),
    ];

    public static TheoryData<string, string> ValidLiterals =>
        [.. Valid.SelectMany(row => row.Patterns.SelectMany(pattern => row.Modes.Select(mode => (pattern, Flags(mode)))))];

    public static TheoryData<string, string, int> InvalidLiterals =>
        [.. Invalid.SelectMany(row => row.Modes.Select(mode => (row.Pattern, Flags(mode), row.Offset)))];

    [Theory]
    [MemberData(nameof(ValidLiterals))]
    public void What_the_grammar_allows_has_no_error(string pattern, string flags) => Assert.Null(RegularExpressionSyntax.Check(pattern, flags));

    [Theory]
    [MemberData(nameof(InvalidLiterals))]
    public void What_it_does_not_allow_has_one_where_it_begins(string pattern, string flags, int offset)
    {
        var error = RegularExpressionSyntax.Check(pattern, flags);

        Assert.NotNull(error);
        Assert.Equal((offset, false), (error.Value.Offset, error.Value.IsInFlags));
        Assert.NotEmpty(error.Value.Message);
    }

    [Theory]
    [InlineData("dgimsuy", null)]
    [InlineData("yvsmigd", null)]
    [InlineData("gig", 2)]
    [InlineData("x", 0)]
    [InlineData("gI", 1)]
    [InlineData("uv", 1)]
    [InlineData("vgu", 2)]
    [InlineData(@"\u0067", 0)]
    public void Flags_are_known_stand_once_and_get_along(string flags, int? offset)
    {
        var error = RegularExpressionSyntax.Check("a", flags);

        Assert.Equal(offset, error?.Offset);
        Assert.Equal(offset is not null, error?.IsInFlags ?? false);
    }

    [Fact]
    public void A_message_says_what_to_do() =>
        Assert.Equal(
            new RegularExpressionError(
                7,
                false,
                "another group is called a and both may take part in a match; rename one, or keep them in different alternatives"
            ),
            RegularExpressionSyntax.Check("(?<a>x)(?<a>y)", "")
        );

    [Theory]
    [InlineData("(", ")", "")]
    [InlineData("(?=", "|a)", "u")]
    [InlineData("[", "]", "v")]
    [InlineData("[a&&[^", "]]", "v")]
    public void Nesting_has_a_limit_and_needs_little_stack(string opening, string closing, string flags)
    {
        var levels = RegularExpressionParser.MaximumDepth / opening.Count(character => character is '(' or '[');
        string Nested(int depth) => string.Concat(Enumerable.Repeat(opening, depth)) + string.Concat(Enumerable.Repeat(closing, depth));
        RegularExpressionError? deep = null;
        RegularExpressionError? tooDeep = null;
        var thread = new Thread(
            () => (deep, tooDeep) = (RegularExpressionSyntax.Check(Nested(levels), flags), RegularExpressionSyntax.Check(Nested(levels + 1_000_000), flags)),
            maxStackSize: 768 * 1024
        );
        thread.Start();
        thread.Join();

        Assert.Null(deep);
        Assert.Contains("nested too deeply", tooDeep?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", "")]
    [InlineData("(?:(?<a>x)|", "")]
    [InlineData("(?<a>x)|", "u")]
    [InlineData("{1", "")]
    [InlineData("a{0", "")]
    [InlineData(@"\k<a", "")]
    [InlineData(@"\k<a>", "u")]
    [InlineData(@"\p{L", "u")]
    [InlineData(@"\u{0", "")]
    [InlineData(@"\1", "u")]
    [InlineData("[a", "v")]
    [InlineData(@"[\q{a|", "v")]
    [InlineData("(?i", "")]
    public void A_megabyte_takes_no_longer_than_a_megabyte_should(string piece, string flags)
    {
        var pattern = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        var time = Stopwatch.StartNew();

        RegularExpressionSyntax.Check(pattern, flags);
        RegularExpressionSyntax.Check("(?<z>)" + pattern, flags);

        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void An_ordinary_pattern_allocates_nothing()
    {
        static long Allocated()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Null(RegularExpressionSyntax.Check(@"^(?:[a-z\d]+(-\w+)*|\p{L}{2,3})$", "giu"));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated();

        Assert.Equal(0, Allocated());
    }

    [Fact]
    public void Random_and_mutated_patterns_neither_throw_nor_take_long()
    {
        const string Alphabet = "()[]{}|\\^$*+?-,&<>=!:/0123abckpquvxdDwcims_é中\ud83d\ude00\u200c\u2028";
        var good = Valid.SelectMany(row => row.Patterns).Where(pattern => pattern.Length > 0).ToArray();
        Fuzz.Run(random =>
        {
            var pattern =
                random.Next(2) == 0
                    ? new string(random.GetItems<char>(Alphabet, random.Next(40)))
                    : Fuzzing.Mutate(good[random.Next(good.Length)] + good[random.Next(good.Length)], random);
            var time = Stopwatch.StartNew();
            foreach (var flags in (string[])["", "u", "v", new(random.GetItems<char>("dgimsuvyx", 3))])
            {
                if (RegularExpressionSyntax.Check(pattern, flags) is { } error)
                {
                    Assert.InRange(error.Offset, 0, error.IsInFlags ? flags.Length - 1 : pattern.Length - 1);
                }
            }

            Assert.True(time.Elapsed < TimeSpan.FromSeconds(1), pattern);
        });
    }

    private static string Flags(char mode) => mode == '-' ? "" : mode.ToString();
}
