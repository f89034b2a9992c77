using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>The part of a folder that is the app: what its entries load and what its pages are made of, without tests, tools and bundles; with the places in it that checks ask for.</summary>
internal sealed class AppCode
{
    private readonly Dictionary<GraphModule, CodeSide> sides = [];
    private readonly Dictionary<Node, Node> functionOf = [];
    private readonly Dictionary<string, List<Node>> callsByPath = new(StringComparer.Ordinal);

    public AppCode(ForgeProgram program)
    {
        Program = program;
        FindModules();
        foreach (var module in Modules)
        {
            Places.Read(module.Record!.Tree);
        }

        foreach (var call in program.Values.Calls.Calls.Where(Contains))
        {
            foreach (var target in program.Values.Calls.TargetsOf(call))
            {
                if (target.Path is { } path)
                {
                    (callsByPath.TryGetValue(path, out var calls) ? calls : callsByPath[path] = []).Add(call);
                }
            }
        }

        Reach = new(this);
        Input = new(this);
    }

    public ForgeProgram Program { get; }

    public CodePlaces Places { get; } = new();

    public EntryReach Reach { get; }

    public UserInput Input { get; }

    /// <summary>The files that are read as the app's, in the order of the graph.</summary>
    public IEnumerable<GraphModule> Modules => Program.Graph.Modules.Where(module => sides.ContainsKey(module) && module.Record is not null);

    /// <summary>The files that are the app's, and were not read or not all of it.</summary>
    public IEnumerable<GraphModule> Unread => Program.Graph.Modules.Where(module => module.Problem is not null && sides.ContainsKey(module));

    /// <summary>Every path that something of the app calls.</summary>
    public IReadOnlyCollection<string> CalledPaths => callsByPath.Keys;

    public bool Contains(Node node) => node.Exists && Program.Graph.ModuleOf(node.Tree) is { } module && sides.ContainsKey(module);

    /// <summary>Where the code of a place runs.</summary>
    public CodeSide SideOf(Node node) => Program.Graph.ModuleOf(node.Tree) is { } module ? sides.GetValueOrDefault(module) : CodeSide.None;

    /// <summary>The calls of functions whose paths are such.</summary>
    public IEnumerable<(Node Call, string Path)> CallsOf(Func<string, bool> isPath) =>
        callsByPath.Where(pair => isPath(pair.Key)).SelectMany(pair => pair.Value.Select(call => (call, pair.Key)));

    public IEnumerable<string> PathsAt(Node call) => Program.Values.Calls.TargetsOf(call).Select(target => target.Path).OfType<string>();

    /// <summary>What the program's calls hand over as a parameter; nothing where a call hands over too little, or the parameter is a part of one.</summary>
    public IReadOnlyList<Node> ArgumentsFor(Node parameter)
    {
        var function = FunctionOf(parameter);
        var at = function.Kind == NodeKind.Program ? -1 : function.Params.ToList().IndexOf(parameter);
        if (at < 0)
        {
            return [];
        }

        var calls = Places.Calls.Where(call => Program.Values.Calls.TargetsOf(call).Any(target => target.Function == function)).ToList();
        return calls.TrueForAll(call => at < call.Arguments.Count) ? [.. calls.Select(call => call.Arguments[at])] : [];
    }

    /// <summary>The function around a place; the program where there is none.</summary>
    public Node FunctionOf(Node node)
    {
        var around = node.Tree.ParentOf(node);
        while (
            around.Exists
            && around.Kind is not (NodeKind.Program or NodeKind.FunctionDeclaration or NodeKind.FunctionExpression or NodeKind.ArrowFunctionExpression)
        )
        {
            if (functionOf.TryGetValue(around, out var known))
            {
                around = known;
                break;
            }

            around = around.Tree.ParentOf(around);
        }

        around = around.Exists ? around : node.Tree.Root;
        functionOf.TryAdd(node, around);
        return around;
    }

    private void FindModules()
    {
        var files = Program.Entries.Select(entry => entry.File).OfType<string>().Select(Program.Graph.ModuleAt).OfType<GraphModule>();
        Follow(files, CodeSide.Backend);
        foreach (var page in Program.FrontEnds.Select(end => end.Resource?.Path?.Value).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            var path = page.TrimEnd('/');
            path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
            Follow(Program.Graph.ModuleAt(path) is { } module ? [module] : PageFiles.Of(Program.Graph, path), CodeSide.Page);
        }
    }

    private void Follow(IEnumerable<GraphModule> modules, CodeSide side)
    {
        var work = new Stack<GraphModule>(modules);
        while (work.TryPop(out var module))
        {
            var known = sides.GetValueOrDefault(module);
            if ((known & side) != 0)
            {
                continue;
            }

            sides[module] = known | side;
            foreach (var target in module.Targets)
            {
                foreach (var next in target.Candidates.Append(target.Module).OfType<GraphModule>())
                {
                    work.Push(next);
                }
            }
        }
    }
}

/// <summary>Where code runs.</summary>
[Flags]
internal enum CodeSide
{
    None = 0,
    Backend = 1,
    Page = 2,
}
