using Ecoscanner.Advisories.Indexing;

namespace Ecoscanner.Cli.Scans;

/// <summary>The advisories of this machine.</summary>
/// <param name="Index">Null where there are none that can be used. It stays open as long as the program.</param>
/// <param name="Problem">Why, with the way out; null where there are.</param>
internal sealed record AdvisorySource(AdvisoryIndex? Index, string? Problem)
{
    public static AdvisorySource Open()
    {
        try
        {
            return new AdvisorySource(AdvisoryIndex.Open(AdvisoryHome.IndexPath()), null);
        }
        catch (AdvisoryIndexException e)
        {
            // Where it would lie is for who has one; most that have none never had one.
            return new AdvisorySource(null, e.Problem == AdvisoryIndexProblem.Missing ? null : e.Message);
        }
    }
}
