namespace Ecoscanner.JavaScript.Values;

/// <summary>What functions from outside do with what they are given: those of the language, and those that an analysis adds.</summary>
internal sealed partial class BuiltIns
{
    /// <summary>The name of the function that settles a promise; no program can write it.</summary>
    public const string Resolve = "%resolve";

    public const string Reject = "%reject";

    /// <summary>The function that sets a state of React.</summary>
    public const string SetState = "%set";

    private static readonly Dictionary<string, FlowModel> Language = Lines
        .Split('\n')
        .Select(line => line.Trim())
        .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))
        .SelectMany(FlowModel.Parse)
        .ToDictionary(model => model.Path, StringComparer.Ordinal);

    private static readonly HashSet<string> Iterable = new(StringComparer.Ordinal) { "Map", "Set", "Iterator", "AsyncIterator" };

    private static readonly (string Module, string Global)[] Globals =
    [
        ("require(\"buffer\").Buffer", "Buffer"),
        ("require(\"url\").URL", "URL"),
        ("require(\"process\")", "process"),
        ("require(\"timers\").", ""),
    ];

    private static readonly HashSet<string> Answers = new(
        "startsWith endsWith includes indexOf lastIndexOf charCodeAt codePointAt localeCompare search has test isWellFormed hasOwnProperty getTime isArray".Split(
            ' '
        ),
        StringComparer.Ordinal
    );

    private static readonly HashSet<string> Traversals = new(
        "map forEach filter find findIndex findLast some every reduce flatMap sort then catch finally".Split(' '),
        StringComparer.Ordinal
    );

    private readonly Dictionary<string, FlowModel> added = new(StringComparer.Ordinal);
    private readonly Dictionary<int, FlowModel?> modelOf = [];
    private readonly Dictionary<int, bool> ofObjects = [];
    private readonly Dictionary<(int Root, int Text), bool> members = [];
    private readonly Dictionary<int, bool> iterable = [];
    private readonly ValueTable values;
    private readonly ExternalPaths externals;

    public BuiltIns(IEnumerable<string> lines, ValueTable values, ExternalPaths externals)
    {
        this.values = values;
        this.externals = externals;
        foreach (var model in lines.SelectMany(FlowModel.Parse))
        {
            added[model.Path] = model;
        }
    }

    /// <summary>Whether a method of something from outside, by its name, only answers about it: with a number, or yes or no.</summary>
    public bool IsAnswer(int external) =>
        externals.StepOf(external) is { Kind: ExternalStepKind.Member, Detail: var name } && Answers.Contains(values.TextAt(name));

    /// <summary>Whether a method of something from outside, by its name, calls what it is handed for what it is a method of.</summary>
    public bool IsTraversal(int external) =>
        externals.StepOf(external) is { Kind: ExternalStepKind.Member, Detail: var name } && Traversals.Contains(values.TextAt(name));

    /// <summary>Whether a method of something from outside, by its name, gives what the function that it is handed makes of each item.</summary>
    public bool IsMapping(int external) =>
        externals.StepOf(external) is { Kind: ExternalStepKind.Member, Detail: var name } && values.TextAt(name) is "map" or "flatMap";

    /// <summary>What is known of a function; null where nothing is.</summary>
    public FlowModel? Of(int external)
    {
        if (!modelOf.TryGetValue(external, out var model))
        {
            var path = Global(externals.TextOf(external));
            model = added.GetValueOrDefault(path) ?? Language.GetValueOrDefault(path);
            modelOf.Add(external, model);
        }

        return model;
    }

    /// <summary>Whether a built-in prototype has a member of that name.</summary>
    public bool IsMember(int root, int text)
    {
        if (!members.TryGetValue((root, text), out var isMember))
        {
            isMember = Has($"{externals.TextOf(root)}.{values.TextAt(text)}");
            members.Add((root, text), isMember);
        }

        return isMember;
    }

    /// <summary>Whether every object has a member of that name.</summary>
    public bool IsMemberOfObjects(int text)
    {
        if (!ofObjects.TryGetValue(text, out var isMember))
        {
            isMember = Has($"Object.prototype.{values.TextAt(text)}");
            ofObjects.Add(text, isMember);
        }

        return isMember;
    }

    /// <summary>Whether what inherits from it keeps what it yields as <c>%item</c>.</summary>
    public bool IsIterable(int root)
    {
        if (!iterable.TryGetValue(root, out var known))
        {
            known = externals.TextOf(root) is var path && path.EndsWith(".prototype", StringComparison.Ordinal) && Iterable.Contains(path[..^10]);
            iterable.Add(root, known);
        }

        return known;
    }

    /// <summary>The value of a member that is a constant; null where it is none.</summary>
    public int? Constant(int value, int text) =>
        values.TextAt(text) switch
        {
            // The package is the class.
            "EventEmitter" when externals.TextOf(value) == "require(\"events\")" => value,
            "length" when externals.TextOf(value) is "String" or "Array" or "Function" => values.AnyNumber,
            "PI"
            or "E"
            or "MAX_SAFE_INTEGER"
            or "MIN_SAFE_INTEGER"
            or "MAX_VALUE"
            or "MIN_VALUE"
            or "EPSILON"
            or "POSITIVE_INFINITY"
            or "NEGATIVE_INFINITY"
            or "NaN" when externals.TextOf(value) is "Math" or "Number" => values.AnyNumber,
            _ => null,
        };

    // What a module of Node gives that is a global as well.
    private static string Global(string path)
    {
        foreach (var (module, global) in Globals)
        {
            if (path.StartsWith(module, StringComparison.Ordinal))
            {
                return global + path[module.Length..];
            }
        }

        return path;
    }

    private bool Has(string path) => added.ContainsKey(path) || Language.ContainsKey(path);
}
