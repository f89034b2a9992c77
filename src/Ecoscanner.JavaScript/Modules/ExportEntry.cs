using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>Something that a file exports.</summary>
/// <param name="Form">How.</param>
/// <param name="Name">Under which name; <c>*</c> for a star, <c>export=</c> for the value that is the module.</param>
/// <param name="Node">Where it is exported: a specifier, a declaration, an assignment.</param>
/// <param name="Value">What is exported: the declaration, or the expression; it does not exist where another module has it.</param>
public sealed record ExportEntry(ExportForm Form, string Name, Node Node, Node Value)
{
    /// <summary>The name of the value that is the module, as TypeScript calls it.</summary>
    public const string WholeName = "export=";

    public const string Default = "default";

    /// <summary>What is exported, where it has a name in this file.</summary>
    public Symbol Symbol { get; init; }

    /// <summary>What is exported, where it is another module's.</summary>
    public ImportEntry? From { get; init; }

    /// <summary>Only the type is exported.</summary>
    public bool IsType { get; init; }

    /// <summary>Whether it is set while the module runs, so that what stands later replaces what stands before, and the conditions around it count.</summary>
    public bool IsAssigned { get; init; }

    /// <summary>Whether a star takes <c>default</c> too: <c>{...require("./a")}</c>.</summary>
    public bool TakesDefault { get; init; }
}
