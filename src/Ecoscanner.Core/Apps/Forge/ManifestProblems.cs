namespace Ecoscanner.Apps.Forge;

/// <summary>The problems found so far, each once.</summary>
internal sealed class ManifestProblems
{
    // More helps nobody; a hostile manifest could have one for every node.
    private const int Maximum = 500;

    private readonly List<ManifestProblem> problems = [];
    private readonly HashSet<ManifestProblem> seen = [];

    public IReadOnlyList<ManifestProblem> All => [.. problems.OrderBy(problem => problem.Place.Line).ThenBy(problem => problem.Place.Column)];

    public void Add(ManifestProblemKind kind, ManifestPlace place, string message)
    {
        var problem = new ManifestProblem(kind, message, place);
        if (seen.Count > Maximum || !seen.Add(problem))
        {
            return;
        }

        problems.Add(
            seen.Count <= Maximum
                ? problem
                : new ManifestProblem(ManifestProblemKind.NotRead, $"there are more than {Maximum} problems; correct the first ones and look again", place)
        );
    }
}
