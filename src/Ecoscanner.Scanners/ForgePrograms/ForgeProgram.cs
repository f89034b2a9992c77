using System.Collections.Immutable;
using Ecoscanner.Apps.Forge;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Values;
using Ecoscanner.Scanning;
using Manifest = Ecoscanner.Apps.Forge.ForgeManifest;

namespace Ecoscanner.Scanners.ForgePrograms;

/// <summary>A Forge app's manifest with its sources, and where they are entered. It does not change and may be read by several threads.</summary>
public sealed class ForgeProgram
{
    // Several scanners ask for them, at once.
    private readonly Lazy<ImmutableArray<ProductCall>> callsOfProducts;

    private ForgeProgram(Manifest manifest, ProgramValues values, ImmutableArray<ForgeEntry> entries)
    {
        Manifest = manifest;
        Values = values;
        FrontEnds = [.. manifest.Modules.SelectMany(module => ForgeFrontEnd.Of(manifest, module))];
        Entries = entries;
        callsOfProducts = new(() => ProductCalls.Find(this));
    }

    public Manifest Manifest { get; }

    public ModuleGraph Graph => Values.Graph;

    public ProgramValues Values { get; }

    /// <summary>At least one for each entry point of the manifest, in its order; for a resolver one for each key.</summary>
    public ImmutableArray<ForgeEntry> Entries { get; }

    /// <summary>What runs in a browser: it can ask for entries, and is none.</summary>
    public ImmutableArray<ForgeFrontEnd> FrontEnds { get; }

    internal ImmutableArray<ProductCall> CallsOfProducts => callsOfProducts.Value;

    /// <summary>The program of the app that is scanned, which all scanners share.</summary>
    /// <exception cref="ArgumentException">The app is no Forge app.</exception>
    public static Task<ForgeProgram> OfAsync(ScanContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var app = context.App as ForgeApp ?? throw new ArgumentException($"{context.App.Name} is no Forge app", nameof(context));
        // A handler that names no file hides code as well.
        if (app.Manifest.Problems.FirstOrDefault(problem => problem.Kind is ManifestProblemKind.NotRead) is { } gap)
        {
            context.UndecideAll($"a part of the manifest was not read ({app.InManifest("", gap.Place)}), and it may name code: {gap.Message}");
        }

        if (app.FolderProblems.Where(problem => problem.MayHideCode).ToList() is [var first, ..] hidden)
        {
            var others = hidden.Count > 1 ? $", and {hidden.Count - 1} more that may hold code" : "";
            context.UndecideAll($"{app.Shown(first.Path)} {first.Reason}{others}");
        }

        return context.Shared.OfAsync(stop => Of(app.Manifest, FilesOf(app), stop), cancellation);
    }

    /// <summary>The files of an app: of its folder, or of the ZIP that it came in. Each caller gets its own, for a folder's are not for several threads.</summary>
    internal static IModuleFiles FilesOf(ForgeApp app) => app.Files is { } files ? new MemoryFiles(files) : new FolderFiles(app.Folder!);

    /// <summary>Reads the sources of an app, without packages.</summary>
    /// <param name="files">The folder that holds the manifest.</param>
    public static ForgeProgram Of(Manifest manifest, IModuleFiles files, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(files);
        var graph = ModuleGraph.Of(files, cancellation: cancellation);
        ImmutableArray<ForgeEntry> entries = [];
        var values = ProgramValues.Of(
            graph,
            new()
            {
                Models = ForgeModels.Lines,
                EntriesOf = found =>
                {
                    entries = new EntryFinder(manifest, found).Find();
                    return entries.SelectMany(ForgeInputs.Of);
                },
            },
            cancellation
        );
        return new(manifest, values, entries);
    }
}
