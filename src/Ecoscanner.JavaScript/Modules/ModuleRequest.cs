using System.Collections.Immutable;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>A place where a file asks for another.</summary>
/// <param name="Index">Its number among the requests of its file.</param>
/// <param name="Kind">How it asks.</param>
/// <param name="Parts">The text of the specifier in pieces; null is a piece that only running tells.</param>
/// <param name="Node">The declaration, call or type.</param>
public sealed record ModuleRequest(int Index, ImportKind Kind, ImmutableArray<string?> Parts, Node Node)
{
    /// <summary>The specifier; null where it is not constant.</summary>
    public string? Specifier => Parts is [{ } text] ? text : null;

    /// <summary>The specifier with <c>*</c> for what is not constant.</summary>
    public string Pattern => string.Concat(Parts.Select(part => part ?? "*"));

    public bool Equals(ModuleRequest? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Index;
}
