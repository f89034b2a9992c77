namespace Ecoscanner.JavaScript.Modules;

/// <summary>By which system a file takes from other files and gives to them.</summary>
public enum ModuleFormat
{
    /// <summary>It neither imports nor exports.</summary>
    Script,

    /// <summary><c>import</c> and <c>export</c>.</summary>
    EcmaScript,

    /// <summary><c>require</c>, <c>exports</c> and <c>module.exports</c>.</summary>
    CommonJs,

    /// <summary>Both, which bundlers allow.</summary>
    Mixed,
    Json,
}
