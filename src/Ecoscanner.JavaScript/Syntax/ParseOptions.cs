namespace Ecoscanner.JavaScript.Syntax;

/// <summary>How a source is to be read.</summary>
public sealed record ParseOptions
{
    /// <summary>Whether TypeScript's syntax is understood.</summary>
    public bool TypeScript { get; init; }

    /// <summary>Whether <c>&lt;a/&gt;</c> is an element; in TypeScript this rules out assertions in angle brackets.</summary>
    public bool Jsx { get; init; }

    /// <summary>Whether the source only declares, as <c>.d.ts</c> does.</summary>
    public bool Ambient { get; init; }

    /// <summary>Script or module; unknown takes either and says afterwards which it was.</summary>
    public SourceGoal Goal { get; init; }

    /// <summary>Whether the source is strict from the start, as a script behind <c>"use strict"</c> would be.</summary>
    public bool Strict { get; init; }

    /// <summary>What the ending of the file's name asks for; JavaScript with JSX where it says nothing.</summary>
    public static ParseOptions For(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = path.AsSpan(path.AsSpan().LastIndexOfAny('/', '\\') + 1);
        var isDeclaration = IsDeclaration(name);
        if (Ends(name, ".ts"))
        {
            return new() { TypeScript = true, Ambient = isDeclaration };
        }

        if (Ends(name, ".mts") || Ends(name, ".cts"))
        {
            return new()
            {
                TypeScript = true,
                Ambient = isDeclaration,
                Goal = Ends(name, ".mts") ? SourceGoal.Module : SourceGoal.Unknown,
            };
        }

        if (Ends(name, ".tsx"))
        {
            return new() { TypeScript = true, Jsx = true };
        }

        return new()
        {
            Jsx = true,
            Goal =
                Ends(name, ".mjs") ? SourceGoal.Module
                : Ends(name, ".cjs") ? SourceGoal.Script
                : SourceGoal.Unknown,
        };
    }

    // `a.d.ts`, `a.d.mts`, `a.d.css.ts`.
    private static bool IsDeclaration(ReadOnlySpan<char> name)
    {
        var at = name.IndexOf(".d.", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && (Ends(name, ".ts") || Ends(name, ".mts") || Ends(name, ".cts"));
    }

    private static bool Ends(ReadOnlySpan<char> name, string ending) => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The two goals of the grammar (ECMA-262 16), and not knowing.</summary>
public enum SourceGoal
{
    /// <summary>Imports and exports make it a module; without them it is read as a script that may await.</summary>
    Unknown,
    Script,
    Module,
}
