namespace Ecoscanner.JavaScript.Resolution;

/// <summary>Whose rules hold for modules: TypeScript's <c>moduleResolution</c>.</summary>
public enum ModuleStyle
{
    /// <summary>What bundlers do: extensions may be left out, and directories have an index.</summary>
    Bundler,

    /// <summary>What Node does: an ECMAScript module names files in full.</summary>
    Node16,
}
