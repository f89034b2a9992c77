namespace Ecoscanner.JavaScript.Taint;

/// <summary>How far an analysis goes. What it did not come to is <em>may</em>, and said.</summary>
public sealed record TaintOptions
{
    /// <summary>How many values may be tainted for one rule, each counted for each way into the function it is in. An app of 500 files has some thousands.</summary>
    public int MaximumFacts { get; init; } = 1_000_000;

    /// <summary>How many calls are followed back from an effect, for each.</summary>
    public int MaximumCallers { get; init; } = 2_000;
}
