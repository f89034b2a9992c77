using Ecoscanner.Findings;
using Ecoscanner.Rules;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>What is to be said of an entry that reaches an effect.</summary>
/// <param name="Rule">The rule that is broken; null where nothing is wrong.</param>
/// <param name="Reason">Why, as the end of a sentence.</param>
internal sealed record ReachVerdict(Rule? Rule, Confidence Confidence, string Reason)
{
    public static ReachVerdict Safe(string reason) => new(null, Confidence.High, reason);
}
