using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Ecoscanner.JavaScript.Lowering;

/// <remarks>Nests deeper than a stack.</remarks>
internal sealed partial class Lowerer
{
    /// <summary>How deep code may nest within a function, chains and sums aside; what is deeper is given up. Compilers write some hundreds.</summary>
    public const int MaximumDepth = 10_000;

    private const int DepthBetweenChecks = 16;

    // Holds all levels.
    private const int StackSize = 256 << 20;

    private int depth;

    /// <summary>Whether to go on on this stack; the depth is the caller's to take back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Enters() => ++depth < MaximumDepth && ((depth & (DepthBetweenChecks - 1)) != 0 || RuntimeHelpers.TryEnsureSufficientExecutionStack());

    /// <summary>Goes on upon a new stack, or gives up.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Deeper(Func<Lowerer, int, int> lower, int node)
    {
        if (depth >= MaximumDepth)
        {
            return GiveUp(node, "It is nested too deeply.");
        }

        var slot = 0;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    slot = lower(this, node);
                }
                catch (Exception e)
                {
                    // Thrown on the caller's thread below.
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            },
            StackSize
        );
        thread.Start();
        thread.Join();
        failure?.Throw();
        return slot;
    }
}
