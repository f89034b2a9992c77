using System.Runtime.InteropServices;

namespace Ecoscanner.JavaScript.Values;

/// <summary>
/// What comes from outside the program, as paths from a global or a package: <c>require("x").a()</c>. One path is one abstract value, wherever it turns up, so that
/// an analysis knows it behind any number of variables and helpers.
/// </summary>
internal sealed class ExternalPaths(ValueTable values)
{
    // `require("x").default.new().a(b => b.c).d` has eight; a path beyond is not told from what it comes from.
    public const int MaximumLength = 12;

    // Names in a row: what is further within an answer of somebody's interface is as good as what it is in.
    private const int MaximumMembers = 5;

    // What a program takes from outside; a bundle with more is generated code.
    public const int MaximumPaths = 100_000;

    private readonly List<ExternalStep> steps = [];
    private readonly Dictionary<ExternalStep, int> numbers = [];
    private readonly List<string> texts = [];

    /// <summary>The value of a global.</summary>
    public int Global(string name) => Value(-1, ExternalStepKind.Root, values.Text(name));

    /// <summary>The value of a package, as <c>require</c> gives it.</summary>
    public int Package(string specifier) => Value(-1, ExternalStepKind.Root, values.Text($"require({Quoted(specifier)})"));

    public int Member(int value, int text) => Value(values[value].A, ExternalStepKind.Member, text);

    /// <summary>Any member, where its name is not known.</summary>
    public int AnyMember(int value) => Value(values[value].A, ExternalStepKind.AnyMember, 0);

    public int Result(int value) => Value(values[value].A, ExternalStepKind.Call, 0);

    public int Instance(int value) => Value(values[value].A, ExternalStepKind.New, 0);

    /// <summary>What a function that is handed over is given when it is called.</summary>
    public int Parameter(int value, int argument, int parameter) => Value(values[value].A, ExternalStepKind.Parameter, (argument << 8) | parameter);

    /// <summary>The path of an external value.</summary>
    public string TextOf(int value) => texts[values[value].A];

    public ExternalStep StepOf(int value) => steps[values[value].A];

    /// <summary>The value that this one was taken of; -1 of a root.</summary>
    public int ParentOf(int value) => steps[values[value].A].Parent is >= 0 and var parent ? values.Intern(new(ValueKind.External, parent)) : -1;

    private int Value(int parent, ExternalStepKind kind, int detail)
    {
        var length = parent < 0 ? 1 : steps[parent].Length + 1;
        if (length > MaximumLength)
        {
            return values.Intern(new(ValueKind.External, parent));
        }

        if (parent >= 0 && SameAbove(parent, kind, detail) is >= 0 and var same)
        {
            return values.Intern(new(ValueKind.External, same));
        }

        var step = new ExternalStep(parent, kind, detail, length);
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, step, out var isThere);
        if (!isThere)
        {
            if (steps.Count >= MaximumPaths)
            {
                numbers.Remove(step);
                return values.Unknown;
            }

            number = steps.Count;
            steps.Add(step);
            texts.Add((parent < 0 ? "" : texts[parent]) + Words(kind, detail));
        }

        return values.Intern(new(ValueKind.External, number));
    }

    // A loop that goes from one object to the next (`a = a.next`, `a = a.on(b)`) comes back to where it was, and gives no longer and longer paths.
    private int SameAbove(int parent, ExternalStepKind kind, int detail)
    {
        if (kind is ExternalStepKind.Call or ExternalStepKind.New)
        {
            return steps[parent].Kind == kind && steps[parent].Parent is >= 0 and var before && steps[before].Kind == kind ? parent : -1;
        }

        var members = 0;
        for (var step = parent; steps[step].Parent >= 0; step = steps[step].Parent)
        {
            if (steps[step].Kind == kind && steps[step].Detail == detail)
            {
                return step;
            }

            // What a method of a class hands over has names of its own.
            if (steps[step].Kind is not (ExternalStepKind.Member or ExternalStepKind.AnyMember) || values.TextAt(steps[step].Detail) == "prototype")
            {
                members = int.MinValue;
            }
            else if (++members == MaximumMembers)
            {
                return parent;
            }
        }

        return -1;
    }

    private string Words(ExternalStepKind kind, int detail) =>
        kind switch
        {
            ExternalStepKind.Root => values.TextAt(detail),
            ExternalStepKind.Member => values.TextAt(detail) is var name && IsName(name) ? $".{name}" : $"[{Quoted(values.TextAt(detail))}]",
            ExternalStepKind.AnyMember => "[*]",
            ExternalStepKind.Call => "()",
            ExternalStepKind.New => ".new()",
            _ => $"(arg{detail >> 8}:{detail & 0xFF})",
        };

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static bool IsName(string text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '$' or '#' or '@' or '%');
}

/// <summary>The last step of a path.</summary>
/// <param name="Parent">The number of the path before, or -1.</param>
internal readonly record struct ExternalStep(int Parent, ExternalStepKind Kind, int Detail, int Length);

/// <summary>How a path goes on.</summary>
internal enum ExternalStepKind : byte
{
    Root,
    Member,
    AnyMember,
    Call,
    New,
    Parameter,
}
