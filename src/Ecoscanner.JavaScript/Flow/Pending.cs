using System.Runtime.InteropServices;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>How control goes on when a <c>finally</c> is done: as it would have gone without it.</summary>
internal sealed class Pending
{
    private PendingJumps jumps = new();

    /// <summary>Whether what stands before it was entered at all; where not, nothing is known to leave it.</summary>
    public required bool IsReachable { get; init; }

    /// <summary>To the code behind it.</summary>
    public bool GoesOn { get; set; }

    /// <summary>An exception that came goes on.</summary>
    public bool Throws { get; set; }

    public bool IsEmpty => jumps.Count == 0;

    public void Add(PendingJump jump) => jumps.Add(jump);

    /// <summary>Takes over those of another, in time with the smaller of both.</summary>
    public void Merge(Pending other)
    {
        if (other.jumps.Count > jumps.Count)
        {
            (jumps, other.jumps) = (other.jumps, jumps);
        }

        foreach (var jump in other.jumps.All)
        {
            jumps.Add(jump);
        }
    }

    /// <summary>The next one with a target inside the scope of that number.</summary>
    public bool TryTake(int scope, out PendingJump jump) => jumps.TryTake(scope, out jump);

    public bool Has(FlowEdgeKind kind) => jumps.CountOf(kind) > 0;

    private sealed class PendingJumps
    {
        private readonly HashSet<PendingJump> set = [];
        private readonly PriorityQueue<PendingJump, int> innermostFirst = new();
        private readonly int[] counts = new int[(int)FlowEdgeKind.Await + 1];

        public int Count => set.Count;

        public IEnumerable<PendingJump> All => set;

        public int CountOf(FlowEdgeKind kind) => counts[(int)kind];

        public void Add(PendingJump jump)
        {
            if (set.Add(jump))
            {
                innermostFirst.Enqueue(jump, -jump.Scope);
                counts[(int)jump.Kind]++;
            }
        }

        public bool TryTake(int scope, out PendingJump jump)
        {
            if (!innermostFirst.TryPeek(out jump, out _) || jump.Scope < scope)
            {
                return false;
            }

            innermostFirst.Dequeue();
            set.Remove(jump);
            counts[(int)jump.Kind]--;
            return true;
        }
    }
}

/// <summary>A jump that a <c>finally</c> holds up.</summary>
/// <param name="Kind">Return, break or continue.</param>
/// <param name="Target">The block it goes to.</param>
/// <param name="Scope">The number of the scope that it leads to; -1 for a return.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PendingJump(FlowEdgeKind Kind, int Target, int Scope);
