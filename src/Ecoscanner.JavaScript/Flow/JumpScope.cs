using System.Runtime.InteropServices;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>What a jump may meet on its way out: a target, a <c>catch</c>, a <c>finally</c>.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct JumpScope
{
    /// <summary>Where <c>break</c> goes; -1 if nowhere.</summary>
    public int Break;

    /// <summary>Where <c>continue</c> goes; of a label, the number of the loop's scope.</summary>
    public int Continue;

    /// <summary>Whether it catches, or must be passed: the block in which it does; -1 if not.</summary>
    public int Catcher;

    /// <summary>What goes on behind a <c>finally</c>; null if it is none.</summary>
    public Pending? Pending;

    /// <summary>The labelled statement; 0 if it is none.</summary>
    public int Labelled;

    /// <summary>The scope that the label's name meant before; -1 for none.</summary>
    public int Hidden;

    // What was innermost around it.
    public int OuterBreak;
    public int OuterContinue;
    public int OuterFinally;
    public int OuterGuard;
    public int OuterCatcher;
}
