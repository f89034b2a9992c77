namespace Ecoscanner.JavaScript.Values;

/// <summary>
/// Where values go: nodes are the slots of functions, the members of objects, and what built-in functions hold in between; edges say that what is in one may get
/// into the other. The solver makes it while it solves, so it has what indirect calls and accesses come to; an analysis of taint walks it.
/// </summary>
internal sealed class FlowGraph
{
    private const int FirstCapacity = 1 << 12;

    private int[] firstEdge;
    private FlowLink[] links;
    private bool[] isShared;
    private HashSet<LinkKey> known;

    /// <param name="expected">About how many nodes there will be; arrays that grow are copied, and leave garbage.</param>
    public FlowGraph(int expected)
    {
        var capacity = Math.Max(expected, FirstCapacity);
        firstEdge = new int[capacity];
        isShared = new bool[capacity];
        links = new FlowLink[capacity];
        known = new(capacity / 2);
    }

    public int NodeCount { get; private set; }

    // The link at 0 ends each chain.
    public int LinkCount { get; private set; } = 1;

    public ref readonly FlowLink LinkAt(int link) => ref links[link];

    public int FirstLinkOf(int node) => firstEdge[node];

    /// <summary>Whether the node is a member of an object or belongs to no call otherwise, so that what gets there may come out anywhere.</summary>
    public bool IsShared(int node) => isShared[node];

    /// <summary>Makes so many nodes; gives the first.</summary>
    public int Add(int count, bool shared = false)
    {
        var first = NodeCount;
        NodeCount += count;
        if (NodeCount > firstEdge.Length)
        {
            var capacity = Math.Max(NodeCount, firstEdge.Length * 2);
            Array.Resize(ref firstEdge, capacity);
            Array.Resize(ref isShared, capacity);
        }

        if (shared)
        {
            isShared.AsSpan(first, count).Fill(true);
        }

        return first;
    }

    /// <summary>Adds a link that can't be there yet.</summary>
    public void LinkNew(int from, int to, FlowLinkKind kind, int origin)
    {
        if (LinkCount == links.Length)
        {
            Array.Resize(ref links, links.Length * 2);
        }

        links[LinkCount] = new(firstEdge[from], to, origin, kind);
        firstEdge[from] = LinkCount++;
    }

    /// <summary>Adds a link; false where it is there.</summary>
    public bool Link(int from, int to, FlowLinkKind kind, int origin)
    {
        if (!known.Add(new(((long)from << 32) | (uint)to, ((long)origin << 8) | (byte)kind)))
        {
            return false;
        }

        LinkNew(from, to, kind, origin);
        return true;
    }

    /// <summary>Gives back what is only needed to add links.</summary>
    public void Seal() => known = [];

    // Most of the time of a large program goes here: two words, and a hash of one multiplication each.
    private readonly record struct LinkKey(long Ends, long Origin)
    {
        public override int GetHashCode()
        {
            var hash = (ulong)((Ends * -0x61c8864680b583eb) ^ (Origin * -0x3d4d51c2d82b14b1));
            return (int)(hash ^ (hash >> 32));
        }
    }
}

/// <summary>A way from a node to another.</summary>
/// <param name="Next">The next link of the same node, or 0.</param>
/// <param name="To">The node that it leads to.</param>
/// <param name="Origin">The place that makes it, a number among the solver's <see cref="FlowPlace"/>s; of <see cref="FlowLinkKind.Enter"/> and <see cref="FlowLinkKind.Exit"/>, of its calls.</param>
internal readonly record struct FlowLink(int Next, int To, int Origin, FlowLinkKind Kind);

/// <summary>How a value gets on.</summary>
internal enum FlowLinkKind : byte
{
    /// <summary>The very value.</summary>
    Copy,

    /// <summary>Into a function that is called.</summary>
    Enter,

    /// <summary>Out of a function that was called.</summary>
    Exit,

    /// <summary>Between a function and one around it.</summary>
    Outer,

    /// <summary>The very value, to where it is kept; something made of it goes on another way, which tells more about whence it comes.</summary>
    Held,

    /// <summary>Out of a function that was called, in a promise: as <see cref="Exit"/>, but not the value itself.</summary>
    ExitDerive,

    /// <summary>Something made of the value: a part, a text with it, a result. The value itself does not go there.</summary>
    Derive,
}

/// <summary>An instruction in an instance.</summary>
internal readonly record struct FlowPlace(Instance Instance, int Instruction);
