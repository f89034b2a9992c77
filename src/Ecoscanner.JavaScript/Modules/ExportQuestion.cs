namespace Ecoscanner.JavaScript.Modules;

/// <summary>What is asked of a module while an export is followed.</summary>
/// <param name="IsLiteral">Whether <c>default</c> is a property like any other.</param>
internal readonly record struct ExportQuestion(GraphModule Module, string Name, bool IsLiteral);
