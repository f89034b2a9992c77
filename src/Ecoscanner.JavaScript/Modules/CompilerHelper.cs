namespace Ecoscanner.JavaScript.Modules;

/// <summary>What a helper of a compiler does.</summary>
internal enum CompilerHelper
{
    None,

    /// <summary>Makes a namespace of a module.</summary>
    Namespace,

    /// <summary>Takes <c>default</c> of a module.</summary>
    Default,

    /// <summary>Exports all that another module exports.</summary>
    Star,

    /// <summary>Exports the getters of an object; of one argument, TypeScript's old <see cref="Star"/>.</summary>
    Exports,

    /// <summary>Exports one name of another module.</summary>
    Binding,

    /// <summary>Exports what a function returns, under one name.</summary>
    Define,

    /// <summary>Marks <c>exports</c> as that of a compiled module.</summary>
    Mark,

    /// <summary>Marks an object as a compiled module.</summary>
    ToCommonJs,
}
