namespace Ecoscanner.JavaScript.Modules;

/// <summary>How a module exports something.</summary>
public enum ExportForm
{
    /// <summary>Something of its own.</summary>
    Local,

    /// <summary>Something that it takes of another module, under a name.</summary>
    Indirect,

    /// <summary>All that another module exports, but what is exported by name holds before it: <c>export *</c>.</summary>
    Star,

    /// <summary>One value that is the module: <c>module.exports =</c>, <c>export =</c>.</summary>
    Whole,
}
