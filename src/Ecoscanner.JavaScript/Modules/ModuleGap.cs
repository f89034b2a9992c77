using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>Something that could not be found out about a module.</summary>
/// <param name="Kind">What is not known.</param>
/// <param name="Node">The place; it does not exist where the whole file is meant.</param>
/// <param name="Reason">A sentence without the place.</param>
public sealed record ModuleGap(ModuleGapKind Kind, Node Node, string Reason);

/// <summary>What is not known of a module.</summary>
public enum ModuleGapKind
{
    /// <summary>It may export more, or something else.</summary>
    Exports,

    /// <summary>It was not read, or not all of it.</summary>
    Content,

    /// <summary>It asks for what only running tells.</summary>
    Request,
}
