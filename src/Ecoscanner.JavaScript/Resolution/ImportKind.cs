namespace Ecoscanner.JavaScript.Resolution;

/// <summary>How a module is asked for; it decides the conditions of <c>exports</c>.</summary>
public enum ImportKind
{
    /// <summary><c>import</c> and <c>export … from</c>.</summary>
    Import,

    /// <summary><c>require(…)</c> and <c>import x = require(…)</c>.</summary>
    Require,

    /// <summary><c>import(…)</c>.</summary>
    DynamicImport,

    /// <summary><c>import type</c> and types such as <c>import("x").Y</c>: declarations hold before scripts.</summary>
    Type,
}
