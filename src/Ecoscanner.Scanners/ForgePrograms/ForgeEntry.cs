using System.Collections.Immutable;
using Ecoscanner.Apps.Forge;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.Scanners.ForgePrograms;

/// <summary>Functions of an app that something outside it can start, or why they are not known. Nothing that the manifest names goes without one.</summary>
public sealed record ForgeEntry
{
    public required ForgeEntryPoint Point { get; init; }

    public required ForgeEntryKind Kind { get; init; }

    /// <summary>What of the manifest leads here, and who that is. Of a resolver's key only what can call that key; none where nothing does.</summary>
    public required IReadOnlyList<ForgeUse> Uses { get; init; }

    /// <summary>The resolver's key; null for other kinds, and where it is known at run time only.</summary>
    public string? Key { get; init; }

    /// <summary>The file that the manifest leads to, below the app's folder.</summary>
    public string? File { get; init; }

    /// <summary>The functions, each of which may be the one that runs.</summary>
    public ImmutableArray<Node> Functions { get; init; } = [];

    /// <summary>How they were found.</summary>
    public string Found { get; init; } = "";

    public ForgeEntryReason Reason { get; init; }

    /// <summary>Why there is no function, or why there may be others; empty where all is known.</summary>
    public string Problem { get; init; } = "";

    /// <summary>Low where callers are assumed, or where not all functions are known.</summary>
    public ForgeConfidence Confidence =>
        Uses.Any(use => use.Confidence is ForgeConfidence.Low) || Reason is not ForgeEntryReason.None ? ForgeConfidence.Low : ForgeConfidence.High;

    public bool IsResolved => Functions.Length > 0;

    /// <summary>Who can call it, over all uses.</summary>
    public ForgeCallers Callers => Uses.Aggregate(ForgeCallers.None, (callers, use) => callers | use.Callers);
}

/// <summary>How code is entered.</summary>
public enum ForgeEntryKind
{
    /// <summary>The platform calls the exported function.</summary>
    Function,

    /// <summary>A page calls a key of a resolver.</summary>
    Resolver,

    /// <summary>Components of UI Kit 1, which the platform renders.</summary>
    View,

    /// <summary>Code that runs elsewhere: a remote, or a container.</summary>
    Elsewhere,
}

/// <summary>Why functions are missing, or may be.</summary>
public enum ForgeEntryReason
{
    /// <summary>They are all known.</summary>
    None,

    /// <summary>The manifest names what it does not define.</summary>
    NotDefined,

    /// <summary>The manifest's handler names no file.</summary>
    NoHandler,
    NoFile,

    /// <summary>The file could not be read as source.</summary>
    NotRead,
    NoExport,

    /// <summary>It comes from a package that is no part of the sources.</summary>
    Package,

    /// <summary>What is exported is no function.</summary>
    NoFunction,

    /// <summary>What is exported is only known when it runs.</summary>
    UnknownValue,

    /// <summary>A resolver whose keys, or the functions of a key, are only known when it runs.</summary>
    UnknownKey,

    /// <summary>A resolver without the key that is called.</summary>
    NoKey,

    /// <summary>The code is not the app's function.</summary>
    Elsewhere,
}
