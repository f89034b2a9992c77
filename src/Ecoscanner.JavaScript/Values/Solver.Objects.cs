using System.Runtime.InteropServices;
using Ecoscanner.JavaScript.Lowering;

namespace Ecoscanner.JavaScript.Values;

// Objects: each place that makes one, in each instance, stands for all that it makes.
internal sealed partial class Solver
{
    private readonly Dictionary<int, Properties> propertiesOf = [];
    private readonly Dictionary<(int Place, int Part), int> objectAt = [];
    private readonly List<ObjectOrigin> origins = [];
    private readonly Queue<(int Value, MemberCopy Copy)> copied = [];
    private readonly Queue<(int Value, int Text, MemberCopy Copy)> copiedMembers = [];
    private readonly HashSet<int> extended = [];
    private readonly Dictionary<int, List<MemberReading>> waitingFor = [];

    private int ObjectRoot => field > 0 ? field : field = RootOf("Object");

    private int ArrayRoot => field > 0 ? field : field = RootOf("Array");

    private int FunctionRoot => field > 0 ? field : field = RootOf("Function");

    /// <summary>Where the objects of a value of the kind <see cref="ValueKind.Object"/> are made.</summary>
    public ObjectOrigin OriginOf(int value) => origins[Values[value].A];

    public IReadOnlyDictionary<int, Properties> Objects => propertiesOf;

    public bool IsArray(int value) => propertiesOf.TryGetValue(value, out var properties) && properties.IsArray;

    private int RootOf(string builtIn) => Externals.Member(Externals.Global(builtIn), prototypeText);

    // The object that a place makes; part tells several of one place apart.
    private int ObjectAt(int place, int part, int root, bool isArray = false)
    {
        ref var value = ref CollectionsMarshal.GetValueRefOrAddDefault(objectAt, (place, part), out var isThere);
        if (!isThere)
        {
            value = Values.Intern(new(ValueKind.Object, origins.Count));
            origins.Add(new(place, part));
            propertiesOf.Add(value, new() { Root = root, IsArray = isArray });
        }

        return value;
    }

    private int NewObject(Instance instance, int place, int root, ReadOnlySpan<int> sure, int[] texts)
    {
        _ = instance;
        var value = ObjectAt(place, 0, root);
        if (sure.Length > 0)
        {
            propertiesOf[value].Sure = SureOf(sure, texts);
        }

        return value;
    }

    private static HashSet<int> SureOf(ReadOnlySpan<int> sure, int[] texts)
    {
        var set = new HashSet<int>(sure.Length);
        foreach (var text in sure)
        {
            set.Add(texts[text]);
        }

        return set;
    }

    private int NewArray(Instance instance, int place)
    {
        _ = instance;
        return ObjectAt(place, 0, ArrayRoot, isArray: true);
    }

    private int NewBuiltIn(int place, int part, string builtIn) => ObjectAt(place, part, RootOf(builtIn), builtIn == "Array");

    private Properties PropertiesOf(int value)
    {
        ref var properties = ref CollectionsMarshal.GetValueRefOrAddDefault(propertiesOf, value, out var isThere);
        if (!isThere)
        {
            properties = new() { Root = Values.KindOf(value) is ValueKind.Function or ValueKind.Class or ValueKind.Bound ? FunctionRoot : -1 };
        }

        return properties!;
    }

    private int MemberNode(int value, int text)
    {
        var properties = PropertiesOf(value);
        if (properties.Named.TryGetValue(text, out var node))
        {
            return node;
        }

        node = NewNodes(1, shared: true);
        properties.Named.Add(text, node);
        if (properties.Any >= 0 && MayBeStoredAnywhere(properties, text))
        {
            Link(properties.Any, node, 0);
        }

        if (properties.All >= 0 && !IsInternal(text))
        {
            Link(node, properties.All, 0);
        }

        if (properties.Items >= 0 && IsIndex(text))
        {
            Link(node, properties.Items, 0);
        }

        foreach (var copy in properties.Copies ?? [])
        {
            copiedMembers.Enqueue((value, text, copy));
        }

        if (value == globalObject)
        {
            PutGlobal(node, text);
        }

        if (text == prototypeText && Values.KindOf(value) == ValueKind.Function && FunctionOf(value).Function is { } function && MayConstruct(function))
        {
            PutValue(node, PrototypeOf(value));
        }

        return node;
    }

    private static bool MayConstruct(LoweredFunction function) =>
        !function.Is(LoweredFunctionKinds.Arrow | LoweredFunctionKinds.Method | LoweredFunctionKinds.Async);

    // The node of what is stored under names that are not known.
    private int AnyNode(int value)
    {
        var properties = PropertiesOf(value);
        if (properties.Any < 0)
        {
            properties.Any = NewNodes(1, shared: true);
            foreach (var (text, node) in properties.Named)
            {
                if (MayBeStoredAnywhere(properties, text))
                {
                    Link(properties.Any, node, 0);
                }
            }

            if (properties.All >= 0)
            {
                Link(properties.Any, properties.All, 0);
            }

            if (properties.Items >= 0)
            {
                Link(properties.Any, properties.Items, 0);
            }

            foreach (var copy in properties.Copies ?? [])
            {
                copied.Enqueue((value, copy));
            }
        }

        return properties.Any;
    }

    private int AllNode(int value)
    {
        var properties = PropertiesOf(value);
        if (properties.All < 0)
        {
            properties.All = NewNodes(1, shared: true);
            foreach (var (text, node) in properties.Named)
            {
                if (!IsInternal(text))
                {
                    Link(node, properties.All, 0);
                }
            }

            if (properties.Any >= 0)
            {
                Link(properties.Any, properties.All, 0);
            }
        }

        return properties.All;
    }

    private int ItemsNode(int value)
    {
        var properties = PropertiesOf(value);
        if (properties.Items < 0)
        {
            properties.Items = NewNodes(1, shared: true);
            foreach (var (text, node) in properties.Named)
            {
                if (IsIndex(text))
                {
                    Link(node, properties.Items, 0);
                }
            }

            if (properties.Any >= 0)
            {
                Link(properties.Any, properties.Items, 0);
            }
        }

        return properties.Items;
    }

    private int PrototypeNode(int value)
    {
        var properties = PropertiesOf(value);
        if (properties.Prototype < 0)
        {
            properties.Prototype = NewNodes(1, shared: true);
            foreach (var reading in properties.Readings ?? [])
            {
                Inherit(properties.Prototype, reading);
            }
        }

        return properties.Prototype;
    }

    // An item stored at an index that is not known is no method of the array.
    private bool MayBeStoredAnywhere(Properties properties, int text) =>
        properties.IsArray ? IsIndex(text) : !IsInternal(text) && !models.IsMemberOfObjects(text);

    private bool IsIndex(int text)
    {
        var name = Values.TextAt(text);
        return name.Length is > 0 and < 10 && name.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
    }

    // What built-in functions keep in an object, symbols, and private names: no name of the program reaches it.
    private bool IsInternal(int text) => Values.TextAt(text) is ['%' or '#', _, ..] or ['@', '@', ..];

    // What built-in functions keep in an object itself: nothing is inherited.
    private bool IsSlot(int text) =>
        Values.TextAt(text) is ['%', _, ..] name
        && !name.StartsWith(GetterMark, StringComparison.Ordinal)
        && !name.StartsWith(SetterMark, StringComparison.Ordinal);
}

/// <summary>Where objects are made.</summary>
/// <param name="Place">The place, among the solver's.</param>
/// <param name="Part">What tells several of one place apart: 0 for what the instruction itself makes.</param>
internal readonly record struct ObjectOrigin(int Place, int Part);
