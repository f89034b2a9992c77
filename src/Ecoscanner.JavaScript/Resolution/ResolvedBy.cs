namespace Ecoscanner.JavaScript.Resolution;

/// <summary>The rule by which a specifier named a file.</summary>
public enum ResolvedBy
{
    /// <summary>The place of the importing file.</summary>
    RelativePath,

    /// <summary><c>rootDirs</c> of the configuration.</summary>
    RootDirs,

    /// <summary><c>paths</c> of the configuration.</summary>
    Paths,

    /// <summary><c>baseUrl</c> of the configuration.</summary>
    BaseUrl,

    /// <summary><c>imports</c> of the package.json above.</summary>
    Imports,

    /// <summary>The own name of the package above.</summary>
    SelfReference,

    /// <summary>A package in node_modules.</summary>
    NodeModules,

    /// <summary>A package of the same repository, by its name.</summary>
    Workspace,

    /// <summary>The source from which the file is built that the package names, which is not in the tree.</summary>
    SourceOfOutput,

    /// <summary>A custom of bundlers that no configuration in the tree states: <c>@/x</c> for <c>src/x</c>.</summary>
    Convention,
}
