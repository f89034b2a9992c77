using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Binding;

/// <summary>Something that a module exports.</summary>
/// <param name="Name">The name that other modules know it by: <c>default</c> too; <c>*</c> for all of another module.</param>
/// <param name="Symbol">What is exported; it does not exist where that is an expression, or comes from another module.</param>
/// <param name="Node">The specifier or declaration.</param>
public readonly record struct ExportedName(string Name, Symbol Symbol, Node Node);
