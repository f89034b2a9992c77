using System.Collections;

namespace Ecoscanner.JavaScript.Values;

/// <summary>
/// What an expression may be. <c>undefined</c> that comes of a member, an argument or a value that is missing is not among them; everything else is,
/// as far as <see cref="MayBeAnything"/> does not say otherwise.
/// </summary>
public readonly struct ValueSet : IReadOnlyCollection<Value>, IEquatable<ValueSet>
{
    private readonly ProgramValues program;
    private readonly int set;

    internal ValueSet(ProgramValues program, int set)
    {
        this.program = program;
        this.set = set;
    }

    public int Count => program.Solver.Sets[set].Length;

    /// <summary>Whether it may be what is not in it: it comes from where nothing is known of, or there were too many.</summary>
    public bool MayBeAnything => this.Any(value => value.Kind == ValueKind.Unknown);

    /// <summary>Whether there were too many functions or objects, so that it is not known which of them.</summary>
    public bool IsCut
    {
        get
        {
            var overflow = program.Solver.Values.Overflow;
            return this.Any(value => value.Index == overflow);
        }
    }

    /// <summary>The texts that it may be, if it can be nothing else; null otherwise.</summary>
    public IReadOnlyList<string>? Texts => Count > 0 && this.All(value => value.Kind == ValueKind.String) ? [.. this.Select(value => value.Text!)] : null;

    public IEnumerator<Value> GetEnumerator()
    {
        // A struct can't be captured by an iterator.
        var (owner, values) = (program, program.Solver.Sets[set].ToArray());
        return values.Select(value => new Value(owner, value)).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(ValueSet other) => ReferenceEquals(program, other.program) && set == other.set;

    public override bool Equals(object? obj) => obj is ValueSet other && Equals(other);

    public override int GetHashCode() => set;

    public override string ToString() => string.Join(" | ", this);

    public static bool operator ==(ValueSet left, ValueSet right) => left.Equals(right);

    public static bool operator !=(ValueSet left, ValueSet right) => !left.Equals(right);
}
