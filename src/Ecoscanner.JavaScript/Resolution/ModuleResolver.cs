namespace Ecoscanner.JavaScript.Resolution;

/// <summary>Says which file, package or module of Node a specifier names. Remembers its answers; not for several threads at once.</summary>
/// <remarks>
/// Sources hold before declarations, for the analysis is of what runs: a.js before a.d.ts, and <c>main</c> before <c>types</c>;
/// this is TypeScript's <c>noDtsResolution</c>. Only <see cref="ImportKind.Type"/> asks for declarations first, as TypeScript's checker does.
/// What TypeScript finds is never overruled, but for Node's own modules, which hold before packages of the same name; what it does not find is searched for further.
/// </remarks>
public sealed class ModuleResolver
{
    /// <summary>A longer specifier is not looked for.</summary>
    public const int MaximumSpecifierLength = 2048;

    // Answers are forgotten past this, so that memory stays bounded.
    private const int MaximumRemembered = 200_000;

    private readonly IModuleFiles files;
    private readonly ModuleOptions options;
    private readonly ModuleLookup moduleLookup;
    private readonly Fallbacks fallbacks;
    private readonly Dictionary<Question, ModuleResolution> answers = [];

    public ModuleResolver(IModuleFiles files, ModuleOptions? options = null)
    {
        this.files = files;
        this.options = options ?? new ModuleOptions();
        Configurations = new TypeScriptConfigurations(files);
        Manifests = new PackageManifests(files);
        moduleLookup = new ModuleLookup(files, Manifests);
        fallbacks = new Fallbacks(moduleLookup, Manifests, Configurations, new Workspaces(files, Manifests));
    }

    /// <summary>The tsconfig.json files of the tree.</summary>
    public TypeScriptConfigurations Configurations { get; }

    /// <summary>The package.json files of the tree.</summary>
    public PackageManifests Manifests { get; }

    /// <summary>Resolves a specifier.</summary>
    /// <param name="importingFile">Its name below the root; it need not exist.</param>
    /// <param name="specifier">As it stands in the source.</param>
    public ModuleResolution Resolve(string importingFile, string specifier, ImportKind kind)
    {
        if (specifier.Length is 0 or > MaximumSpecifierLength || specifier.Contains('\0', StringComparison.Ordinal))
        {
            return Failures.NoSpecifier(importingFile, specifier);
        }

        var configuration = Configurations.For(importingFile);
        var style = options.Style ?? configuration?.ModuleResolution ?? ModuleStyle.Bundler;
        var isModule =
            style == ModuleStyle.Bundler
                ? kind != ImportKind.Require
                : kind == ImportKind.DynamicImport || (kind != ImportKind.Require && Manifests.IsModule(importingFile));
        var question = new Question(ModulePath.DirectoryOf(importingFile), specifier, configuration?.Path, kind == ImportKind.Type, isModule, style);
        if (!answers.TryGetValue(question, out var answer))
        {
            if (answers.Count >= MaximumRemembered)
            {
                answers.Clear();
            }

            answers[question] = answer = Search(question, configuration);
        }

        // The words of a failure name the file; the answer holds for all of its directory.
        return answer is UnresolvedModule failure ? Failures.In(importingFile, failure) : answer;
    }

    private ModuleResolution Search(Question question, TypeScriptConfiguration? configuration)
    {
        var specifier = question.Specifier;
        if (BuiltInModules.HasScheme(specifier) && BuiltInModules.For(specifier) is { } schemed)
        {
            return schemed;
        }

        var trail = new LookupTrail();
        var lookup = Begin(question, configuration, trail);
        var found = moduleLookup.Find(lookup, specifier, question.Directory);
        var name = trail.Redirect ?? specifier;
        if (BuiltInModules.For(name) is { } builtIn && (found is null || lookup.By is ResolvedBy.NodeModules || trail.Redirect is not null))
        {
            return builtIn;
        }

        if (found is not null)
        {
            return Resolution(found, lookup.By);
        }

        if (
            !options.IsStrict
            && fallbacks.Find(specifier, question.Directory, extensions => Begin(question, configuration, trail, extensions)) is var (path, by)
            && path is not null
        )
        {
            return Resolution(path, by);
        }

        return Failures.Of(files, specifier, question.Directory, configuration, trail);
    }

    /// <summary>Starts an attempt.</summary>
    /// <param name="extra">For attempts beyond TypeScript's: what is accepted, by the rules of bundlers.</param>
    private Lookup Begin(Question question, TypeScriptConfiguration? configuration, LookupTrail trail, LookupExtensions? extra = null)
    {
        var isNode = question.Style == ModuleStyle.Node16;
        var extensions = LookupExtensions.Implementation | LookupExtensions.Json | (question.IsType ? LookupExtensions.Declaration : LookupExtensions.None);
        var conditions = new List<string> { question.IsModule ? "import" : "require" };
        if (question.IsType || extra?.HasFlag(LookupExtensions.Declaration) == true)
        {
            conditions.Add("types");
        }

        if (isNode)
        {
            conditions.Add("node");
        }

        conditions.AddRange(options.Conditions);
        conditions.AddRange(configuration?.CustomConditions ?? []);
        return new Lookup(extra ?? extensions, conditions, extra is null && isNode && question.IsModule, configuration, trail);
    }

    private static ModuleResolution Resolution(string path, ResolvedBy by) =>
        ModulePath.SourceExtension(path) switch
        {
            ".json" => new ResolvedModule(path, ModuleContents.Json, by),
            null => new AssetModule(path),
            _ when ModulePath.IsDeclaration(path) => new ResolvedModule(path, ModuleContents.Declaration, by),
            _ => new ResolvedModule(path, ModuleContents.Source, by),
        };

    /// <summary>All that an answer depends on.</summary>
    private sealed record Question(string Directory, string Specifier, string? Configuration, bool IsType, bool IsModule, ModuleStyle Style);
}
