using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Values;

/// <summary>Something that an expression may be when the program runs. It is a handle of two words; equal handles are the same abstract value.</summary>
public readonly record struct Value
{
    private readonly ProgramValues program;
    private readonly int number;

    internal Value(ProgramValues program, int number)
    {
        this.program = program;
        this.number = number;
    }

    public ValueKind Kind => program.Solver.Values.KindOf(number);

    /// <summary>The text of a string, the digits of a big integer; null of other kinds.</summary>
    public string? Text => Kind is ValueKind.String or ValueKind.BigInt ? program.Solver.Values.StringOf(number) : null;

    /// <summary>The pieces of a text of which only pieces are known, with something that is not known between each two; the whole of a string as one; else none.</summary>
    public IReadOnlyList<string> Pieces =>
        Kind switch
        {
            ValueKind.String => [program.Solver.Values.StringOf(number)],
            ValueKind.Pattern => program.Solver.Values.PiecesOf(number),
            _ => [],
        };

    /// <summary>The number; null of other kinds.</summary>
    public double? Number => Kind == ValueKind.Number ? program.Solver.Values.NumberOf(number) : null;

    /// <summary>The path of something external, such as <c>require("x").a()</c>; null of other kinds.</summary>
    public string? Path => Kind == ValueKind.External ? program.Solver.Externals.TextOf(number) : null;

    /// <summary>The function or class, or the expression that makes the object; it does not exist of other kinds, and where no expression of the program makes it.</summary>
    public Node Node => program.NodeOf(number);

    /// <summary>The values of a member of an object, function or class, as far as it is its own.</summary>
    public ValueSet Member(string name) => program.MemberOf(number, name);

    /// <summary>The names of the members that an object has of its own; those that are not known are not among them.</summary>
    public IEnumerable<string> Members => program.MembersOf(number);

    internal int Index => number;

    public override string ToString() => ValueText.Of(this);
}
