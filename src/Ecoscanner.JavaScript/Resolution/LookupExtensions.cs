namespace Ecoscanner.JavaScript.Resolution;

/// <summary>What a lookup accepts; the first four are those of TypeScript's own algorithm.</summary>
[Flags]
internal enum LookupExtensions
{
    None = 0,
    TypeScript = 1,
    JavaScript = 2,
    Declaration = 4,
    Json = 8,

    /// <summary>Any file that is named in full and is no source.</summary>
    Asset = 16,

    /// <summary>What bundlers and Node accept beyond TypeScript: <c>./x</c> for x.json or x.mjs, <c>module</c> and <c>browser</c> in package.json.</summary>
    Loose = 32,

    Implementation = TypeScript | JavaScript,
    Typed = TypeScript | Declaration,
}
