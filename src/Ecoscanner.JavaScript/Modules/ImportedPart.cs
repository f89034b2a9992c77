namespace Ecoscanner.JavaScript.Modules;

/// <summary>What an import takes of a module.</summary>
public enum ImportedPart
{
    /// <summary>One export, by its name; <c>default</c> is one.</summary>
    Name,

    /// <summary>All exports as an object, in which <c>default</c> is <c>module.exports</c> of what is no ECMAScript module: <c>import * as</c>, <c>__importStar</c>.</summary>
    Namespace,

    /// <summary>The very value of <c>module.exports</c>: <c>require(…)</c>.</summary>
    Module,
}
