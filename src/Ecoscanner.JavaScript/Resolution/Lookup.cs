namespace Ecoscanner.JavaScript.Resolution;

/// <summary>One attempt to resolve a specifier: what it accepts, and what it has looked at.</summary>
internal sealed class Lookup(
    LookupExtensions extensions,
    IReadOnlyList<string> conditions,
    bool isModule,
    TypeScriptConfiguration? configuration,
    LookupTrail trail
)
{
    public LookupExtensions Extensions { get; } = extensions;

    /// <summary>Conditions of <c>exports</c> that hold besides <c>default</c>.</summary>
    public IReadOnlyList<string> Conditions { get; } = conditions;

    /// <summary>Whether Node's rules for ECMAScript modules hold: no extension may be left out, no directory has an index.</summary>
    public bool IsModule { get; set; } = isModule;

    public TypeScriptConfiguration? Configuration { get; } = configuration;

    public LookupTrail Trail { get; } = trail;

    /// <summary>The rule that found the file.</summary>
    public ResolvedBy By { get; set; }

    public bool Accepts(LookupExtensions extension) => (Extensions & extension) != LookupExtensions.None;
}
