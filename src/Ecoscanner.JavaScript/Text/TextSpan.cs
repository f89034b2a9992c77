namespace Ecoscanner.JavaScript.Text;

/// <summary>A stretch of a source, in UTF-16 code units from its start.</summary>
/// <param name="Start">The first code unit.</param>
/// <param name="End">The code unit after the last one; equal to <paramref name="Start"/> where the stretch is empty.</param>
public readonly record struct TextSpan(int Start, int End)
{
    /// <summary>How many code units it has.</summary>
    public int Length => End - Start;

    public override string ToString() => $"{Start}..{End}";
}
