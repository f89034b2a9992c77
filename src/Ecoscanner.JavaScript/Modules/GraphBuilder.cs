using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>
/// Reads files in waves: those that are known are parsed in parallel, then their requests are resolved one after the other,
/// which names the files of the next wave. So the order of files does not depend on which thread was faster.
/// </summary>
internal sealed class GraphBuilder(IModuleFiles files, ModuleGraphOptions options, CancellationToken cancellation)
{
    // Files that one specifier with unknown parts may lead to.
    private const int MaximumCandidates = 1000;

    private readonly ModuleResolver resolver = new(files, options.Modules);
    private readonly List<GraphModule> modules = [];
    private readonly Dictionary<string, GraphModule> byPath = new(StringComparer.Ordinal);
    private readonly List<string> problems = [];
    private long bytes;

    public ModuleGraph Build(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            Add(path);
        }

        for (var start = 0; start < modules.Count; )
        {
            var end = modules.Count;
            ReadWave(start, end);
            for (var index = start; index < end; index++)
            {
                cancellation.ThrowIfCancellationRequested();
                Resolve(modules[index]);
            }

            start = end;
        }

        SetImporters();
        return new ModuleGraph(files, [.. modules], byPath, [.. problems]);
    }

    public void AddProblems(IEnumerable<string> more) => problems.AddRange(more);

    private GraphModule? Add(string path)
    {
        if (byPath.TryGetValue(path, out var known))
        {
            return known;
        }

        if (modules.Count >= options.MaximumFiles)
        {
            if (modules.Count == options.MaximumFiles && !problems.Exists(IsAboutFiles))
            {
                problems.Add($"{IsAboutFilesStart}{options.MaximumFiles} files, which is as many as are read; {path} and what follows it were left out.");
            }

            return null;
        }

        var module = new GraphModule(modules.Count, path) { IsJson = path.EndsWith(".json", StringComparison.Ordinal) };
        modules.Add(module);
        byPath[path] = module;
        return module;
    }

    private const string IsAboutFilesStart = "The modules have more than ";

    private static bool IsAboutFiles(string problem) => problem.StartsWith(IsAboutFilesStart, StringComparison.Ordinal);

    private void ReadWave(int start, int end)
    {
        if (options.Parallelism <= 1 || end - start == 1)
        {
            foreach (var (module, text) in Texts(start, end))
            {
                Parse(module, text);
            }

            return;
        }

        // Files are read by one thread at a time, as the enumerator is asked for the next; what they say is found by all.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellation };
        Parallel.ForEach(Partitioner.Create(Texts(start, end), EnumerablePartitionerOptions.NoBuffering), parallel, item => Parse(item.Module, item.Text));
    }

    private IEnumerable<(GraphModule Module, string Text)> Texts(int start, int end)
    {
        for (var index = start; index < end; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            var module = modules[index];
            if (module.IsJson)
            {
                ReadJson(module);
                continue;
            }

            var content = files.Read(module.Path, options.MaximumFileBytes);
            if (content.Problem is not null)
            {
                module.Problem = content.Problem;
                continue;
            }

            if (bytes + content.Bytes.Length > options.MaximumBytes)
            {
                module.Problem = $"was left out: all files together have more than {options.MaximumBytes / 1024.0 / 1024:0.0} MB, and no more are read";
                continue;
            }

            bytes += content.Bytes.Length;
            yield return (module, content.Text);
        }
    }

    private static void Parse(GraphModule module, string text)
    {
        var tree = SyntaxTree.Parse(new SourceText(text, module.Path));
        module.Record = ModuleRecord.Of(SemanticModel.Of(tree));
        if (tree.Diagnostics is [var first, ..])
        {
            module.Problem =
                $"has {(tree.Diagnostics.Count == 1 ? "a syntax error" : $"{tree.Diagnostics.Count} syntax errors")}, the first at {tree.Source.Lines.PositionOf(first.Span.Start)}; what could be read of it counts";
        }
    }

    private void ReadJson(GraphModule module)
    {
        using var document = JsonFile.Read(files, module.Path, out var problem, options.MaximumFileBytes);
        module.JsonNames = document is null ? [] : [.. document.RootElement.Members().Select(member => member.Key)];
        // An array or a text is good JSON, too, and has no names.
        module.Problem = problem is null || problem.Contains("no object", StringComparison.Ordinal) ? null : problem[(module.Path.Length + 1)..].TrimEnd('.');
    }

    private void Resolve(GraphModule module)
    {
        if (module.Record is not { } record)
        {
            return;
        }

        module.Targets = [.. record.Requests.Select(request => Resolve(module, request))];
    }

    private RequestTarget Resolve(GraphModule module, ModuleRequest request)
    {
        if (request.Specifier is not { } specifier)
        {
            return new(request, null, null, Candidates(module, request));
        }

        var resolution = resolver.Resolve(module.Path, specifier, request.Kind);
        var target = resolution is ResolvedModule { Path: var path } resolved && (options.FollowsPackages || !resolved.IsInPackages) ? Add(path) : null;
        return new(request, resolution, target, []);
    }

    /// <summary>The files that <c>import(`./x/${name}.js`)</c> may mean: those of the directory and below, as bundlers take them.</summary>
    private ImmutableArray<GraphModule> Candidates(GraphModule module, ModuleRequest request)
    {
        if (request.Parts[0] is not { } prefix || !ModulePath.IsRelative(prefix) || prefix.LastIndexOf('/') is not (> 0 and var slash))
        {
            return [];
        }

        var directory = ModulePath.Combine(ModulePath.DirectoryOf(module.Path), prefix[..slash]);
        if (directory is null || files.KindOf(directory) != FileKind.Directory)
        {
            return [];
        }

        var pattern = new SpecifierPattern([prefix[(slash + 1)..], .. request.Parts[1..]]);
        var found = new List<GraphModule>();
        var work = new Stack<string>([directory]);
        for (var left = MaximumCandidates; work.TryPop(out var current) && left > 0; )
        {
            foreach (var name in files.Entries(current))
            {
                var path = ModulePath.Join(current, name);
                if (left-- <= 0)
                {
                    problems.Add(
                        $"{module.Path} asks for {Quoted.Of(request.Pattern)}, which more than {MaximumCandidates} files may be; the others were left out."
                    );
                    break;
                }

                if (name == "node_modules" || files.RealPath(path) != path)
                {
                    continue;
                }

                if (files.KindOf(path) == FileKind.Directory)
                {
                    work.Push(path);
                }
                else if (
                    ModulePath.SourceExtension(path) is { } extension
                    && pattern.Matches(path[(directory.Length + 1)..], extension)
                    && Add(path) is { } candidate
                )
                {
                    found.Add(candidate);
                }
            }
        }

        return [.. found.OrderBy(candidate => candidate.Path, StringComparer.Ordinal)];
    }

    private void SetImporters()
    {
        var importers = new List<GraphModule>?[modules.Count];
        foreach (var module in modules)
        {
            foreach (var target in module.Targets)
            {
                Note(target.Module, module);
                foreach (var candidate in target.Candidates)
                {
                    Note(candidate, module);
                }
            }
        }

        foreach (var module in modules)
        {
            module.Importers = importers[module.Index] is { } list ? [.. list] : [];
        }

        void Note(GraphModule? target, GraphModule importer)
        {
            if (target is null)
            {
                return;
            }

            var list = importers[target.Index] ??= [];
            // Modules come in order, so that the last is the only one that can be the same.
            if (list.Count == 0 || list[^1] != importer)
            {
                list.Add(importer);
            }
        }
    }
}
