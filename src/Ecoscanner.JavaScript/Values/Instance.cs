using Ecoscanner.JavaScript.Lowering;

namespace Ecoscanner.JavaScript.Values;

/// <summary>A function as it is looked at for some of its calls: closures have one for each instance of the function around, small higher-order functions one for each call.</summary>
internal sealed class Instance(int index, int module, LoweredFunction function, Instance? parent, int firstNode, int firstPlace, int depth)
{
    public int Index => index;

    /// <summary>The number of its module in the graph.</summary>
    public int Module => module;

    public LoweredFunction Function => function;

    /// <summary>The instance of the function around that made the closure; null of programs.</summary>
    public Instance? Parent => parent;

    /// <summary>The node of its first slot.</summary>
    public int FirstNode => firstNode;

    /// <summary>The place of its first instruction: the number by which links and calls say where they come from.</summary>
    public int FirstPlace => firstPlace;

    /// <summary>How many calls deep it was told from others.</summary>
    public int Depth => depth;

    /// <summary>Whether something calls it, or it stands for calls from outside.</summary>
    public bool IsCalled { get; set; }

    /// <summary>The array of what is handed over beyond its parameters, and <c>arguments</c>; -1 where there is none.</summary>
    public int RestArray { get; set; } = -1;

    public int ArgumentsArray { get; set; } = -1;

    /// <summary>The promise, generator or both that it gives; -1 where it gives what it returns.</summary>
    public int ResultObject { get; set; } = -1;

    public int NodeOf(int slot) => slot < 0 ? -1 : firstNode + slot - function.FirstSlot;

    /// <summary>Whether the node is one of its slots.</summary>
    public bool Contains(int node) => (uint)(node - firstNode) < (uint)function.SlotCount;

    public bool Owns(int slot) => (uint)(slot - function.FirstSlot) < (uint)function.SlotCount;
}
