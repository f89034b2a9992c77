using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>Something that a file takes of another.</summary>
/// <param name="Request">Where it asks.</param>
/// <param name="Part">What it takes.</param>
/// <param name="Name">Under which name the other file exports it; <c>*</c> for all.</param>
/// <param name="Symbol">The name here; it does not exist where none is given.</param>
/// <param name="Node">The specifier, the property of a pattern, the member access.</param>
public sealed record ImportEntry(ModuleRequest Request, ImportedPart Part, string Name, Symbol Symbol, Node Node)
{
    /// <summary>Stands for all names.</summary>
    public const string All = "*";

    /// <summary>Only the type is taken.</summary>
    public bool IsType { get; init; }

    /// <summary>Whether <c>default</c> is literally a property of that name, as it is for <c>require</c> without a compiler's helper.</summary>
    public bool IsLiteral { get; init; }

    /// <summary>A member of what this takes as a whole.</summary>
    internal ImportEntry Member(string name, Node node) =>
        this with
        {
            Part = ImportedPart.Name,
            Name = name,
            Symbol = default,
            Node = node,
            IsLiteral = Part == ImportedPart.Module,
        };
}
