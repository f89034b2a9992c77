using System.Collections.Immutable;
using System.Globalization;

namespace Ecoscanner.JavaScript.Values;

/// <summary>
/// What an external function does with what it is given, as data: <c>Array.prototype.map: return = Array; arg0(0) &lt; this[]; return[] &lt; arg0()</c>.
/// </summary>
/// <remarks>
/// Statements are separated by semicolons. <c>a &lt; b</c>: what is in b gets into a. <c>a &lt;~ b</c>: a is made of b, and carries what b carries, but is not it.
/// <c>a = Array</c>: a is a new built-in object; <c>a = string</c>, <c>number</c>, <c>boolean</c>, <c>unknown</c>: some value of that kind; <c>a = computed</c>: worked out where
/// <c>this</c> and the arguments are constants; <c>a = template</c>: the text of the template that the function is the tag of. <c>a = instance</c>: an object that inherits from the function's <c>prototype</c>. <c>a &lt;= b</c>: a gets all members of b. <c>a = itself</c>: a stays a value from outside, with its path.
/// <c>call arg0</c>: it is called with nothing in particular. <c>convert arg0</c>: its own methods make a text or a number of it.
/// <c>unless arg1</c> after a statement: only where that argument is not given.
/// A place begins with <c>this</c>, <c>arg0</c> to <c>arg9</c>, <c>args</c> (each of them) or <c>return</c>, and goes on with members <c>.name</c>, items <c>[]</c>, <c>[0]</c>, all members <c>.*</c>,
/// what a promise comes to <c>^</c>, what it yields <c>@</c>, items or itself <c>[?]</c>, and of functions that are handed over the result <c>()</c>, the parameters <c>(0)</c> and <c>(this)</c>.
/// Members with <c>%</c> are only seen by models; <c>.%name{0}</c> is kept apart for each name that argument 0 is.
/// </remarks>
internal sealed record FlowModel(string Path, ImmutableArray<FlowStatement> Statements)
{
    private const int MaximumSteps = 6;

    /// <summary>Reads a line; several paths with the same statements are separated by commas.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static IEnumerable<FlowModel> Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        var (paths, rest) = colon < 0 ? (line.TrimEnd(':'), "") : (line[..colon], line[(colon + 2)..]);
        ImmutableArray<FlowStatement> statements =
        [
            .. rest.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => Statement(text, line)),
        ];
        return paths.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(path => new FlowModel(path, statements));
    }

    private static FlowStatement Statement(string text, string line)
    {
        if (text.IndexOf(" unless arg", StringComparison.Ordinal) is > 0 and var unless)
        {
            return int.TryParse(text.AsSpan(unless + 11), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? Statement(text[..unless], line) with
                {
                    Unless = number,
                }
                : throw new FormatException($"'{text}' is no statement, in the model '{line}'");
        }

        foreach (var (verb, kind) in ((string, FlowStatementKind)[])[("call ", FlowStatementKind.Call), ("convert ", FlowStatementKind.Convert)])
        {
            if (text.StartsWith(verb, StringComparison.Ordinal))
            {
                return new(kind, Place(text[verb.Length..], line), null, "");
            }
        }

        if (text == "special" || text.StartsWith("is ", StringComparison.Ordinal))
        {
            var kind = text == "special" ? FlowStatementKind.Special : FlowStatementKind.Is;
            return new(kind, new(FlowPart.Return, []), null, text[^(text.Length - (kind == FlowStatementKind.Is ? 3 : 0))..]);
        }

        foreach (
            var (sign, kind) in ((string, FlowStatementKind)[])
                [(" <~ ", FlowStatementKind.Derive), (" <= ", FlowStatementKind.Members), (" < ", FlowStatementKind.Copy)]
        )
        {
            if (text.IndexOf(sign, StringComparison.Ordinal) is > 0 and var at)
            {
                return new(kind, Place(text[..at], line), Place(text[(at + sign.Length)..], line), "");
            }
        }

        return text.IndexOf(" = ", StringComparison.Ordinal) is > 0 and var equals
            ? new(FlowStatementKind.Make, Place(text[..equals], line), null, text[(equals + 3)..].Trim())
            : throw new FormatException($"'{text}' is no statement, in the model '{line}'");
    }

    private static FlowPart Place(string text, string line)
    {
        var at = text.AsSpan().IndexOfAny(".[(^@");
        var name = at < 0 ? text : text[..at];
        var root = name switch
        {
            "this" => FlowPart.This,
            "return" => FlowPart.Return,
            "args" => FlowPart.All,
            ['a', 'r', 'g', >= '0' and <= '9' and var digit] => digit - '0',
            _ => throw new FormatException($"'{name}' is no place, in the model '{line}'"),
        };
        var steps = new List<FlowPartStep>();
        while (at >= 0 && at < text.Length)
        {
            // The name of a symbol begins with two of the signs.
            var begin = text.AsSpan(at).StartsWith(".@@", StringComparison.Ordinal) ? at + 3 : at + 1;
            var end = text.AsSpan(begin).IndexOfAny(".[(^@") is >= 0 and var next ? begin + next : text.Length;
            steps.Add(Step(text[at..end], line));
            at = end;
        }

        return steps.Count <= MaximumSteps ? new(root, [.. steps]) : throw new FormatException($"'{text}' has too many steps, in the model '{line}'");
    }

    private static FlowPartStep Step(string text, string line) =>
        text switch
        {
            "[]" => new(FlowPartKind.Items),
            "[?]" => new(FlowPartKind.Flattened),
            "^" => new(FlowPartKind.Awaited),
            "@" => new(FlowPartKind.Yielded),
            ".*" => new(FlowPartKind.AllMembers),
            "()" => new(FlowPartKind.Result),
            "(this)" => new(FlowPartKind.Parameter, Index: -1),
            ['(', .. var index, ')'] when int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => new(
                FlowPartKind.Parameter,
                Index: number
            ),
            ['[', .. var item, ']'] => new(FlowPartKind.Member, item),
            ['.', .. var under, '{', >= '0' and <= '9' and var digit, '}'] when under.Length > 0 => new(FlowPartKind.Under, under, digit - '0'),
            ['.', .. { Length: > 0 } member] => new(FlowPartKind.Member, member),
            _ => throw new FormatException($"'{text}' is no step, in the model '{line}'"),
        };
}

/// <summary>A statement of a model.</summary>
/// <param name="To">Where something gets to, or what is called.</param>
/// <param name="From">Where it comes from; null where it is made.</param>
/// <param name="Made">What is made.</param>
internal sealed record FlowStatement(FlowStatementKind Kind, FlowPart To, FlowPart? From, string Made)
{
    /// <summary>The number of an argument: where it is given, the statement says nothing; -1 where it always holds.</summary>
    public int Unless { get; init; } = -1;
}

/// <summary>What a statement of a model says.</summary>
internal enum FlowStatementKind
{
    Copy,
    Derive,

    /// <summary>All members of one get to the other.</summary>
    Members,
    Make,
    Call,

    /// <summary>Its own methods make a text or a number of it.</summary>
    Convert,

    /// <summary>It is no function but a member whose value is of that kind.</summary>
    Is,

    /// <summary>It is worked out by code: see the solver.</summary>
    Special,
}

/// <summary>A place in a model.</summary>
/// <param name="Root">The number of an argument, or one of the constants here.</param>
internal sealed record FlowPart(int Root, ImmutableArray<FlowPartStep> Steps)
{
    public const int This = -1;
    public const int Return = -2;
    public const int All = -3;
}

/// <summary>A step to a part.</summary>
internal readonly record struct FlowPartStep(FlowPartKind Kind, string Member = "", int Index = 0);

/// <summary>What kind of part of a value.</summary>
internal enum FlowPartKind
{
    Member,

    /// <summary>What is kept under a name that is an argument.</summary>
    Under,
    Items,

    /// <summary>The items of an array, or what is no array itself.</summary>
    Flattened,
    AllMembers,
    Awaited,
    Yielded,
    Result,
    Parameter,
}
