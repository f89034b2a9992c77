namespace Ecoscanner.JavaScript.Resolution;

/// <summary>What is in a file that a specifier names.</summary>
public enum ModuleContents
{
    /// <summary>Statements that run, in TypeScript or JavaScript.</summary>
    Source,

    /// <summary>Types only: a .d.ts, found where no source is in the tree or where types were asked for.</summary>
    Declaration,

    Json,
}
