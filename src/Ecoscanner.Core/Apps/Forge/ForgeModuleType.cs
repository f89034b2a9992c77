using System.Collections.Frozen;

namespace Ecoscanner.Apps.Forge;

/// <summary>What is known of one kind of module.</summary>
/// <param name="Callers">Who can call its code by default; <c>unlicensedAccess</c> adds to it.</param>
/// <param name="ShowsOnPage">True where it has a place on a page of the product, or a script in it; pages for its configuration do not count.</param>
/// <param name="Code">The paths that name functions, endpoints and resources.</param>
/// <param name="HasConditions">True where <c>displayConditions</c> may hide it.</param>
/// <param name="Properties">The keys that the schema has; empty where it tells none.</param>
public sealed record ForgeModuleType(
    string Name,
    ForgeCallers Callers,
    ForgeUserContext User,
    bool ShowsOnPage,
    IReadOnlyDictionary<string, ForgeCodePath> Code,
    bool HasConditions,
    FrozenSet<string> Properties
);

/// <summary>A path in a module that names code, and who can call that code.</summary>
public sealed record ForgeCodePath(string Path, ForgeCallers Callers, ForgeUserContext User);
