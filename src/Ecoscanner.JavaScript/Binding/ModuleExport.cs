namespace Ecoscanner.JavaScript.Binding;

/// <summary>An export as it is stored.</summary>
/// <param name="Name">The name that other modules know it by; <c>*</c> stands for all of another module.</param>
/// <param name="Symbol">The number of the symbol; 0 where an expression, or what another module exports, is exported.</param>
/// <param name="Node">The specifier or declaration.</param>
internal readonly record struct ModuleExport(string Name, int Symbol, int Node);
