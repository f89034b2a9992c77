using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Values;

/// <summary>Something that was given up: what is said of the program may be less than it does.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Node">The place; it does not exist where the whole program is meant.</param>
/// <param name="Reason">A sentence without the place.</param>
public sealed record ValueGap(ValueGapKind Kind, Node Node, string Reason);

/// <summary>Why something was given up.</summary>
public enum ValueGapKind
{
    /// <summary>The solver took as many steps as it may.</summary>
    Steps,

    /// <summary>Somewhere so many functions or objects came together that they are not told apart any more.</summary>
    TooManyValues,

    /// <summary>Code runs that is not in the source: <c>eval</c>, or what a <c>with</c> hides.</summary>
    DynamicCode,

    /// <summary>A source was not read, or not all of it.</summary>
    Source,
}
